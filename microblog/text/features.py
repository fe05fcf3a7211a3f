"""Texts as vectors: what their words, characters and pairs of characters say, each a fixed share of the length.

Words miss «充电桩» beside «充电棚» and typing errors; characters alone know no words. The shares, the root of the
inverse document frequency and the half weight of what is seen once were chosen on all labelled sets together; their
curves are in docs/benchmarks.md.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from microblog.text.lexicon import Lexicon

_WORDS, _CHARACTERS, _PAIRS = 0.2, 0.6, 0.2  # shares of the squared length
_ONCE = 0.5  # what one text alone holds brings it near to none, yet tells it from others

Words = Callable[[str], list[str]]
Codes = NDArray[np.int64]
Numbers = NDArray[np.int64]
Names = NDArray[Any]  # of words, or code points


@dataclass(frozen=True)
class Axis:
    """The features of one kind: their sorted names and the weight of each."""

    names: Names
    weights: NDArray[np.float32]

    def seen(self, names: Names) -> tuple[Names, NDArray[np.float32]]:
        """The features of a new text and their values, together of length one; what is new weighs as the rarest."""
        found, counts = np.unique(names, return_counts=True)
        at, known = self.places(found)
        values = (1 + np.log(counts)) * np.where(known, self.weights[np.where(known, at, 0)], self.weights.max())
        return found, (values / np.sqrt((values**2).sum())).astype(np.float32)

    def places(self, names: Names) -> tuple[Numbers, NDArray[np.bool_]]:
        """The column of each name, and whether it has one."""
        at = np.searchsorted(self.names, names)
        return at, self.names[np.minimum(at, len(self.names) - 1)] == names


@dataclass(frozen=True)
class Space:
    """The features of a set of texts, and how to see a new text among them."""

    words: Axis
    characters: Axis
    pairs: Axis

    def features(self, words: Sequence[str], stopwords: Collection[str]) -> dict[tuple[int, str | int], float]:
        """The vector of one more text as `featurize` would make it, by (axis, feature); new features included."""
        codes, pairs, _, _ = _codes([words])
        told = np.array([word for word in words if word not in stopwords] or words)
        named: dict[tuple[int, str | int], float] = {}
        shares = (_WORDS, _CHARACTERS, _PAIRS)
        for number, (axis, names, share) in enumerate(zip(self._axes, (told, codes, pairs), shares, strict=True)):
            if len(names):
                found, values = axis.seen(names)
                named.update(
                    zip(((number, name) for name in found.tolist()), (values * np.sqrt(share)).tolist(), strict=True)
                )
        return named

    def vector(self, named: Mapping[tuple[int, str | int], float]) -> sparse.csr_array:
        """One row with what `features` gave, without the features that are new."""
        columns, values, start = [], [], 0
        for number, axis in enumerate(self._axes):
            own = [(name, value) for (of, name), value in named.items() if of == number]
            if own:
                at, known = axis.places(np.array([name for name, _ in own]))
                columns.append(at[known] + start)
                values.append(np.array([value for _, value in own], dtype=np.float32)[known])
            start += len(axis.names)
        indices = np.concatenate(columns)
        return sparse.csr_array((np.concatenate(values), indices, [0, len(indices)]), shape=(1, start))

    @property
    def _axes(self) -> tuple[Axis, Axis, Axis]:
        return self.words, self.characters, self.pairs


@dataclass(frozen=True)
class Features:
    """Vectors of n texts.

    mixed: n × features, rows of length one. keys: n × words, the share of the words that are no stopwords; two texts
    are compared only where these meet. space: the features themselves.
    """

    mixed: sparse.csr_array
    keys: sparse.csr_array
    space: Space

    @cached_property
    def vocabulary(self) -> tuple[str, ...]:
        """The word of each column of `keys`."""
        return tuple(self.space.words.names.tolist())


def content_words(text: str, *, words: Words, lexicon: Lexicon) -> list[str]:
    """The words of a cleaned text without fillers, variants replaced; the plain words where nothing else is left."""
    bare = text
    for filler in lexicon.fillers:
        if filler in bare:
            bare = bare.replace(filler, " ")
    return [lexicon.synonyms.get(word, word) for word in words(bare) or words(text)]


def featurize(texts: Sequence[Sequence[str]], stopwords: Collection[str] = frozenset()) -> Features:
    """Vectors of texts given as lists of words; stopwords count by characters alone if there are other words."""
    return with_characters(texts, *weigh_words(texts, stopwords))


def weigh_words(texts: Sequence[Sequence[str]], stopwords: Collection[str]) -> tuple[sparse.csr_array, Axis]:
    """The first half of `featurize`: its keys, and the words they stand for."""
    return _weighed(*_word_counts([[word for word in text if word not in stopwords] or text for text in texts]))


def with_characters(texts: Sequence[Sequence[str]], keys: sparse.csr_array, words: Axis) -> Features:
    """The second half of `featurize`, given the first."""
    codes, pairs, code_rows, pair_rows = _codes(texts)
    parts, axes = [keys * np.sqrt(_WORDS)], [words]
    for found, rows, share in ((codes, code_rows, _CHARACTERS), (pairs, pair_rows, _PAIRS)):
        kinds, columns = np.unique(found, return_inverse=True)
        matrix, axis = _weighed(_matrix(rows, columns, (len(texts), len(kinds))), kinds)
        parts.append(matrix * np.sqrt(share))
        axes.append(axis)
    mixed = _unit(sparse.csr_array(sparse.hstack(parts, format="csr")))
    return Features(mixed=mixed, keys=keys, space=Space(*axes))


def _word_counts(texts: Sequence[Sequence[str]]) -> tuple[sparse.csr_array, NDArray[np.str_]]:
    words = list(chain.from_iterable(texts))
    vocabulary = sorted(set(words))
    column = {word: number for number, word in enumerate(vocabulary)}
    columns = np.fromiter(map(column.__getitem__, words), dtype=np.int64, count=len(words))
    rows = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    return _matrix(rows, columns, (len(texts), len(vocabulary))), np.array(vocabulary, dtype=np.str_)


def _codes(texts: Sequence[Sequence[str]]) -> tuple[Codes, Codes, Numbers, Numbers]:
    """Code points and pairs of neighbours of all texts, words joined, with the row of each."""
    joined = ["".join(text) for text in texts]
    codes = np.frombuffer("".join(joined).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
    rows = np.repeat(np.arange(len(joined)), [len(text) for text in joined])
    within = rows[1:] == rows[:-1]
    return codes, ((codes[:-1] << 21) | codes[1:])[within], rows, rows[1:][within]


def _matrix(rows: Numbers, columns: Numbers, shape: tuple[int, int]) -> sparse.csr_array:
    """Counts of (row, column)."""
    ones = np.ones(len(rows), dtype=np.float32)
    counts = sparse.csr_array(
        sparse.coo_array((ones, (rows.astype(np.int32), columns.astype(np.int32))), shape=shape)
    )
    counts.sum_duplicates()
    return counts


def _weighed(counts: sparse.csr_array, names: Names) -> tuple[sparse.csr_array, Axis]:
    """Damped counts times the root of the smoothed inverse document frequency, rows of length one."""
    holders = np.bincount(counts.indices, minlength=counts.shape[1])
    weights = np.sqrt(np.log((1 + counts.shape[0]) / (1 + holders)) + 1) * np.where(holders == 1, _ONCE, 1)
    data = ((1 + np.log(counts.data)) * weights[counts.indices]).astype(np.float32)
    matrix = sparse.csr_array((data, counts.indices, counts.indptr), shape=counts.shape)
    return _unit(matrix), Axis(names, weights.astype(np.float32))


def _unit(matrix: sparse.csr_array) -> sparse.csr_array:
    lengths = np.sqrt(matrix.multiply(matrix).sum(axis=1))
    per_row = np.repeat(np.where(lengths > 0, lengths, 1), np.diff(matrix.indptr))
    data = (matrix.data / per_row).astype(np.float32)
    return sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)
