"""Texts as vectors: TF-IDF over jieba's words and over the characters inside them, each half of the length.

Words alone miss «充电桩» beside «充电»; characters alone drown in common ones. Both together did better than either
(docs/clustering.md). A word's characters are looked up once for each word, not for each text.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from microblog.text.lexicon import Lexicon

Words = Callable[[str], list[str]]


@dataclass(frozen=True)
class Features:
    """Vectors of n texts.

    mixed: n × features, rows of length one (all zero where a text holds nothing comparable).
    keys: n × words, the TF-IDF of the words alone, rows of length one; two texts are compared where these meet.
    vocabulary: the word of each column of `keys`.
    """

    mixed: sparse.csr_array
    keys: sparse.csr_array
    vocabulary: tuple[str, ...]


def content_words(text: str, *, words: Words, lexicon: Lexicon) -> list[str]:
    """The words of a cleaned text that count, variants replaced; the plain words where nothing else is left."""
    bare = text
    for filler in lexicon.fillers:
        if filler in bare:
            bare = bare.replace(filler, " ")
    found = words(bare)
    kept = [lexicon.synonyms.get(word, word) for word in found if word not in lexicon.stopwords]
    return kept or found or words(text)


def featurize(texts: Sequence[Sequence[str]]) -> Features:
    """Vectors of texts given as lists of words."""
    counts, vocabulary = _counts(texts)
    grams = counts @ _grams(vocabulary)
    keys = _unit(_tfidf(counts))
    mixed = sparse.hstack([keys, _unit(_tfidf(sparse.csr_array(grams)))], format="csr")
    return Features(mixed=_unit(sparse.csr_array(mixed)), keys=keys, vocabulary=vocabulary)


def _counts(texts: Sequence[Sequence[str]]) -> tuple[sparse.csr_array, tuple[str, ...]]:
    """How often each word stands in each text; columns in the order of the words' spelling."""
    vocabulary = tuple(sorted({word for text in texts for word in text}))
    column = {word: number for number, word in enumerate(vocabulary)}
    ends = np.cumsum([0, *(len(text) for text in texts)])
    columns = np.fromiter((column[word] for text in texts for word in text), dtype=np.int32, count=int(ends[-1]))
    data = np.ones(len(columns), dtype=np.float32)
    counts = sparse.csr_array((data, columns, ends), shape=(len(texts), len(vocabulary)))
    counts.sum_duplicates()
    return counts, vocabulary


def _grams(vocabulary: Sequence[str]) -> sparse.csr_array:
    """The characters and pairs of neighbours inside each word."""
    inside = [[*word, *(word[at : at + 2] for at in range(len(word) - 1))] for word in vocabulary]
    return _counts(inside)[0]


def _tfidf(counts: sparse.csr_array) -> sparse.csr_array:
    """Damped counts times smoothed inverse document frequency."""
    holding = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log((1 + counts.shape[0]) / (1 + holding)) + 1
    data = (1 + np.log(counts.data)) * rarity[counts.indices]
    return sparse.csr_array((data.astype(np.float32), counts.indices, counts.indptr), shape=counts.shape)


def _unit(matrix: sparse.csr_array) -> sparse.csr_array:
    lengths = np.sqrt(matrix.multiply(matrix).sum(axis=1))
    per_row = np.repeat(np.where(lengths > 0, lengths, 1), np.diff(matrix.indptr))
    data = (matrix.data / per_row).astype(np.float32)
    return sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)
