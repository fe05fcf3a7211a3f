"""The analyst's desk as it stands: topics, questions, members, floods, searches, and why remarks are together."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from microblog.domain.interview import Interview
from microblog.domain.question import Comment
from microblog.service.board_lines import Arrival, FloodLine, Hit, Member, QuestionLine, Target, TopicLine, Why
from microblog.service.corrections import Standing, outline_under
from microblog.service.marks import marked
from microblog.service.ports import Pulse, StoredCorrection
from microblog.service.trees import Stand
from microblog.text.close_up import TopicHead, groups, heads, nearness, reasons
from microblog.text.corrections import Lapsed
from microblog.text.groups import QuestionGroup
from microblog.text.join import Joiner
from microblog.text.outline import KINDS, Outline
from microblog.text.remark import Remark
from microblog.text.segment import Segmenter

STEPS = 24
"""Columns of a topic's time line."""

HITS_MOST = 60
TARGETS_MOST = 30


@dataclass(frozen=True)
class Board:
    """The groups of an interview with what corrects them.

    pulse: of the comments stored now. making: a tree is being grown. waiting: the stand that could be taken.
    """

    interview: Interview
    stand: Stand
    outline: Outline
    corrections: tuple[StoredCorrection, ...]
    standing: Standing
    pulse: Pulse
    making: bool
    waiting: Stand | None
    segmenter: Segmenter

    @property
    def arrived(self) -> int:
        """Comments stored since the tree was grown."""
        return max(0, self.pulse.count - self.stand.pulse.count)

    @property
    def lapsed(self) -> dict[int, Lapsed]:
        """Corrections that no longer apply, by their number."""
        owners = [one.id for one in self.corrections if one.holds for _ in one.content.get("rules", ())]
        return {owners[one.at]: one for one in self.outline.labels.lapsed}

    def topics(self, *, asking: bool) -> list[int]:
        """The topics that want an answer, or the chatter; most asked first."""
        kind = self.outline.topics.kind
        return [at for at in self.outline.order.tolist() if KINDS[kind[at]].wants_answer is asking]

    def topic_lines(self, topics: Sequence[int]) -> list[TopicLine]:
        """The topics described."""
        course = self.outline.course(topics, STEPS).tolist()
        return [
            TopicLine(head, tuple(counts)) for head, counts in zip(heads(self.outline, topics), course, strict=True)
        ]

    def question_lines(self, questions: Sequence[int]) -> list[QuestionLine]:
        """The questions described."""
        return [QuestionLine(group, self.stand.comments[group.best]) for group in groups(self.outline, questions)]

    def members(self, topic: TopicHead, group: QuestionGroup, most: int) -> list[Member]:
        """The wordings of a question, most central first, at most so many."""
        told = reasons(self.outline, topic, group, group.members)
        same: dict[int, list[str]] = {}
        for name in group.members:
            same.setdefault(self._wording(name), []).append(name)
        words = group.keywords or topic.keywords
        return [
            Member(
                comment=self.stand.comments[names[0]],
                pieces=marked(self.stand.comments[names[0]].text, words),
                reason=told[names[0]],
                copies=tuple(self.stand.comments[name] for name in names[1:]),
                pinned=not self._pinned.isdisjoint(names),
            )
            for names in islice(same.values(), most)
        ]

    def floods(self) -> list[FloodLine]:
        """Wordings posted again and again, largest first."""
        lines = []
        for places in self.outline.floods():
            comments = [self.stand.comments[self.outline.grown.remarks[at].id] for at in places.tolist()]
            topic, question = self.place(comments[0].id)
            people = len({comment.user_id for comment in comments})
            lines.append(FloodLine(comments[0], len(comments), people, topic, question))
        return lines

    def find(self, words: str) -> list[Hit]:
        """Comments whose text or author holds the words, newest first, one more than are shown at most."""
        wanted = words.casefold()
        places = self.outline.places
        found = (
            comment
            for comment in reversed(self.stand.comments.values())
            if wanted in comment.text.casefold() or wanted in comment.user_name.casefold()
        )
        return [
            Hit(comment, marked(comment.text, (words,)), *self._ids(places.get(comment.id)))
            for comment in islice(found, HITS_MOST + 1)
        ]

    def excluded(self) -> list[Comment]:
        """What an analyst excluded, newest first."""
        comments = self.stand.comments
        return [comments[name] for name in reversed(comments) if name in self.standing.excluded]

    def place(self, remark: str) -> tuple[str, str]:
        """Topic and question of a remark; empty where it is placed nowhere."""
        return self._ids(self.outline.places.get(remark))

    def why(self, first: str, second: str) -> Why:
        """Why two remarks are or are not together."""
        wordings = [self._wording(name) for name in (first, second)]
        near = nearness(self.outline, *wordings) if min(wordings) >= 0 else None
        comments = [self.stand.comments[name] for name in (first, second)]
        pair = [Hit(one, marked(one.text, near.shared if near else ()), *self.place(one.id)) for one in comments]
        return Why((pair[0], pair[1]), near)

    def targets(self, level: str, sought: str) -> list[Target]:
        """Groups something could be moved to, most asked first; those that hold the words when there are any."""
        topics = self.topics(asking=True) + self.topics(asking=False)
        if level == "topic":
            named = heads(self.outline, topics if sought else topics[:TARGETS_MOST])
            found = (Target(head.id, head.name, head.askers) for head in named)
        else:
            holding = self._holding(sought) if sought else [int(self.outline.questions_of(at)[0]) for at in topics]
            found = (
                Target(line.group.id, line.best.text, line.group.askers)
                for line in self.question_lines(holding[:TARGETS_MOST])
            )
        wanted = sought.casefold() if level == "topic" else ""
        return list(islice((one for one in found if wanted in one.words.casefold()), TARGETS_MOST))

    def _holding(self, words: str) -> list[int]:
        """Questions with a remark that holds the words, most asked first."""
        wanted, comments = words.casefold(), self.stand.comments
        held = {at for name, at in self.outline.places.items() if wanted in comments[name].text.casefold()}
        return sorted(held, key=lambda at: (-int(self.outline.questions.askers[at]), self.outline.questions.ids[at]))

    def moved(self) -> int:
        """How many remarks would be asked elsewhere if the waiting stand were taken."""
        if self.waiting is None:
            return 0
        after = outline_under(self.waiting, self.standing)
        there = after.places
        return sum(
            self.outline.questions.ids[question] != after.questions.ids[there[name]]
            for name, question in self.outline.places.items()
            if name in there
        )

    def news(self, most: int) -> list[Arrival]:
        """The newest comments that came since, newest first, and what each would join; nothing moves for them."""
        if self.waiting is None:
            return []
        fresh = [one for name, one in self.waiting.comments.items() if name not in self.stand.comments]
        return [self._arrival(one) for one in fresh[-most:]][::-1]

    def _arrival(self, comment: Comment) -> Arrival:
        place = self.joiner.place(Remark(comment.id, comment.text, comment.user_id))
        topic = self.outline.topics.number.get(place.topic or "")
        question = self.outline.questions.number.get(place.question or "")
        return Arrival(
            comment,
            "" if topic is None else heads(self.outline, [topic])[0].name,
            "" if question is None else self.question_lines([question])[0].best.text,
            place.kind.wants_answer,
        )

    @property
    def joiner(self) -> Joiner:
        """Places what is new among the groups as they stand; kept while nobody corrects anything."""
        known = self.stand.joiners.get(self.standing.ids)
        if known is None:
            known = Joiner(self.outline, segmenter=self.segmenter, cuts=self.standing.cuts)
            self.stand.joiners.clear()
            self.stand.joiners[self.standing.ids] = known
        return known

    @property
    def _pinned(self) -> set[str]:
        return {self.outline.grown.remarks[at].id for at in self.outline.labels.edits.pinned}

    def _ids(self, question: int | None) -> tuple[str, str]:
        if question is None:
            return "", ""
        return self.outline.home(question)

    def _wording(self, remark: str) -> int:
        at = self.stand.place.get(remark)
        found = None if at is None else self.outline.grown.wordings.of[at]
        return -1 if found is None else found
