"""All groups at once, counted and not described: what a desk needs to list ten thousand remarks in milliseconds.

`Ground` holds what never changes while a tree stands; `Outline` counts the groups of one cut with its corrections;
`text/close_up.py` names and describes the few that somebody looks at. Together they say what `Grown.read` says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from microblog.text.corrections import Relabelled
from microblog.text.grouping import Grown
from microblog.text.kind import Kind
from microblog.text.reading import FLOOD
from microblog.text.sums import Numbers, Reals
from microblog.text.wordings import digest

KINDS = tuple(Kind)
_NONE = -1


@dataclass(frozen=True)
class Ground:
    """One entry a placed remark. at: its place among all remarks; second: POSIX, infinite where undated.

    age: rank by time, then by the name of its wording. digests: the name of each wording.
    """

    at: Numbers
    wording: Numbers
    asker: Numbers
    likes: Numbers
    second: Reals
    age: Numbers
    kind: Numbers
    digests: tuple[str, ...]

    def without(self, gone: NDArray[np.bool_]) -> "Ground":
        """The rest. gone: one flag a placed remark."""
        kept = ~gone
        return Ground(
            at=self.at[kept],
            wording=self.wording[kept],
            asker=self.asker[kept],
            likes=self.likes[kept],
            second=self.second[kept],
            age=self.age[kept],
            kind=self.kind[kept],
            digests=self.digests,
        )


def ground_of(grown: Grown) -> Ground:
    """The columns of the remarks that have a wording."""
    of, remarks, kinds = grown.wordings.of, grown.remarks, grown.wordings.kinds
    at = np.array([place for place, wording in enumerate(of) if wording is not None], dtype=np.int64)
    wording = np.array([number for number in of if number is not None], dtype=np.int64)
    digests = tuple(map(digest, grown.wordings.words))
    askers: dict[str, int] = {}
    moments = (remarks[place].time for place in at)
    second = np.array([moment.timestamp() if moment else np.inf for moment in moments], dtype=np.float64)
    order = np.lexsort((np.array(digests, dtype=np.str_)[wording], second))
    age = np.empty(len(at), dtype=np.int64)
    age[order] = np.arange(len(at))
    return Ground(
        at=at,
        wording=wording,
        asker=np.array([askers.setdefault(remarks[place].asker, len(askers)) for place in at], dtype=np.int64),
        likes=np.array([remarks[place].likes for place in at], dtype=np.int64),
        second=second,
        age=age,
        kind=np.array([KINDS.index(kinds[place]) for place in at], dtype=np.int64),
        digests=digests,
    )


@dataclass(frozen=True)
class Tally:
    """One entry a group. first, last: POSIX seconds; kind: number in `KINDS`; id: as a rebuild would name it."""

    size: Numbers
    askers: Numbers
    likes: Numbers
    first: Reals
    last: Reals
    kind: Numbers
    ids: tuple[str, ...]

    @cached_property
    def number(self) -> dict[str, int]:
        """The group of each id."""
        return {name: at for at, name in enumerate(self.ids)}


class Outline:
    """The groups of one cut: `topics` and `questions` counted; `topic_of` each question; members on demand."""

    def __init__(
        self, grown: Grown, ground: Ground, labels: Relabelled, excluded: frozenset[str] = frozenset()
    ) -> None:
        self.grown, self.labels = grown, labels
        held = grown.wordings.of
        gone = [
            place for place, remark in enumerate(grown.remarks) if remark.id in excluded and held[place] is not None
        ]
        self.ground = ground = ground.without(np.isin(ground.at, gone)) if gone else ground
        _, self.question_at = np.unique(labels.question[ground.wording], return_inverse=True)
        _, self.topic_at = np.unique(labels.topic[ground.wording], return_inverse=True)
        self.questions = _tally(ground, self.question_at, "q")
        self.topic_of = np.zeros(len(self.questions.ids), dtype=np.int64)
        self.topic_of[self.question_at] = self.topic_at
        self.topics = self._topics()
        self.question_of_wording = np.full(len(ground.digests), _NONE, dtype=np.int64)
        self.question_of_wording[ground.wording] = self.question_at

    def _topics(self) -> Tally:
        """A topic is of the kind most of its people are of, question by question."""
        counted = _tally(self.ground, self.topic_at, "t")
        shape = (len(counted.ids), len(KINDS))
        places = self.topic_of * len(KINDS) + self.questions.kind
        weight = np.bincount(places, weights=self.questions.askers, minlength=shape[0] * shape[1]).reshape(shape)
        return Tally(
            counted.size,
            counted.askers,
            counted.likes,
            counted.first,
            counted.last,
            weight.argmax(axis=1),
            counted.ids,
        )

    @cached_property
    def order(self) -> Numbers:
        """The topics, most asked first."""
        topics = self.topics
        order = np.lexsort((np.array(topics.ids, dtype=np.str_), -topics.size, -topics.askers))
        return np.asarray(order, dtype=np.int64)

    @cached_property
    def asked_in(self) -> Numbers:
        """How many questions each topic has."""
        return np.bincount(self.topic_of, minlength=len(self.topics.ids))

    def questions_of(self, topic: int) -> Numbers:
        """The questions of a topic, most asked first."""
        found, questions = np.flatnonzero(self.topic_of == topic), self.questions
        names = np.array([questions.ids[at] for at in found], dtype=np.str_)
        order = np.lexsort((names, -questions.likes[found], -questions.askers[found]))
        return np.asarray(found[order], dtype=np.int64)

    def home(self, question: int) -> tuple[str, str]:
        """The ids of a question's topic and of the question itself."""
        return self.topics.ids[self.topic_of[question]], self.questions.ids[question]

    def members(self, question: int) -> Numbers:
        """Places of the remarks of a question among all remarks."""
        return np.asarray(self.ground.at[self.question_at == question], dtype=np.int64)

    @cached_property
    def places(self) -> dict[str, int]:
        """The question of every placed remark."""
        remarks = self.grown.remarks
        return {
            remarks[at].id: question
            for at, question in zip(self.ground.at.tolist(), self.question_at.tolist(), strict=True)
        }

    def course(self, topics: Sequence[int], steps: int) -> NDArray[np.int64]:
        """Remarks of each topic over the whole time, in equal steps; one row a topic."""
        dated = np.isfinite(self.ground.second)
        seconds = self.ground.second[dated]
        if not len(seconds):
            return np.zeros((len(topics), steps), dtype=np.int64)
        start, span = seconds.min(), max(float(np.ptp(seconds)), 1.0)
        step = np.minimum((seconds - start) / span * steps, steps - 1).astype(np.int64)
        counts = np.bincount(self.topic_at[dated] * steps + step, minlength=len(self.topics.ids) * steps)
        return np.asarray(counts.reshape(-1, steps)[list(topics)], dtype=np.int64)

    def floods(self) -> list[Numbers]:
        """Places of the remarks of each wording posted again and again, largest first."""
        size = np.bincount(self.ground.wording, minlength=len(self.ground.digests))
        wordings = sorted(np.flatnonzero(size >= FLOOD).tolist(), key=lambda wording: (-int(size[wording]), wording))
        return [self.ground.at[self.ground.wording == wording] for wording in wordings]


def _tally(ground: Ground, label: Numbers, prefix: str) -> Tally:
    groups = int(label.max()) + 1 if len(label) else 0
    people = int(ground.asker.max()) + 1 if len(label) else 1
    pairs = np.unique(label * people + ground.asker)
    kinds = np.bincount(label * len(KINDS) + ground.kind, minlength=groups * len(KINDS)).reshape(-1, len(KINDS))
    first, last = np.full(groups, np.inf), np.full(groups, -np.inf)
    np.minimum.at(first, label, ground.second)
    dated = np.isfinite(ground.second)
    np.maximum.at(last, label[dated], ground.second[dated])
    youngest_first = np.argsort(-ground.age)
    earliest = np.zeros(groups, dtype=np.int64)
    earliest[label[youngest_first]] = youngest_first
    return Tally(
        size=np.bincount(label, minlength=groups),
        askers=np.bincount(pairs // people, minlength=groups),
        likes=np.bincount(label, weights=ground.likes, minlength=groups).astype(np.int64),
        first=first,
        last=last,
        kind=kinds.argmax(axis=1) if groups else np.empty(0, dtype=np.int64),
        ids=tuple(f"{prefix}-{ground.digests[ground.wording[at]]}" for at in earliest),
    )
