"""Chooses representative questions: who they speak for, how clear they are, and what is left out and why.

Each step takes the question that adds most people not yet spoken for. Covering people is submodular, so this greedy
choice reaches at least 1 - 1/e (63 %) of what any choice of as many questions could cover.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from heapq import heapify, heappop, heappush
from typing import Any, Self

from microblog.text.clean import clean
from microblog.text.groups import Grouping, QuestionGroup, Topic
from microblog.text.kind import Kind
from microblog.text.remark import Remark

_SECOND = 0.25  # share of its topic a further question needs before it is offered beside the first
_SECOND_ASKERS = 5  # and the people it needs
_SHORT = 60  # characters a reader takes in at a glance
_ALIKE = 0.8  # share of equal characters at which two questions are the same to a reader


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question proposed to the analyst. askers: people it speaks for; reason: in Chinese."""

    rank: int
    remark_id: str
    question: str
    topic: str
    askers: int
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question group without a representative of its own, and why."""

    question: str
    topic: str
    askers: int
    reason: str


@dataclass(frozen=True, slots=True)
class Shortlist:
    """coverage: share of all people who asked, suggested or complained for whom a candidate speaks."""

    candidates: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...]
    coverage: float
    coverage_line: str

    def as_json(self) -> dict[str, Any]:
        """Plain values for storing."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The inverse of `as_json`."""
        return cls(
            candidates=tuple(Candidate(**candidate) for candidate in data["candidates"]),
            left_out=tuple(LeftOut(**left) for left in data["left_out"]),
            coverage=data["coverage"],
            coverage_line=data["coverage_line"],
        )


@dataclass(frozen=True, slots=True)
class _Offer:
    """One question that could be chosen, with the people it would speak for. kind: of the quote."""

    question: QuestionGroup
    topic: Topic
    quote: Remark
    kind: Kind
    people: frozenset[str]
    first: bool

    def rank(self, gain: int) -> tuple[bool, int, bool, str]:
        """Least for the offer to take next: pinned, then by the people it adds, then a topic's first question."""
        return (not self.question.pinned, -gain, not self.first, self.question.id)


def shortlist(grouping: Grouping, remarks: Sequence[Remark], *, count: int = 20) -> Shortlist:
    """At most `count` representatives, real words of real remarks: one a topic, more for large further questions."""
    by_id = {remark.id: remark for remark in remarks}
    kinds = {place.id: place.kind for place in grouping.placements if place.question}
    wanting = {name for name, kind in kinds.items() if kind.wants_answer}
    everyone = {by_id[name].asker for name in wanting}
    offers = list(_offers(grouping, by_id, kinds, wanting))
    chosen, doubled = _choose(offers, count)
    spoken = frozenset[str]().union(*(offer.people for offer in chosen))
    coverage = len(spoken) / len(everyone) if everyone else 0.0
    return Shortlist(
        candidates=tuple(_candidate(rank, offer, len(everyone)) for rank, offer in enumerate(chosen, start=1)),
        left_out=tuple(_left_out(grouping, chosen, doubled)),
        coverage=coverage,
        coverage_line=f"{len(chosen)} 个问题代表了 {coverage:.0%} 的提问网友（{len(spoken)}/{len(everyone)} 人）",
    )


def _offers(
    grouping: Grouping, by_id: dict[str, Remark], kinds: dict[str, Kind], wanting: set[str]
) -> Iterator[_Offer]:
    for topic in grouping.topics:
        asking = [question for question in topic.questions if question.kind.wants_answer]
        if topic.kind is Kind.OTHER or not asking:
            continue
        leading = max(asking, key=lambda question: (_appeal(question, by_id, kinds), question.id))
        for question in asking:
            first = question is leading
            if first or _is_large(question, topic):
                spoken_for = [q for q in topic.questions if first or q is question]
                people = {by_id[name].asker for q in spoken_for for name in q.members if name in wanting}
                best = question.best
                yield _Offer(question, topic, by_id[best], kinds[best], frozenset(people), first)


def _appeal(question: QuestionGroup, by_id: dict[str, Remark], kinds: dict[str, Kind]) -> float:
    """People, where a proper question counts for more than a wish or a complaint, and a long story for less."""
    proper = 1.5 if kinds[question.best] is Kind.QUESTION else 1.0
    return question.askers * proper * (1.0 if len(by_id[question.best].text) <= _SHORT else 0.5)


def _is_large(question: QuestionGroup, topic: Topic) -> bool:
    return question.askers >= max(_SECOND_ASKERS, _SECOND * topic.askers)


def _choose(offers: Sequence[_Offer], count: int) -> tuple[list[_Offer], dict[str, _Offer]]:
    """The chosen, and for each question passed over as a near copy the one that speaks for it.

    An offer's gain only falls as others are chosen, so the top of the heap counts if its gain is still what it was.
    """
    chosen: list[_Offer] = []
    doubled: dict[str, _Offer] = {}
    spoken: set[str] = set()
    heap = [(offer.rank(len(offer.people)), at) for at, offer in enumerate(offers)]
    heapify(heap)
    while heap and len(chosen) < count:
        rank, at = heappop(heap)
        best = offers[at]
        now = best.rank(len(best.people - spoken))
        if now > rank:
            heappush(heap, (now, at))
            continue
        like = next((other for other in chosen if _alike(best.quote.text, other.quote.text)), None)
        if like:
            doubled[best.question.id] = like
            continue
        chosen.append(best)
        spoken |= best.people
    return chosen, doubled


def _alike(text: str, other: str) -> bool:
    return SequenceMatcher(None, clean(text), clean(other), autojunk=False).ratio() >= _ALIKE


def _candidate(rank: int, offer: _Offer, everyone: int) -> Candidate:
    question, topic, people = offer.question, offer.topic, len(offer.people)
    scope = f"话题「{topic.name}」的 {len(topic.questions)} 组问题" if offer.first else f"「{question.name}」这一问"
    form = "本身是完整的提问" if offer.kind is Kind.QUESTION else "组内没有更合适的问句"
    share = f"{people} 位网友（占 {people / max(everyone, 1):.0%}）"
    reason = f"代表{scope}、{share}；在同问 {len(question.members)} 条中最居中、表述清楚，{form}"
    return Candidate(rank, offer.quote.id, question.id, topic.id, people, reason)


def _left_out(grouping: Grouping, chosen: Sequence[_Offer], doubled: dict[str, _Offer]) -> Iterator[LeftOut]:
    taken = {offer.question.id for offer in chosen}
    leading = {offer.topic.id: rank for rank, offer in enumerate(chosen, start=1) if offer.first}
    ranks = {offer.question.id: rank for rank, offer in enumerate(chosen, start=1)}
    for topic in grouping.topics:
        for question in topic.questions:
            if question.id in taken:
                continue
            if not question.kind.wants_answer:
                reason = "表态或闲谈，没有需要答复的问题"
            elif question.id in doubled:
                reason = f"与第 {ranks[doubled[question.id].question.id]} 个代表问题几乎相同，一并答复"
            elif topic.id in leading:
                reason = f"同一话题已由第 {leading[topic.id]} 个代表问题代表，一并答复"
            else:
                reason = f"提问网友较少（{question.askers} 人），名额已满，转责任单位会后书面答复"
            yield LeftOut(question.id, topic.id, question.askers, reason)
