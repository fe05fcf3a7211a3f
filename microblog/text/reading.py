"""Reads groups off labels: who asks, what names them, who is central, and why each remark is where it is."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np

from microblog.text.centrality import centrality
from microblog.text.features import Features
from microblog.text.groups import Flood, Grouping, Placement, QuestionGroup, Topic
from microblog.text.keywords import group_keywords
from microblog.text.kind import Kind
from microblog.text.lexicon import Lexicon
from microblog.text.remark import Remark
from microblog.text.sums import Numbers
from microblog.text.wordings import Wordings, digest

FLOOD = 5  # one wording this often is shown apart
_UNDATED = datetime.max.replace(tzinfo=UTC)
_CLEAR, _LONGEST = range(8, 61), 140  # characters of a remark that is clear at a glance; of one fit for a post
_MARKUP = re.compile(r"[@<]|//|https?:")
_RANK = {kind: rank for rank, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Edits:
    """What an analyst says of groups beyond who is in them, each by a wording the group holds.

    topics, questions: names given. pinned: places of remarks that must represent their question.
    """

    topics: Mapping[int, str] = field(default_factory=dict)
    questions: Mapping[int, str] = field(default_factory=dict)
    pinned: frozenset[int] = frozenset()


NO_EDITS = Edits()


@dataclass(frozen=True, slots=True)
class _Title:
    id: str
    name: str
    keywords: tuple[str, ...]


class Reader:
    """Turns a label for each wording into topics, placements and floods."""

    def __init__(
        self,
        remarks: Sequence[Remark],
        wordings: Wordings,
        features: Features,
        lexicon: Lexicon,
        edits: Edits = NO_EDITS,
    ) -> None:
        self._remarks, self._wordings, self._features, self._lexicon = remarks, wordings, features, lexicon
        self._edits = edits
        self._askers = [remark.asker for remark in remarks]

    def read(self, topic_of: Numbers, question_of: Numbers) -> Grouping:
        """The grouping. Labels may be any integers; equal labels are one group, each question within one topic."""
        if not self._wordings.texts:
            return Grouping((), self._placements({}, {}), ())
        _, topic_at = np.unique(topic_of, return_inverse=True)
        _, question_at = np.unique(question_of, return_inverse=True)
        births = [self._birth(wording) for wording in range(len(topic_at))]
        topic_titles = self._titles("t", topic_at, self._edits.topics, births)
        question_titles = self._titles("q", question_at, self._edits.questions, births)
        central = [round(value, 5) for value in centrality(self._features.mixed, question_at).tolist()]
        inside_topic: list[list[QuestionGroup]] = [[] for _ in topic_titles]
        for title, inside in zip(question_titles, _members(question_at), strict=True):
            topic = int(topic_at[inside[0]])
            inside_topic[topic].append(self._question(title, topic_titles[topic].id, inside, central))
        people = [self._people(inside) for inside in _members(topic_at)]
        topics = map(_topic, topic_titles, inside_topic, people)
        ordered = tuple(sorted(topics, key=lambda topic: (-topic.askers, -topic.size, topic.id)))
        places = {
            member: question for topic in ordered for question in topic.questions for member in question.members
        }
        return Grouping(
            ordered, self._placements({topic.id: topic for topic in ordered}, places), self._floods(places)
        )

    def _birth(self, wording: int) -> tuple[datetime, str]:
        """When a wording was first written, and its name."""
        first = min(self._remarks[number].time or _UNDATED for number in self._wordings.remarks[wording])
        return first, digest(self._wordings.words[wording])

    def _titles(
        self, prefix: str, label: Numbers, given: Mapping[int, str], births: Sequence[tuple[datetime, str]]
    ) -> list[_Title]:
        """Id, name and keywords of each group. The earliest wording makes the id, so what joins later keeps it."""
        keywords = group_keywords(self._features.keys, label, self._features.vocabulary, self._lexicon)
        earliest = [(_UNDATED, "~")] * len(keywords)
        for birth, at in zip(births, label.tolist(), strict=True):
            earliest[at] = min(earliest[at], birth)
        names = {int(label[wording]): name for wording, name in given.items()}
        return [
            _Title(f"{prefix}-{name}", names.get(at, " ".join(keywords[at][:3])), keywords[at])
            for at, (_, name) in enumerate(earliest)
        ]

    def _question(self, title: _Title, topic: str, inside: Sequence[int], central: Sequence[float]) -> QuestionGroup:
        weight = {at: central[wording] for wording in inside for at in self._wordings.remarks[wording]}
        if len(weight) == 1:
            return self._lone(title, topic, *weight)
        members = sorted(weight, key=lambda at: (-weight[at], self._remarks[at].text, self._remarks[at].id))
        kind = _commonest(Counter(self._wordings.kinds[at] for at in members))
        times = [moment for at in members if (moment := self._remarks[at].time)]
        return QuestionGroup(
            id=title.id,
            topic=topic,
            name=title.name,
            keywords=title.keywords,
            members=tuple(self._remarks[at].id for at in members),
            askers=len({self._askers[at] for at in members}),
            likes=sum(self._remarks[at].likes for at in members),
            first=min(times, default=None),
            last=max(times, default=None),
            copies=len(members) - len(inside),
            kind=kind,
            best=self._remarks[self._best(members, kind, weight)].id,
            pinned=not self._edits.pinned.isdisjoint(members),
        )

    def _lone(self, title: _Title, topic: str, at: int) -> QuestionGroup:
        """The question of a single remark: most questions are, and there is nothing to count."""
        remark = self._remarks[at]
        return QuestionGroup(
            id=title.id,
            topic=topic,
            name=title.name,
            keywords=title.keywords,
            members=(remark.id,),
            askers=1,
            likes=remark.likes,
            first=remark.time,
            last=remark.time,
            copies=0,
            kind=self._wordings.kinds[at],
            best=remark.id,
            pinned=at in self._edits.pinned,
        )

    def _best(self, members: Sequence[int], kind: Kind, weight: Mapping[int, float]) -> int:
        remarks, kinds, pinned = self._remarks, self._wordings.kinds, self._edits.pinned
        return min(members, key=lambda at: unfitness(remarks[at], kinds[at], kind, weight[at], pinned=at in pinned))

    def _people(self, inside: Sequence[int]) -> int:
        return len({self._askers[at] for wording in inside for at in self._wordings.remarks[wording]})

    def _placements(self, topics: dict[str, Topic], places: dict[str, QuestionGroup]) -> tuple[Placement, ...]:
        placed = []
        for at, remark in enumerate(self._remarks):
            kind, wording, question = self._wordings.kinds[at], self._wordings.of[at], places.get(remark.id)
            if wording is None or question is None:
                why = "清理后没有可比较的文字" if kind is Kind.EMPTY else "已由分析员排除"
                placed.append(Placement(remark.id, None, None, kind, why))
            else:
                topic = topics[question.topic]
                reason = reason_for(self._wordings.words[wording], question, topic.size, topic.keywords)
                placed.append(Placement(remark.id, question.topic, question.id, kind, reason))
        return tuple(placed)

    def _floods(self, places: dict[str, QuestionGroup]) -> tuple[Flood, ...]:
        floods = []
        for numbers in self._wordings.remarks:
            if len(numbers) < FLOOD:
                continue
            copies = sorted((self._remarks[at] for at in numbers), key=lambda remark: (remark.text, remark.id))
            ids = tuple(remark.id for remark in copies)
            askers = len({self._askers[at] for at in numbers})
            floods.append(Flood(copies[0].text, places[ids[0]].id, ids, len(ids), askers))
        return tuple(sorted(floods, key=lambda flood: (-flood.copies, flood.text)))


def _topic(title: _Title, questions: Sequence[QuestionGroup], people: int) -> Topic:
    kinds = Counter[Kind]()
    for question in questions:
        kinds[question.kind] += question.askers
    return Topic(
        id=title.id,
        name=title.name,
        keywords=title.keywords,
        questions=tuple(sorted(questions, key=lambda question: (-question.askers, -question.likes, question.id))),
        askers=people,
        size=sum(len(question.members) for question in questions),
        kind=_commonest(kinds),
    )


def unfitness(
    remark: Remark, own: Kind, kind: Kind, central: float, *, pinned: bool
) -> tuple[bool, bool, int, bool, float, str, str]:
    """Least for a pinned remark, then for a proper question (or the group's kind), clear and central."""
    off_kind = 0 if own is Kind.QUESTION else 1 if own is kind else 2
    unquotable = len(remark.text) > _LONGEST or _MARKUP.search(remark.text) is not None
    return (not pinned, unquotable, off_kind, len(remark.text) not in _CLEAR, -central, remark.text, remark.id)


def reason_for(words: Sequence[str], question: QuestionGroup, size: int, keywords: Sequence[str]) -> str:
    """Why a remark of these words is in its question, in Chinese. size, keywords: of its topic."""
    if size == 1:
        return "没有相近的评论，单独成组"
    alike, told = (question.keywords, f"同问 {len(question.members)} 条")
    if len(question.members) == 1:
        alike, told = tuple(keywords), f"同一话题共 {size} 条"
    shared = [word for word in alike if word in words]
    return f"{told}，共有的词：{'、'.join(shared)}" if shared else f"{told}，用词相近"


def _members(label: Numbers) -> list[list[int]]:
    """The wordings of each group 0, 1, …"""
    order = np.argsort(label, kind="stable").tolist()
    ends = np.cumsum(np.bincount(label)).tolist()
    return [order[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _commonest(count: Mapping[Kind, int]) -> Kind:
    return min(count, key=lambda kind: (-count[kind], _RANK[kind])) if len(count) > 1 else next(iter(count))
