"""Candidates for merging: for each text the texts nearest to it by keywords. Sparse, never all pairs.

Words held by very many texts would make nearly all pairs, so the commonest are passed over as far as the budget
demands; every text still meets others by its rarer words.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from microblog.text.compiled import compiled
from microblog.text.sums import Numbers
from microblog.text.threads import in_parts

_KEPT = 16  # candidates for each text; more changed no group worth the name (docs/clustering.md)
_BUDGET = 3_000  # mean number of texts looked at for each text


class _Rows(NamedTuple):
    """A sparse matrix as the loops take it."""

    columns: NDArray[np.int32]
    values: NDArray[np.float32]
    ends: NDArray[np.int32]


def candidate_pairs(keys: sparse.csr_array) -> tuple[Numbers, Numbers]:
    """Pairs of texts, lower number first, each once: every text with the 16 nearest to it by keywords."""
    usable = _affordable(keys)
    texts, holders = _rows(usable), _rows(sparse.csr_array(usable.T))
    count = keys.shape[0]
    found = np.sort(in_parts(lambda part: _nearest(texts, holders, part.start, part.stop, _KEPT), count))
    pairs = found[np.diff(found, prepend=-1) > 0]  # np.unique, ten times as fast on numbers that come nearly sorted
    return pairs // max(count, 1), pairs % max(count, 1)


def _affordable(keys: sparse.csr_array) -> sparse.csr_array:
    """The keywords without the commonest, so that a full search looks at no more than the budget allows."""
    holders = np.bincount(keys.indices, minlength=keys.shape[1]).astype(np.int64)
    cost = np.cumsum(np.sort(holders) ** 2)
    within = int(np.searchsorted(cost, _BUDGET * keys.shape[0], side="right"))
    if within >= len(holders):
        return keys
    kept = sparse.csr_array(keys.multiply((holders < np.sort(holders)[within])[None, :]))
    kept.eliminate_zeros()
    return kept


def _rows(matrix: sparse.csr_array) -> _Rows:
    return _Rows(matrix.indices.astype(np.int32), matrix.data.astype(np.float32), matrix.indptr.astype(np.int32))


@compiled
def _nearest(texts: _Rows, holders: _Rows, start: int, stop: int, kept: int) -> Numbers:
    """For each text of start … stop the `kept` nearest, equals included, as lower · count + higher."""
    count = len(texts.ends) - 1
    score = np.zeros(count, dtype=np.float32)
    met = np.empty(count, dtype=np.int64)
    best = np.empty(kept + 1, dtype=np.float32)  # the text itself is the nearest of all
    pairs, found = np.empty(2 * kept * (stop - start) + count, dtype=np.int64), 0
    for text in range(start, stop):
        many = 0
        for place in range(texts.ends[text], texts.ends[text + 1]):
            word, value = texts.columns[place], texts.values[place]
            for at in range(holders.ends[word], holders.ends[word + 1]):
                other = holders.columns[at]
                if score[other] == 0:
                    met[many] = other
                    many += 1
                score[other] += value * holders.values[at]
        best[:] = 0
        for other in met[:many]:
            _keep(best, score[other])
        if found + many > len(pairs):
            pairs = np.concatenate((pairs, np.empty(len(pairs) + many, dtype=np.int64)))
        for other in met[:many]:
            if score[other] >= best[kept] and other != text:
                pairs[found] = min(text, other) * count + max(text, other)
                found += 1
            score[other] = 0
    return pairs[:found]


@compiled
def _keep(best: NDArray[np.float32], score: float) -> None:
    """Put a score among the best, which stand in falling order, if it is one."""
    place = len(best) - 1
    if score <= best[place]:
        return
    while place > 0 and best[place - 1] < score:
        best[place] = best[place - 1]
        place -= 1
    best[place] = score
