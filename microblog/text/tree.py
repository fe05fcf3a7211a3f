"""The group-average tree, grown by merging reciprocal nearest neighbours in rounds.

The similarity of two groups is the mean cosine over all pairs of their members: the inner product of the sums of
their vectors over the product of their sizes. It is reducible: a merged group is never nearer to a third than the
nearer of its parts was. So all pairs that are each other's nearest can merge at once, and only groups whose nearest
merged need look again. Who may be nearest is given by a graph of candidates between the leaves; merged groups inherit
the candidates of their parts. An edge holds the exact similarity, or a bound above it where a pair of parts was no
edge; it is made exact before it may merge, and most never need to be.
Leaves must come in an order of their content: ties go to the lower number, so any row order gives the same tree.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from microblog.text.neighbours import candidate_pairs
from microblog.text.sums import Numbers, Reals, Sums

_NOBODY = -1


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
    """

    low: Numbers
    high: Numbers
    mass: Reals
    exact: NDArray[np.bool_]

    def __getitem__(self, kept: NDArray[np.bool_] | Numbers) -> "_Edges":
        return _Edges(self.low[kept], self.high[kept], self.mass[kept], self.exact[kept])

    def __add__(self, other: "_Edges") -> "_Edges":
        return _Edges(
            np.concatenate([self.low, other.low]),
            np.concatenate([self.high, other.high]),
            np.concatenate([self.mass, other.mass]),
            np.concatenate([self.exact, other.exact]),
        )


class _Growth:
    """Groups numbered by their lowest leaf: sizes, nearest neighbours, and the edges still alive."""

    def __init__(self, vectors: sparse.csr_array, low: Numbers, high: Numbers, floor: float) -> None:
        count = vectors.shape[0]
        self.floor = floor
        self.sums = Sums(vectors)
        self.sizes = np.ones(count, dtype=np.float64)
        self.limit = np.ones(count, dtype=np.float64)  # rounding must not lift a merge above those inside it
        self.near = np.full(count, _NOBODY, dtype=np.int64)
        self.close = np.full(count, -1.0)
        self.edges = _Edges(low, high, self.sums.products(low, high), np.ones(len(low), dtype=bool))
        self.edges = self.edges[self._similarity(self.edges) >= floor]
        self._offer(self.edges)

    def rounds(self) -> Iterator[tuple[Numbers, Numbers, Reals]]:
        """Merge until nothing is as close as the floor; each round's pairs and heights."""
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
        loose = merged[self.edges.low] | merged[self.edges.high]
        parts = self.edges[loose]
        pairs = self.sizes[parts.low] * self.sizes[parts.high]
        self.sums.merge(left, right)
        self.sizes[left] += self.sizes[right]
        target = np.arange(len(self.sizes), dtype=np.int64)
        target[right] = left
        self.edges = self.edges[~loose] + self._contracted(parts, pairs, target)
        return np.asarray(merged | ((self.near != _NOBODY) & merged[self.near]))

    def _contracted(self, parts: _Edges, pairs: Reals, target: Numbers) -> _Edges:
        """The edges between the groups as they are now, each once.

        pairs: of members that each old edge stood for. Masses add up; for pairs of parts that were no edge the mass
        is bounded: no part is nearer to anyone than to its nearest.
        """
        low, high = target[parts.low], target[parts.high]
        low, high = np.minimum(low, high), np.maximum(low, high)
        order = np.lexsort((parts.high, parts.low, high, low))
        order = order[low[order] != high[order]]
        low, high = low[order], high[order]
        first = np.flatnonzero(np.r_[True, (low[1:] != low[:-1]) | (high[1:] != high[:-1])][: len(low)])
        if not len(first):
            return parts[first]
        low, high = low[first], high[first]
        unknown = self.sizes[low] * self.sizes[high] - np.add.reduceat(pairs[order], first)
        bound = np.minimum(self.close[low], self.close[high])
        mass = np.add.reduceat(parts.mass[order], first) + unknown * bound
        exact = np.logical_and.reduceat(parts.exact[order], first) & (unknown == 0)
        return _Edges(low, high, mass, exact)

    def _look_again(self, again: NDArray[np.bool_]) -> None:
        """Drop the edges below the floor (no merge brings groups nearer) and find the nearest of these groups."""
        self.near[again], self.close[again] = _NOBODY, -1
        theirs = again[self.edges.low] | again[self.edges.high]
        low = theirs & (self._similarity(self.edges) < self.floor)
        if low.any():
            theirs, self.edges = theirs[~low], self.edges[~low]
        self._offer(self.edges[theirs])

    def _similarity(self, edges: _Edges) -> Reals:
        return np.asarray(edges.mass / (self.sizes[edges.low] * self.sizes[edges.high]))

    def _offer(self, edges: _Edges) -> None:
        """Both ends of each edge take the other for their nearest if it is nearer, or as near and lower."""
        close = self._similarity(edges)
        groups, others = np.r_[edges.low, edges.high], np.r_[edges.high, edges.low]
        close = np.r_[close, close]
        before = self.close.copy()
        np.maximum.at(self.close, groups, close)
        self.near[self.close > before] = len(self.near)  # above every number, so the first offer is lower
        best = close == self.close[groups]
        np.minimum.at(self.near, groups[best], others[best])


def grow_tree(mixed: sparse.csr_array, keys: sparse.csr_array, *, floor: float) -> Tree:
    """Merge until no two groups are as close as `floor`.

    mixed: unit vectors measuring similarity; keys: vectors of the keywords by which leaves become candidates.
    """
    low, high = candidate_pairs(keys)
    rounds = list(_Growth(mixed, low, high, floor).rounds())
    nothing = np.empty(0, dtype=np.int64)
    return Tree(
        leaves=mixed.shape[0],
        left=np.concatenate([nothing, *(left for left, _, _ in rounds)]),
        right=np.concatenate([nothing, *(right for _, right, _ in rounds)]),
        height=np.concatenate([np.empty(0), *(height for _, _, height in rounds)]),
    )
