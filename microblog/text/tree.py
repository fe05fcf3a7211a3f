"""The group-average tree, grown by merging reciprocal nearest neighbours in rounds.

The similarity of two groups is the mean cosine over all pairs of their members: the inner product of the sums of
their vectors over the product of their sizes. It is reducible: a merged group is never nearer to a third than the
nearer of its parts was. So all pairs that are each other's nearest can merge at once, and only groups whose nearest
merged need look again. Who may be nearest is given by a graph of candidates between the leaves; merged groups inherit
the candidates of their parts.

Two things keep it fast and exact. Edges are taken up from the nearest to the farthest, level by level: what is far
cannot matter to merges above it. And an edge between merged groups may hold a bound above its similarity until it
stands out as somebody's nearest; only then is it measured.
Leaves must come in an order of their content: ties go to the lower number, so any row order gives the same tree.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from microblog.text.neighbours import candidate_pairs
from microblog.text.sums import Numbers, Reals, Sums

_NOBODY = -1
_STEP = 0.85  # from one level of similarity to the next; only the speed depends on it
_LAST = 0.05  # the level after which everything that is left is taken up at once


@dataclass(frozen=True)
class Tree:
    """Merges of the leaves 0 … leaves-1; merge m joins the groups holding the two leaves named, at `height[m]`."""

    leaves: int
    left: Numbers
    right: Numbers
    height: Reals

    def cut(self, level: float) -> Numbers:
        """The group of each leaf when only merges at or above `level` count, named by its lowest leaf."""
        kept = self.height >= level
        graph = sparse.coo_array(
            (np.ones(int(kept.sum()), dtype=np.int8), (self.left[kept], self.right[kept])),
            shape=(self.leaves, self.leaves),
        )
        _, label = sparse.csgraph.connected_components(graph, directed=False)
        _, first = np.unique(label, return_index=True)
        return np.asarray(first[label], dtype=np.int64)


@dataclass
class _Edges:
    """Pairs of groups that may merge, lower number first.

    mass: sum of the cosines over all pairs of members, exact or (where not `exact`) a bound above it.
    pairs: how many pairs of members that is.
    """

    low: Numbers
    high: Numbers
    mass: Reals
    pairs: Reals
    exact: NDArray[np.bool_]

    @property
    def similarity(self) -> Reals:
        return np.asarray(self.mass / self.pairs)

    def __getitem__(self, kept: NDArray[np.bool_] | Numbers) -> "_Edges":
        return _Edges(self.low[kept], self.high[kept], self.mass[kept], self.pairs[kept], self.exact[kept])


class _Growth:
    """Groups numbered by their lowest leaf: sizes, nearest neighbours, and the edges taken up or waiting."""

    def __init__(self, vectors: sparse.csr_array, low: Numbers, high: Numbers) -> None:
        count = vectors.shape[0]
        self.sums = Sums(vectors)
        self.sizes = np.ones(count, dtype=np.float64)
        self.group = np.arange(count, dtype=np.int64)  # of each leaf
        self.limit = np.ones(count, dtype=np.float64)  # rounding must not lift a merge above those inside it
        self.near = np.full(count, _NOBODY, dtype=np.int64)
        self.close = np.full(count, -1.0)
        ones = np.ones(len(low))
        everything = _Edges(low, high, self.sums.products(low, high), ones, ones.astype(bool))
        self.waiting = [everything]  # joined when they are next taken up, not at every round
        self.edges = everything[np.zeros(len(low), dtype=bool)]
        self.level = 1.0

    def rounds(self, floor: float) -> Iterator[tuple[Numbers, Numbers, Reals]]:
        """Merge until nothing is as close as the floor; each round's pairs and heights."""
        while self.level > floor:
            self.level = self.level * _STEP if self.level * _STEP > max(floor, _LAST) else floor
            self._take_up()
            yield from self._rounds()

    def _take_up(self) -> None:
        """Take up the waiting edges that reach the level, between the groups as they are now."""
        waiting = _joined(self.waiting)
        low, high = self.group[waiting.low], self.group[waiting.high]
        order, first = _grouped(np.minimum(low, high), np.maximum(low, high))
        low, high = np.minimum(low, high)[order[first]], np.maximum(low, high)[order[first]]
        bound = np.maximum.reduceat(waiting.similarity[order], first) if len(first) else np.empty(0)
        pairs = self.sizes[low] * self.sizes[high]
        kept = waiting[order[first]]
        exact = kept.exact & (kept.pairs == pairs)
        found = _Edges(low, high, np.where(exact, kept.mass, bound * pairs), pairs, exact)
        unsure = np.flatnonzero(~exact & (bound >= self.level))
        found.mass[unsure] = self.sums.products(low[unsure], high[unsure])
        found.exact[unsure] = True
        reached = found.similarity >= self.level
        self.waiting, self.edges = [found[~reached]], found[reached]
        self.near[:], self.close[:] = _NOBODY, -1
        self._offer(self.edges)

    def _rounds(self) -> Iterator[tuple[Numbers, Numbers, Reals]]:
        while len(self.edges.low):
            # The closest pair of all is always mutual, so every round merges a pair or makes a bound exact.
            down = self.near[self.edges.low] == self.edges.high
            up = self.near[self.edges.high] == self.edges.low
            again = self._measure(np.flatnonzero((down | up) & ~self.edges.exact))
            ready = self.edges[down & up & ~again[self.edges.low] & ~again[self.edges.high]]
            height = np.minimum(self.close[ready.low], np.minimum(self.limit[ready.low], self.limit[ready.high]))
            again |= self._merge(ready.low, ready.high)
            self.limit[ready.low] = height
            self._look_again(again)
            if len(height):
                yield ready.low, ready.high, height

    def _measure(self, edges: Numbers) -> NDArray[np.bool_]:
        """Make the bounds of these edges exact; returns the groups that must look again for it."""
        low, high = self.edges.low[edges], self.edges.high[edges]
        self.edges.mass[edges] = self.sums.products(low, high)
        self.edges.exact[edges] = True
        again = np.zeros(len(self.sizes), dtype=bool)
        again[low] = again[high] = True
        return again

    def _merge(self, left: Numbers, right: Numbers) -> NDArray[np.bool_]:
        """Join each pair and contract its edges; returns the groups that must look again."""
        merged = np.zeros(len(self.sizes), dtype=bool)
        merged[left] = merged[right] = True
        if not len(left):
            return merged
        self.sums.merge(left, right)
        self.sizes[left] += self.sizes[right]
        target = np.arange(len(self.sizes), dtype=np.int64)
        target[right] = left
        self.group = target[self.group]
        loose = merged[self.edges.low] | merged[self.edges.high]
        self.edges = _joined([self.edges[~loose], self._contracted(self.edges[loose], target)])
        return np.asarray(merged | ((self.near != _NOBODY) & merged[self.near]))

    def _contracted(self, parts: _Edges, target: Numbers) -> _Edges:
        """The edges between the groups as they are now, each once.

        Masses add up; pairs of parts that were no edge, or one not yet taken up, are below the level.
        """
        low, high = target[parts.low], target[parts.high]
        low, high = np.minimum(low, high), np.maximum(low, high)
        order, first = _grouped(low, high)
        if not len(first):
            return parts[first]
        low, high = low[order[first]], high[order[first]]
        pairs = self.sizes[low] * self.sizes[high]
        unknown = pairs - np.add.reduceat(parts.pairs[order], first)
        mass = np.add.reduceat(parts.mass[order], first) + unknown * self.level
        exact = np.logical_and.reduceat(parts.exact[order], first) & (unknown == 0)
        return _Edges(low, high, mass, pairs, exact)

    def _look_again(self, again: NDArray[np.bool_]) -> None:
        """Let the edges below the level wait, and find the nearest of these groups anew."""
        self.near[again], self.close[again] = _NOBODY, -1
        theirs = again[self.edges.low] | again[self.edges.high]
        below = theirs & (self.edges.similarity < self.level)
        if below.any():
            self.waiting.append(self.edges[below])
            theirs, self.edges = theirs[~below], self.edges[~below]
        self._offer(self.edges[theirs])

    def _offer(self, edges: _Edges) -> None:
        """Both ends of each edge take the other for their nearest if it is nearer, or as near and lower."""
        close = edges.similarity
        groups, others = np.r_[edges.low, edges.high], np.r_[edges.high, edges.low]
        close = np.r_[close, close]
        before = self.close.copy()
        np.maximum.at(self.close, groups, close)
        self.near[self.close > before] = len(self.near)  # above every number, so the first offer is lower
        best = close == self.close[groups]
        np.minimum.at(self.near, groups[best], others[best])


