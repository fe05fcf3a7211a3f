"""The group-average tree, grown by merging reciprocal nearest neighbours in rounds.

The similarity of two groups is the mean cosine over all pairs of their members: the inner product of the sums of
their vectors over the product of their sizes. It is reducible: a merged group is never nearer to a third than the
nearer of its parts was. So all pairs that are each other's nearest can merge at once, and only groups whose nearest
merged need look again. Who may be nearest is given by a graph of candidates between the leaves; merged groups inherit
the candidates of their parts, and the similarity is exact whichever pairs of members were candidates.
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
    """Pairs of groups that may merge, lower number first, and the sum of the cosines over all pairs of members."""

    low: Numbers
    high: Numbers
    mass: Reals

    def __getitem__(self, kept: NDArray[np.bool_]) -> "_Edges":
        return _Edges(self.low[kept], self.high[kept], self.mass[kept])

    def __add__(self, other: "_Edges") -> "_Edges":
        pairs = zip((self.low, self.high, self.mass), (other.low, other.high, other.mass), strict=True)
        return _Edges(*(np.concatenate(pair) for pair in pairs))


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
        self.edges = self._alive(_Edges(low, high, self.sums.products(low, high)))
        self._offer(self.edges)

    def rounds(self) -> Iterator[tuple[Numbers, Numbers, Reals]]:
        """Merge until nothing is as close as the floor; each round's pairs and heights."""
        while True:
            left, right = self._pairs()
            if not len(left):
                return
            height = np.minimum(self.close[left], np.minimum(self.limit[left], self.limit[right]))
            self._merge(left, right)
            self.limit[left] = height
            yield left, right, height

    def _pairs(self) -> tuple[Numbers, Numbers]:
        """The reciprocal nearest neighbours; the closest pair of all is always one of them."""
        able = np.flatnonzero(self.close >= self.floor)
        near = self.near[able]
        mutual = (self.near[near] == able) & (able < near)
        return able[mutual], near[mutual]

    def _merge(self, left: Numbers, right: Numbers) -> None:
        merged = np.zeros(len(self.sizes), dtype=bool)
        merged[left] = merged[right] = True
        gone = merged[self.edges.low] | merged[self.edges.high]
        loose = self.edges[gone]
        self.sums.merge(left, right)
        self.sizes[left] += self.sizes[right]
        target = np.arange(len(self.sizes), dtype=np.int64)
        target[right] = left
        again = merged | ((self.near != _NOBODY) & merged[self.near])
        self.near[again], self.close[again] = _NOBODY, -1
        self.edges = self.edges[~gone] + self._alive(self._contracted(loose, target, merged))
        self._offer(self.edges[again[self.edges.low] | again[self.edges.high]])

    def _contracted(self, loose: _Edges, target: Numbers, merged: NDArray[np.bool_]) -> _Edges:
        """The edges between the groups as they are now, each pair once.

        Where every pair of parts was an edge the masses add up; where one was not, the sums tell.
        """
        low, high = target[loose.low], target[loose.high]
        low, high = np.minimum(low, high), np.maximum(low, high)
        order = np.lexsort((loose.high, loose.low, high, low))
        order = order[low[order] != high[order]]
        low, high, mass = low[order], high[order], loose.mass[order]
        if not len(low):
            return _Edges(low, high, mass)
        first = np.flatnonzero(np.r_[True, (low[1:] != low[:-1]) | (high[1:] != high[:-1])])
        low, high = low[first], high[first]
        known = np.diff(np.r_[first, len(mass)])
        mass = np.add.reduceat(mass, first)
        partial = known < (1 + merged[low]) * (1 + merged[high])
        mass[partial] = self.sums.products(low[partial], high[partial])
        return _Edges(low, high, mass)

    def _alive(self, edges: _Edges) -> _Edges:
        """Edges below the floor never matter again: no merge brings groups nearer."""
        return edges[edges.mass >= self.floor * self.sizes[edges.low] * self.sizes[edges.high]]

    def _offer(self, edges: _Edges) -> None:
        """Both ends of each edge take the other for their nearest if it is nearer, or as near and lower."""
        close = edges.mass / (self.sizes[edges.low] * self.sizes[edges.high])
        groups, others = np.r_[edges.low, edges.high], np.r_[edges.high, edges.low]
        close = np.r_[close, close]
        order = np.lexsort((others, -close, groups))
        groups, others, close = groups[order], others[order], close[order]
        first = np.r_[True, groups[1:] != groups[:-1]][: len(groups)]
        groups, others, close = groups[first], others[first], close[first]
        nearer = (close > self.close[groups]) | ((close == self.close[groups]) & (others < self.near[groups]))
        self.near[groups[nearer]], self.close[groups[nearer]] = others[nearer], close[nearer]


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
