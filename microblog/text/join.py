"""Places new remarks into groups that stand without moving any other; the next rebuild may.

A remark joins the question it is nearest to if it is near enough, else the nearest topic as a question of its own,
else it opens a topic. Distances are those of the tree: mean cosine with all members, in the vectors of the rebuild.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from microblog.text.clean import clean
from microblog.text.features import Space, content_words
from microblog.text.grouping import DEFAULT_CUTS, Cuts
from microblog.text.groups import Placement
from microblog.text.kind import Kind, kind_of_clean
from microblog.text.outline import Outline
from microblog.text.remark import Remark
from microblog.text.segment import Segmenter
from microblog.text.wordings import digest

_NONE = -1
_Named = dict[tuple[int, str | int], float]


@dataclass(frozen=True)
class _Groups:
    """Groups of one level: ids, sizes in wordings, and the sums of their members' vectors, feature by feature."""

    ids: tuple[str, ...]
    sizes: NDArray[np.float32]
    sums: sparse.csc_array

    def nearest(self, vector: sparse.csr_array) -> tuple[str, float]:
        """The group nearest to the vector and how near; no group and 0 where none shares a feature."""
        near = np.zeros(len(self.ids), dtype=np.float32)
        for feature, weight in zip(vector.indices, vector.data, strict=True):
            span = slice(self.sums.indptr[feature], self.sums.indptr[feature + 1])
            near[self.sums.indices[span]] += self.sums.data[span] * weight
        near /= self.sizes
        at = int(near.argmax()) if len(near) else _NONE
        return (self.ids[at], float(near[at])) if at != _NONE and near[at] > 0 else ("", 0.0)


class Joiner:
    """Keeps what is needed to place remarks one by one, each within milliseconds.

    What it places is remembered: an equal wording goes where the first of it went, a near one may join a group that
    was opened since the rebuild.
    """

    def __init__(self, outline: Outline, *, segmenter: Segmenter, cuts: Cuts = DEFAULT_CUTS) -> None:
        grown, question = outline.grown, outline.question_of_wording
        self._segmenter, self._lexicon, self._cuts = segmenter, grown.lexicon, cuts
        self._space: Space = grown.features.space
        placed = np.flatnonzero(question != _NONE)  # the others are excluded
        homes = [outline.home(at) for at in question[placed].tolist()]
        self._known = {grown.wordings.words[at]: home for at, home in zip(placed.tolist(), homes, strict=True)}
        self._topic_of = {question: topic for topic, question in homes}
        vectors = grown.features.mixed[placed]
        self._questions = _groups([question for _, question in homes], vectors)
        self._topics = _groups([topic for topic, _ in homes], vectors)
        self._opened: list[tuple[str, str, _Named]] = []

    def place(self, remark: Remark) -> Placement:
        """Where the remark goes; ids of groups it opens are made of its own words, as a rebuild would make them."""
        text = clean(remark.text)
        kind = kind_of_clean(text)
        if kind is Kind.EMPTY:
            return Placement(remark.id, None, None, kind, "清理后没有可比较的文字")
        words = tuple(content_words(text, words=self._segmenter.words, lexicon=self._lexicon)) or (text,)
        if words in self._known:
            topic, question = self._known[words]
            return Placement(remark.id, topic, question, kind, "与已有评论用词相同")
        named = self._space.features(words, self._lexicon.stopwords)
        topic, question, reason = self._found(named, digest(words))
        self._known[words] = (topic, question)
        if question == f"q-{digest(words)}":
            self._opened.append((topic, question, named))
        return Placement(remark.id, topic, question, kind, reason)

    def _found(self, named: _Named, own: str) -> tuple[str, str, str]:
        """Topic, question and why."""
        vector = self._space.vector(named)
        question, near = self._questions.nearest(vector)
        late_topic, late_question, late = self._nearest_opened(named)
        if max(near, late) >= self._cuts.question:
            if late > near:
                return late_topic, late_question, f"与这组同问的平均相似度 {late:.2f}"
            return self._topic_of[question], question, f"与这组同问的平均相似度 {near:.2f}"
        topic, near = self._topics.nearest(vector)
        if max(near, late) >= self._cuts.topic:
            topic, near = (late_topic, late) if late > near else (topic, near)
            return topic, f"q-{own}", f"与这一话题的平均相似度 {near:.2f}，问法不同"
        return f"t-{own}", f"q-{own}", "没有相近的评论，单独成组"

    def _nearest_opened(self, named: _Named) -> tuple[str, str, float]:
        """The nearest of the few groups opened since the rebuild."""
        near = [sum(weight * other.get(at, 0.0) for at, weight in named.items()) for _, _, other in self._opened]
        if not near:
            return "", "", 0.0
        best = max(range(len(near)), key=near.__getitem__)
        return self._opened[best][0], self._opened[best][1], near[best]


def _groups(names: list[str], mixed: sparse.csr_array) -> _Groups:
    ids, label = np.unique(np.array(names, dtype=object).astype(str), return_inverse=True)
    ones = (np.ones(len(label), dtype=np.float32), (label, np.arange(len(label))))
    sums = sparse.csr_array(ones, shape=(len(ids), len(label))) @ mixed
    sizes = np.bincount(label, minlength=len(ids)).astype(np.float32)
    return _Groups(tuple(ids.tolist()), sizes, sparse.csc_array(sums))