def _joined(parts: Sequence[_Edges]) -> _Edges:
    return _Edges(
        np.concatenate([part.low for part in parts]),
        np.concatenate([part.high for part in parts]),
        np.concatenate([part.mass for part in parts]),
        np.concatenate([part.pairs for part in parts]),
        np.concatenate([part.exact for part in parts]),
    )


def _grouped(low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
    """An order that puts equal pairs side by side, without those of a group with itself, and where each pair starts.

    Equal pairs stay in their order, so that sums over them do not depend on how the order was found.
    """
    order = np.argsort(low * (int(high.max(initial=0)) + 1) + high, kind="stable")
    order = order[low[order] != high[order]]
    low, high = low[order], high[order]
    first = np.flatnonzero(np.r_[True, (low[1:] != low[:-1]) | (high[1:] != high[:-1])][: len(low)])
    return order, first


def grow_tree(mixed: sparse.csr_array, keys: sparse.csr_array, *, floor: float) -> Tree:
    """Merge until no two groups are as close as `floor`.

    mixed: unit vectors measuring similarity; keys: vectors of the keywords by which leaves become candidates.
    """
    low, high = candidate_pairs(keys)
    rounds = list(_Growth(mixed, low, high).rounds(floor))
    nothing = np.empty(0, dtype=np.int64)
    return Tree(
        leaves=mixed.shape[0],
        left=np.concatenate([nothing, *(left for left, _, _ in rounds)]),
        right=np.concatenate([nothing, *(right for _, right, _ in rounds)]),
        height=np.concatenate([np.empty(0), *(height for _, _, height in rounds)]),
    )
