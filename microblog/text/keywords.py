"""Names groups by the words that set them apart: frequent inside, rare outside, whole words only."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from microblog.text.lexicon import Lexicon

_NAMED = 5


def group_keywords(
    vectors: sparse.csr_array, label: NDArray[np.int64], vocabulary: Sequence[str], lexicon: Lexicon
) -> list[tuple[str, ...]]:
    """Up to five words for each group, most telling first.

    vectors: wordings × words; label: the group 0, 1, … of each wording.
    The score is the share of the group's wordings that hold the word, times how much rarer it is among all.
    """
    groups = int(label.max()) + 1
    present = sparse.csr_array((np.ones_like(vectors.data), vectors.indices, vectors.indptr), shape=vectors.shape)
    members = sparse.csr_array(
        (np.ones(len(label), dtype=np.float32), (label, np.arange(len(label)))), shape=(groups, len(label))
    )
    inside = sparse.csr_array(members @ present)
    inside.sort_indices()
    size = np.asarray(members.sum(axis=1))
    rarity = np.log((1 + len(label)) / np.bincount(present.indices, minlength=len(vocabulary)).clip(1))
    worth = np.array([_worth(word, lexicon) for word in vocabulary])
    lengths, columns = np.diff(inside.indptr), inside.indices
    group = np.repeat(np.arange(groups), lengths)
    score = inside.data / size[group] * rarity[columns] * worth[columns]
    order = np.lexsort((columns, -score, group))
    rank = np.arange(len(order)) - np.repeat(inside.indptr[:-1], lengths)
    told = order[(rank < _NAMED) & ((score[order] > 0) | (rank == 0))]  # one word at least, whatever it is worth
    words = [vocabulary[column] for column in columns[told].tolist()]
    ends = np.cumsum(np.bincount(group[told], minlength=groups)).tolist()
    return [tuple(words[start:end]) for start, end in zip([0, *ends], ends, strict=False)]


def _worth(word: str, lexicon: Lexicon) -> float:
    """Single characters, numbers and stopwords name nothing as long as there is something better."""
    if word in lexicon.stopwords:
        return 0.0
    return 0.2 if len(word) == 1 or word.isnumeric() else 1.0
