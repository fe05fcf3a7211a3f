"""The sums of the vectors of growing groups: rows are added, and old ones thrown away in bulk.

Rewriting the matrix for every round of merges would be most of the time of growing a tree.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Numbers = NDArray[np.int64]
Reals = NDArray[np.float64]

_PART = 20_000  # pairs multiplied at once, bounding memory
_GONE = -1
_GROWN = 4  # times its first size the rows may grow to before the old ones are thrown away
_LARGE = 400  # features from which a row is spread out once for all the pairs it is in


class Sums:
    """A sparse row for each group, found by the group's number; at first every vector is a group of its own."""

    def __init__(self, vectors: sparse.csr_array) -> None:
        self._width = vectors.shape[1]
        self._data, self._indices = vectors.data, vectors.indices
        self._ends = vectors.indptr
        self._rows = vectors
        self._most = _GROWN * vectors.nnz
        self._place = np.arange(vectors.shape[0], dtype=np.int64)
        self._spread = np.zeros(self._width, dtype=np.float32)

    def merge(self, left: Numbers, right: Numbers) -> None:
        """Each group of `left` takes in its partner of `right`."""
        added = sparse.csr_array(self._rows[self._place[left]] + self._rows[self._place[right]])
        self._place[right] = _GONE
        if int(self._ends[-1]) + added.nnz > self._most:
            self._forget()
        used, count = int(self._ends[-1]), len(self._ends) - 1
        self._data = _put(self._data, used, added.data)
        self._indices = _put(self._indices, used, added.indices)
        self._ends = np.concatenate([self._ends, used + added.indptr[1:]])
        self._place[left] = count + np.arange(added.shape[0])
        filled = int(self._ends[-1])
        held = (self._data[:filled], self._indices[:filled], self._ends)
        self._rows = sparse.csr_array(held, shape=(len(self._ends) - 1, self._width))

    def _forget(self) -> None:
        """Throw away the rows of groups as they were before they merged."""
        alive = np.flatnonzero(self._place != _GONE)
        self._rows = self._rows[self._place[alive]]
        self._place[alive] = np.arange(len(alive))
        self._data, self._indices, self._ends = self._rows.data, self._rows.indices, self._rows.indptr

    def products(self, left: Numbers, right: Numbers) -> Reals:
        """The inner product of the sums of each pair of groups."""
        left, right = self._place[left], self._place[right]
        lengths = np.diff(self._ends)
        swapped = lengths[right] > lengths[left]
        larger, smaller = np.where(swapped, right, left), np.where(swapped, left, right)
        large = lengths[larger] > _LARGE
        found = np.empty(len(left), dtype=np.float64)
        found[~large] = self._multiplied(larger[~large], smaller[~large])
        found[large] = self._looked_up(larger[large], smaller[large])
        return found

    def _multiplied(self, rows: Numbers, others: Numbers) -> Reals:
        found = np.empty(len(rows), dtype=np.float64)
        for start in range(0, len(rows), _PART):
            part = slice(start, start + _PART)
            found[part] = self._rows[rows[part]].multiply(self._rows[others[part]]).sum(axis=1)
        return found

    def _looked_up(self, larger: Numbers, smaller: Numbers) -> Reals:
        """As `_multiplied`, spreading out each large row once: the cost is the length of the small ones alone."""
        found = np.empty(len(larger), dtype=np.float64)
        order = np.argsort(larger, kind="stable")
        starts = np.flatnonzero(np.r_[True, np.diff(larger[order]) != 0][: len(order)])
        for pairs in np.split(order, starts[1:]):
            if len(pairs):
                found[pairs] = self._with(int(larger[pairs[0]]), smaller[pairs])
        return found

    def _with(self, row: int, others: Numbers) -> Reals:
        own = slice(self._ends[row], self._ends[row + 1])
        self._spread[self._indices[own]] = self._data[own]
        starts, lengths = (
            self._ends[others].astype(np.int64),
            (self._ends[others + 1] - self._ends[others]).astype(np.int64),
        )
        heads = np.cumsum(lengths) - lengths
        at = np.arange(int(lengths.sum())) + np.repeat(starts - heads, lengths)
        products = self._data[at] * self._spread[self._indices[at]]
        self._spread[self._indices[own]] = 0
        return np.asarray(np.add.reduceat(products, heads), dtype=np.float64)


def _put(held: NDArray[Any], used: int, added: NDArray[Any]) -> NDArray[Any]:
    """`held` with `added` after its first `used` values; room is doubled when it is short."""
    if used + len(added) > len(held):
        room = np.empty(2 * (used + len(added)), dtype=held.dtype)
        room[:used] = held[:used]
        held = room
    held[used : used + len(added)] = added
    return held
