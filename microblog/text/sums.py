"""The sums of the vectors of growing groups: sparse rows in one pool, new ones put at its end.

The product of two sums is the sum of the products over all pairs of members, so no member is looked at again.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from microblog.text.compiled import compiled

Numbers = NDArray[np.int64]
Reals = NDArray[np.float64]

_ROOM = 3  # times its first size the pool may hold; more saves little throwing away
_FEW = 8  # a row this many times shorter than the other is looked up in it, not read along with it


class Sums(NamedTuple):
    """The row of group g: `features`, ascending, and `values` from starts[g] on, lengths[g] of them.

    used: how much of the pool is taken; one number, in an array because it changes.
    """

    features: NDArray[np.int32]
    values: NDArray[np.float32]
    starts: Numbers
    lengths: Numbers
    used: Numbers


def sums_of(vectors: sparse.csr_array) -> Sums:
    """Every vector as a group of its own."""
    vectors.sort_indices()
    count = vectors.nnz
    room = _ROOM * count + vectors.shape[1]
    features, values = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.float32)
    features[:count], values[:count] = vectors.indices, vectors.data
    starts, lengths = vectors.indptr[:-1].astype(np.int64), np.diff(vectors.indptr).astype(np.int64)
    return Sums(features, values, starts, lengths, np.array([count]))


@compiled
def product(sums: Sums, group: int, other: int) -> float:
    """The inner product of two sums."""
    if sums.lengths[group] > sums.lengths[other]:
        group, other = other, group
    at, last = sums.starts[group], sums.starts[group] + sums.lengths[group]
    low, end = sums.starts[other], sums.starts[other] + sums.lengths[other]
    total = 0.0
    if end - low > _FEW * (last - at):
        for place in range(at, last):
            low = _first_from(sums.features, low, end, sums.features[place])
            if low < end and sums.features[low] == sums.features[place]:
                total += sums.values[place] * sums.values[low]
        return total
    while at < last and low < end:
        own, theirs = sums.features[at], sums.features[low]
        if own == theirs:
            total += sums.values[at] * sums.values[low]
        at += own <= theirs
        low += theirs <= own
    return total


@compiled
def products(sums: Sums, groups: Numbers, others: Numbers) -> Reals:
    """The inner product of each pair of sums."""
    found = np.empty(len(groups))
    for pair in range(len(groups)):
        found[pair] = product(sums, groups[pair], others[pair])
    return found


@compiled
def merge(sums: Sums, group: int, other: int) -> None:
    """Add the sum of `other` to that of `group`; `other` has none any more."""
    if sums.used[0] + sums.lengths[group] + sums.lengths[other] > len(sums.features):
        _close_up(sums)
    at, last = sums.starts[group], sums.starts[group] + sums.lengths[group]
    low, end = sums.starts[other], sums.starts[other] + sums.lengths[other]
    put = sums.used[0]
    sums.starts[group] = put
    while at < last or low < end:
        own = at < last and (low == end or sums.features[at] <= sums.features[low])
        theirs = low < end and (at == last or sums.features[low] <= sums.features[at])
        sums.features[put] = sums.features[at] if own else sums.features[low]
        sums.values[put] = (sums.values[at] if own else 0) + (sums.values[low] if theirs else 0)
        at, low, put = at + own, low + theirs, put + 1
    sums.lengths[group] = put - sums.used[0]
    sums.lengths[other] = 0
    sums.used[0] = put


@compiled
def _close_up(sums: Sums) -> None:
    """Throw away the rows of groups as they were before they merged."""
    put = 0
    for group in np.argsort(sums.starts):
        start = sums.starts[group]
        sums.starts[group] = put
        for at in range(start, start + sums.lengths[group]):
            sums.features[put], sums.values[put] = sums.features[at], sums.values[at]
            put += 1
    sums.used[0] = put


@compiled
def _first_from(features: NDArray[np.int32], low: int, end: int, wanted: int) -> int:
    """The first place in low … end that holds `wanted` or more; it is mostly near, so the steps grow from there."""
    step = 1
    while low + step < end and features[low + step] < wanted:
        low += step
        step *= 2
    end = min(end, low + step)
    while low < end:
        middle = (low + end) // 2
        if features[middle] < wanted:
            low = middle + 1
        else:
            end = middle
    return low
