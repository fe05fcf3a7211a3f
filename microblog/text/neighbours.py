"""Finds, for some groups, the groups nearest to them: sparse, in parts, never all pairs.

Only groups that share a keyword are compared. Words held by very many groups would make nearly all pairs, so the
commonest are passed over as long as a row of candidates stays within a budget; every group still meets the others by
its rarer words.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

_KEPT = 16  # candidates measured exactly; the nearest is among the first few by keywords (docs/clustering.md)
_BUDGET = 3_000  # mean candidates looked at for each group
_PART = 2_000  # groups searched at once, bounding memory

Numbers = NDArray[np.int64]
Reals = NDArray[np.float32]


def candidate_pairs(keys: sparse.csr_array, sizes: Reals, rows: Numbers) -> tuple[Numbers, Numbers]:
    """For each of `rows` up to 16 groups nearest to it by keywords: (row, candidate) pairs.

    keys: sum of the members' keyword vectors, one group a row; sizes: members of each group.
    """
    usable = _affordable(keys)
    others = sparse.csr_array(usable.multiply((1 / sizes)[:, None]).T.tocsr())
    left, right = [], []
    for start in range(0, len(rows), _PART):
        part = rows[start : start + _PART]
        meeting = sparse.csr_array(usable[part] @ others)
        for number, row in enumerate(part):
            columns = _best(meeting, number, int(row))
            left.append(np.full(len(columns), row, dtype=np.int64))
            right.append(columns)
    if not left:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    return np.concatenate(left), np.concatenate(right)


def similarities(mixed: sparse.csr_array, sizes: Reals, left: Numbers, right: Numbers) -> Reals:
    """Mean cosine over all pairs of members, for each pair of groups; needs only the sums of their vectors."""
    found = np.empty(len(left), dtype=np.float32)
    for start in range(0, len(left), 50_000):
        part = slice(start, start + 50_000)
        products = mixed[left[part]].multiply(mixed[right[part]]).sum(axis=1)
        found[part] = products / (sizes[left[part]] * sizes[right[part]])
    return found


def _affordable(keys: sparse.csr_array) -> sparse.csr_array:
    """The keywords without the commonest, so that a full search looks at no more than the budget allows."""
    holders = np.bincount(keys.indices, minlength=keys.shape[1]).astype(np.int64)
    cost = np.cumsum(np.sort(holders) ** 2)
    within = int(np.searchsorted(cost, _BUDGET * keys.shape[0], side="right"))
    if within >= len(holders):
        return keys
    keep = holders < np.sort(holders)[within]
    return sparse.csr_array(keys.multiply(keep[None, :]).tocsr())


def _best(meeting: sparse.csr_array, number: int, row: int) -> Numbers:
    """The columns of the largest values in one row, itself left out; equal values in the order of the columns."""
    span = slice(meeting.indptr[number], meeting.indptr[number + 1])
    columns, values = meeting.indices[span], meeting.data[span]
    if len(values) > _KEPT + 1:
        least = np.partition(values, len(values) - _KEPT - 1)[len(values) - _KEPT - 1]
        columns = columns[values >= least]
    return np.asarray(columns[columns != row], dtype=np.int64)
