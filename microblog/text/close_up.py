"""Names and describes the few groups of an outline that somebody looks at, exactly as `Grown.read` would."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from microblog.text.centrality import centrality
from microblog.text.groups import QuestionGroup
from microblog.text.keywords import group_keywords
from microblog.text.kind import Kind
from microblog.text.outline import KINDS, Outline
from microblog.text.reading import reason_for, unfitness
from microblog.text.sums import Numbers, Reals


@dataclass(frozen=True, slots=True)
class TopicHead:
    """A topic as listed, without its questions."""

    id: str
    name: str
    keywords: tuple[str, ...]
    questions: int
    askers: int
    size: int
    likes: int
    first: datetime | None
    last: datetime | None
    kind: Kind


@dataclass(frozen=True, slots=True)
class Nearness:
    """Why two remarks are or are not together: the words both have, and their mean cosine."""

    shared: tuple[str, ...]
    cosine: float


def heads(outline: Outline, topics: Sequence[int]) -> list[TopicHead]:
    """The topics named."""
    label = _folded(outline, outline.topic_of[outline.question_of_wording], topics)
    named = _named(outline, label, len(topics), outline.labels.edits.topics)
    tally = outline.topics
    return [
        TopicHead(
            id=tally.ids[topic],
            name=name,
            keywords=keywords,
            questions=int(outline.asked_in[topic]),
            askers=int(tally.askers[topic]),
            size=int(tally.size[topic]),
            likes=int(tally.likes[topic]),
            first=_moment(tally.first[topic]),
            last=_moment(tally.last[topic]),
            kind=KINDS[tally.kind[topic]],
        )
        for topic, (name, keywords) in zip(topics, named, strict=True)
    ]


def groups(outline: Outline, questions: Sequence[int]) -> list[QuestionGroup]:
    """The questions described, their members most central first."""
    label = _folded(outline, outline.question_of_wording, questions)
    named = _named(outline, label, len(questions), outline.labels.edits.questions)
    inside = np.flatnonzero(label < len(questions))
    central = np.zeros(len(label))
    if len(inside):
        central[inside] = centrality(outline.grown.features.mixed[inside], label[inside])
    return [
        _described(outline, question, name, keywords, central)
        for question, (name, keywords) in zip(questions, named, strict=True)
    ]


def reasons(outline: Outline, head: TopicHead, group: QuestionGroup, remarks: Collection[str]) -> dict[str, str]:
    """Why each of these remarks is in the group."""
    wordings, known = outline.grown.wordings, set(remarks)
    question = outline.questions.number[group.id]
    return {
        outline.grown.remarks[at].id: reason_for(wordings.words[number], group, head.size, head.keywords)
        for at in outline.members(question).tolist()
        if outline.grown.remarks[at].id in known and (number := wordings.of[at]) is not None
    }


def nearness(outline: Outline, first: int, second: int) -> Nearness:
    """Of two wordings."""
    words, vectors = outline.grown.wordings.words, outline.grown.features.mixed
    stopwords = outline.grown.lexicon.stopwords
    shared = [word for word in dict.fromkeys(words[first]) if word in words[second] and word not in stopwords]
    return Nearness(tuple(shared), float(vectors[[first]].multiply(vectors[[second]]).sum()))


def _folded(outline: Outline, group_of: Numbers, wanted: Sequence[int]) -> Numbers:
    """A label a wording: its place in `wanted`, everything else one more group."""
    place = np.full(len(group_of), len(wanted), dtype=np.int64)
    placed = outline.question_of_wording >= 0
    for at, group in enumerate(wanted):
        place[placed & (group_of == group)] = at
    return place


def _named(
    outline: Outline, label: Numbers, count: int, given: Mapping[int, str]
) -> list[tuple[str, tuple[str, ...]]]:
    """Name and keywords of the groups 0 … count-1."""
    if not count:
        return []
    features = outline.grown.features
    keywords = group_keywords(features.keys, label, features.vocabulary, outline.grown.lexicon)[:count]
    names = {int(label[wording]): name for wording, name in given.items()}
    return [(names.get(at, " ".join(words[:3])), words) for at, words in enumerate(keywords)]


def _described(
    outline: Outline,
    question: int,
    name: str,
    keywords: tuple[str, ...],
    central: Reals,
) -> QuestionGroup:
    remarks, wordings, tally = outline.grown.remarks, outline.grown.wordings, outline.questions
    weight = {at: round(float(central[_wording(outline, at)]), 5) for at in outline.members(question).tolist()}
    members = sorted(weight, key=lambda at: (-weight[at], remarks[at].text, remarks[at].id))
    kind, pinned = KINDS[tally.kind[question]], outline.labels.edits.pinned
    best = min(
        members,
        key=lambda at: unfitness(remarks[at], wordings.kinds[at], kind, weight[at], pinned=at in pinned),
    )
    return QuestionGroup(
        id=tally.ids[question],
        topic=outline.topics.ids[outline.topic_of[question]],
        name=name,
        keywords=keywords,
        members=tuple(remarks[at].id for at in members),
        askers=int(tally.askers[question]),
        likes=int(tally.likes[question]),
        first=_moment(tally.first[question]),
        last=_moment(tally.last[question]),
        copies=len(members) - len({_wording(outline, at) for at in members}),
        kind=kind,
        best=remarks[best].id,
        pinned=not pinned.isdisjoint(members),
    )


def _wording(outline: Outline, at: int) -> int:
    found = outline.grown.wordings.of[at]
    return -1 if found is None else found


def _moment(second: float) -> datetime | None:
    return datetime.fromtimestamp(float(second), UTC) if np.isfinite(second) else None
