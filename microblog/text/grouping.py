"""Remarks into topics and questions: one group-average tree, cut twice.

`grow` does the work that depends on the words; `Grown.cut` reads groups off the tree, so finer or coarser is a new
cut and not a new run. Any order of the remarks gives the same groups and the same ids.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from microblog.text.centrality import centrality
from microblog.text.features import Features, featurize, weigh_words, with_characters
from microblog.text.groups import Flood, Grouping, Placement, QuestionGroup, Topic
from microblog.text.lexicon import Lexicon
from microblog.text.neighbours import candidate_pairs
from microblog.text.reading import NO_EDITS, Edits, Reader
from microblog.text.remark import Remark
from microblog.text.segment import Segmenter
from microblog.text.sums import Numbers
from microblog.text.tree import Tree, grow_tree
from microblog.text.wordings import Each, Wordings, wordings_of

__all__ = [
    "DEFAULT_CUTS",
    "Cuts",
    "Flood",
    "Grouping",
    "Grown",
    "Placement",
    "QuestionGroup",
    "Topic",
    "group",
    "grow",
]

_FLOOR = 0.08  # below every cut an analyst would want: nothing nearer than this is joined at all


@dataclass(frozen=True, slots=True)
class Cuts:
    """Mean cosine at which remarks are one topic, and one question. 0.08 ≤ topic ≤ question ≤ 1."""

    topic: float = 0.15
    question: float = 0.66

    def __post_init__(self) -> None:
        if not _FLOOR <= self.topic <= self.question <= 1:
            raise ValueError(f"cuts need {_FLOOR} <= topic <= question <= 1, not {self.topic} and {self.question}")


DEFAULT_CUTS = Cuts()


@dataclass(frozen=True)
class Grown:
    """Remarks with their tree, ready to be cut at any level."""

    remarks: tuple[Remark, ...]
    wordings: Wordings
    features: Features
    tree: Tree
    lexicon: Lexicon

    def cut(self, cuts: Cuts = DEFAULT_CUTS) -> Grouping:
        """The groups at these cuts."""
        return self.read(self.tree.cut(cuts.topic), self.tree.cut(cuts.question))

    def read(self, topic_of: Numbers, question_of: Numbers, edits: Edits = NO_EDITS) -> Grouping:
        """The groups given by a label for each wording; every question lies within one topic."""
        return Reader(self.remarks, self.wordings, self.features, self.lexicon, edits).read(topic_of, question_of)


def grow(
    remarks: Sequence[Remark],
    *,
    segmenter: Segmenter,
    lexicon: Lexicon,
    excluded: frozenset[str] = frozenset(),
    each: Each = map,
) -> Grown:
    """Clean, collapse, measure and grow the tree; ids must be unique, those `excluded` are placed nowhere."""
    wordings = wordings_of(remarks, words=segmenter.words, lexicon=lexicon, excluded=excluded, each=each)
    features, tree = _grown(wordings.words, lexicon) if wordings.texts else _nothing()
    return Grown(tuple(remarks), wordings, features, tree, lexicon)


def _grown(texts: Sequence[Sequence[str]], lexicon: Lexicon) -> tuple[Features, Tree]:
    """Candidates are found by words alone, in another thread, while this one looks at characters."""
    keys, words = weigh_words(texts, lexicon.stopwords)
    with ThreadPoolExecutor(1) as pool:
        candidates = pool.submit(candidate_pairs, keys)
        features = with_characters(texts, keys, words)
        return features, grow_tree(features.mixed, candidates.result(), floor=_FLOOR)


def _nothing() -> tuple[Features, Tree]:
    nothing = np.empty(0, dtype=np.int64)
    return featurize([]), Tree(0, nothing, nothing, np.empty(0))


def compile_ahead() -> None:
    """Grow and read the smallest tree, so that nobody waits for the compiler when there is work to do."""
    alike, tree = _grown([["消防", "通道"], ["消防", "楼道"]], Lexicon())
    centrality(alike.mixed, np.unique(tree.cut(_FLOOR), return_inverse=True)[1])


def group(
    remarks: Sequence[Remark], *, segmenter: Segmenter, lexicon: Lexicon, cuts: Cuts = DEFAULT_CUTS
) -> Grouping:
    """Topics and questions of the remarks; ids must be unique."""
    return grow(remarks, segmenter=segmenter, lexicon=lexicon).cut(cuts)
