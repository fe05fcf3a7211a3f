"""The group-average tree, grown by merging the closest pair of all, again and again.

The similarity of two groups is the mean cosine over all pairs of their members: the inner product of the sums of
their vectors over the product of their sizes. Who may merge is given by a graph of candidates between the leaves;
merged groups inherit the candidates of their parts.

A pair of groups waits in a queue with a similarity that is exact or a bound above it: similarity only falls as groups
grow (group-average is reducible), so what was measured before a merge bounds what is there after it. Only a pair that
stands at the head of the queue with nothing but a bound is measured, and queues again.
Leaves must come in an order of their content: ties go to the lower number, so any row order gives the same tree.
"""

import heapq
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import float64, int64, types
from numba.typed import Dict
from numpy.typing import NDArray
from scipy import sparse

from microblog.text.compiled import compiled
from microblog.text.sums import Numbers, Reals, Sums, merge, product, products, sums_of
from microblog.text.threads import in_parts

_PAIRS_AND_MASS = types.UniTuple(float64, 2)  # type: ignore[no-untyped-call]  # numba names no types of its own


_Waiting = tuple[float, Any, Any, float]


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


def grow_tree(mixed: sparse.csr_array, candidates: tuple[Numbers, Numbers], *, floor: float) -> Tree:
    """Merge until no two groups are as close as `floor`.

    mixed: unit vectors measuring similarity; candidates: pairs of leaves, lower number first, in rising order.
    """
    low, high = candidates
    sums = sums_of(mixed)
    close = in_parts(lambda part: products(sums, low[part], high[part]), len(low))
    order = np.argsort(-close, kind="stable")[: int((close >= floor).sum())]
    left, right, height = _merges(sums, low[order], high[order], close[order], floor)
    return Tree(mixed.shape[0], left, right, height)


@compiled
def _merges(sums: Sums, low: Numbers, high: Numbers, close: Reals, floor: float) -> tuple[Numbers, Numbers, Reals]:
    """Who merges with whom and at what similarity. The pairs of leaves come closest first, equals in their order.

    The queue holds what was measured since: (-similarity, lower group, higher group, pairs of members), the pairs
    negative where it is a bound. `known` holds of each two groups how many pairs of members the last similarity or
    bound was of, and their sum.
    """
    groups, sizes = np.arange(len(sums.starts)), np.ones(len(sums.starts))
    left, right, height = np.empty_like(groups), np.empty_like(groups), np.empty(len(groups))
    known = Dict.empty(int64, _PAIRS_AND_MASS)
    queue: list[_Waiting] = [(0.0, int64(0), int64(0), 0.0)]  # so the compiler learns what it holds
    queue.clear()
    merged = taken = 0
    while queue or taken < len(low):
        if taken < len(low) and not (queue and queue[0][0] < -close[taken]):
            far, one, other, pairs = -close[taken], low[taken], high[taken], 1.0
            taken += 1
        else:
            far, one, other, pairs = heapq.heappop(queue)
        one, other = _group(groups, one), _group(groups, other)
        if one == other:
            continue  # they met on another way
        one, other = min(one, other), max(one, other)
        now = float(sizes[one] * sizes[other])
        if pairs == now:
            left[merged], right[merged], height[merged] = one, other, -far
            merged += 1
            groups[other] = one
            sizes[one] += sizes[other]
            merge(sums, one, other)
            continue
        both = one * len(groups) + other
        before, mass = known.get(both, (0.0, 0.0))
        if before == now and pairs != -now:
            continue  # it queues already, measured or bounded as the groups are now
        # What was known keeps its sum, and no new pair of members is closer than what stands at the head.
        bound = (mass - far * (now - before)) / now
        exact = pairs == -now or before == 0 or bound >= -far
        if exact:
            bound = product(sums, one, other) / now
        known[both] = (now, bound * now)
        if bound >= floor:
            pairs = now if exact else -now
            heapq.heappush(queue, (max(far, -bound), one, other, pairs))
    return left[:merged], right[:merged], height[:merged]


@compiled
def _group(groups: NDArray[np.int64], leaf: int) -> int:
    """The lowest leaf of the group of `leaf`; the way to it is halved for the next who asks."""
    while groups[leaf] != leaf:
        groups[leaf] = groups[groups[leaf]]
        leaf = groups[leaf]
    return leaf
