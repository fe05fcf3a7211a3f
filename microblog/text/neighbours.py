"""Candidates for merging: for each text the texts nearest to it by keywords. Sparse, in parts, never all pairs.

Words held by very many texts would make nearly all pairs, so the commonest are passed over as far as the budget
demands; every text still meets others by its rarer words.
"""

import numpy as np
from scipy import sparse

from microblog.text.sums import Numbers

_KEPT = 16  # candidates for each text; more changed no group worth the name (docs/clustering.md)
_BUDGET = 3_000  # mean number of texts looked at for each text
_PART = 2_000  # texts searched at once, bounding memory


def candidate_pairs(keys: sparse.csr_array) -> tuple[Numbers, Numbers]:
    """Pairs of texts, lower number first, each once: every text with the 16 nearest to it by keywords."""
    usable = _affordable(keys)
    others = sparse.csr_array(usable.T)
    left, right = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    for start in range(0, keys.shape[0], _PART):
        part = sparse.csr_array(usable[start : start + _PART] @ others)
        for number in range(part.shape[0]):
            columns = _best(part, number, start + number)
            left.append(np.full(len(columns), start + number, dtype=np.int64))
            right.append(columns)
    rows, columns = np.concatenate(left), np.concatenate(right)
    pairs = np.unique(np.minimum(rows, columns) * keys.shape[0] + np.maximum(rows, columns))
    return pairs // max(keys.shape[0], 1), pairs % max(keys.shape[0], 1)


def _affordable(keys: sparse.csr_array) -> sparse.csr_array:
    """The keywords without the commonest, so that a full search looks at no more than the budget allows."""
    holders = np.bincount(keys.indices, minlength=keys.shape[1]).astype(np.int64)
    cost = np.cumsum(np.sort(holders) ** 2)
    within = int(np.searchsorted(cost, _BUDGET * keys.shape[0], side="right"))
    if within >= len(holders):
        return keys
    keep = holders < np.sort(holders)[within]
    return sparse.csr_array(keys.multiply(keep[None, :]))


def _best(part: sparse.csr_array, number: int, row: int) -> Numbers:
    """The columns of the largest values in one row, itself left out; equal values all stay."""
    span = slice(part.indptr[number], part.indptr[number + 1])
    columns, values = part.indices[span], part.data[span]
    if len(values) > _KEPT + 1:
        least = np.partition(values, len(values) - _KEPT - 1)[len(values) - _KEPT - 1]
        columns = columns[values >= least]
    return np.asarray(columns[columns != row], dtype=np.int64)
