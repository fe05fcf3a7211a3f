"""The group-average tree, grown by merging reciprocal nearest neighbours in rounds.

The similarity of two groups is the mean cosine over all pairs of their members, which needs only the sum of each
group's vectors. It is reducible: a merged group is never nearer to a third than the nearer of its parts was. So
pairs that are each other's nearest can merge at once, and only groups whose neighbour merged search again.
Leaves must come in an order of their content; ties go to the lower number, so any row order gives the same tree.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from microblog.text.neighbours import Numbers, Reals, candidate_pairs, similarities

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


class _Growth:
    """The groups still able to merge: their sums, sizes, lowest leaves and nearest neighbours."""

    def __init__(self, mixed: sparse.csr_array, keys: sparse.csr_array, floor: float) -> None:
        count = mixed.shape[0]
        self.mixed, self.keys, self.floor = mixed, keys, floor
        self.sizes = np.ones(count, dtype=np.float32)
        self.leaf = np.arange(count, dtype=np.int64)
        self.limit = np.ones(count, dtype=np.float32)  # no group merges above the height it was made at
        self.near = np.full(count, _NOBODY, dtype=np.int64)
        self.close = np.full(count, -1, dtype=np.float32)
        self.search(np.arange(count, dtype=np.int64))

    def search(self, rows: Numbers) -> None:
        """Find the nearest of each of `rows` again; whoever they find closer than its own neighbour learns of it."""
        self.near[rows], self.close[rows] = _NOBODY, -1
        left, right = candidate_pairs(self.keys, self.sizes, rows)
        close = similarities(self.mixed, self.sizes, left, right)
        self._offer(np.concatenate([left, right]), np.concatenate([right, left]), np.concatenate([close, close]))

    def _offer(self, rows: Numbers, others: Numbers, close: Reals) -> None:
        order = np.lexsort((others, -close, rows))
        rows, others, close = rows[order], others[order], close[order]
        first = np.r_[True, rows[1:] != rows[:-1]] if len(rows) else np.empty(0, dtype=bool)
        rows, others, close = rows[first], others[first], close[first]
        better = (close > self.close[rows]) | ((close == self.close[rows]) & (others < self.near[rows]))
        self.near[rows[better]], self.close[rows[better]] = others[better], close[better]

    def pairs(self) -> tuple[Numbers, Numbers]:
        """The reciprocal nearest neighbours at or above the floor; the closest pair of all is always one of them."""
        able = np.flatnonzero(self.close >= self.floor)
        if not len(able):
            return able, able
        mutual = able[(self.near[self.near[able]] == able) & (able < self.near[able])]
        if len(mutual):
            return mutual, self.near[mutual]
        best = able[np.lexsort((able, -self.close[able]))[0]]  # neighbours found one-sidedly can form a ring
        return np.minimum([best], self.near[[best]]), np.maximum([best], self.near[[best]])

    def merge(self, left: Numbers, right: Numbers) -> Reals:
        """Join each pair; returns the heights."""
        height = np.minimum(self.close[left], np.minimum(self.limit[left], self.limit[right]))
        count = len(self.sizes)
        target = np.arange(count, dtype=np.int64)
        target[right] = left
        touched = np.zeros(count, dtype=bool)
        touched[left] = touched[right] = True
        orphaned = (self.near != _NOBODY) & touched[self.near]
        self.limit[left] = height
        alive = (target == np.arange(count)) & (touched | (self.close >= self.floor))
        self._contract(target, alive)
        again = (touched | orphaned)[alive]
        self.search(np.flatnonzero(again))
        return height

    def _contract(self, target: Numbers, alive: np.ndarray) -> None:
        place = np.full(len(target), _NOBODY, dtype=np.int64)
        place[alive] = np.arange(int(alive.sum()))
        rows = place[target]
        member = np.flatnonzero(rows != _NOBODY)
        joining = sparse.csr_array(
            (np.ones(len(member), dtype=np.float32), (rows[member], member)), shape=(int(alive.sum()), len(target))
        )
        self.mixed, self.keys = sparse.csr_array(joining @ self.mixed), sparse.csr_array(joining @ self.keys)
        self.sizes = np.asarray(joining @ self.sizes, dtype=np.float32)
        self.leaf, self.limit, self.close = self.leaf[alive], self.limit[alive], self.close[alive]
        near = self.near[alive]
        self.near = np.where(near == _NOBODY, _NOBODY, place[near])


def grow_tree(mixed: sparse.csr_array, keys: sparse.csr_array, *, floor: float) -> Tree:
    """Merge until no two groups are as close as `floor`.

    mixed: unit vectors measuring similarity; keys: vectors of the keywords by which groups find each other.
    """
    growth = _Growth(mixed, keys, floor)
    lefts, rights, heights = [], [], []
    while True:
        left, right = growth.pairs()
        if not len(left):
            break
        lefts.append(growth.leaf[left])
        rights.append(growth.leaf[right])
        heights.append(growth.merge(left, right))
    nothing = np.empty(0, dtype=np.int64)
    return Tree(
        leaves=mixed.shape[0],
        left=np.concatenate([nothing, *lefts]),
        right=np.concatenate([nothing, *rights]),
        height=np.concatenate([np.empty(0, dtype=np.float32), *heights]),
    )
