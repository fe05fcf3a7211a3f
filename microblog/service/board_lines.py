"""What stands on the analyst's desk, line by line."""

from dataclasses import dataclass

from microblog.domain.question import Comment
from microblog.service.marks import Piece
from microblog.text.close_up import Nearness, TopicHead
from microblog.text.groups import QuestionGroup


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic as listed. course: its remarks over time."""

    head: TopicHead
    course: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question as listed, with the comment that represents it."""

    group: QuestionGroup
    best: Comment


@dataclass(frozen=True, slots=True)
class Member:
    """One wording of a question, its shared words marked. copies: further comments of the same wording."""

    comment: Comment
    pieces: tuple[Piece, ...]
    reason: str
    copies: tuple[Comment, ...]
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """A comment that came since. topic: the name of the one it joins, empty where it opens one; question: its words.

    wants_answer: it asks, wishes or complains.
    """

    comment: Comment
    topic: str
    question: str
    wants_answer: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A comment found. topic, question: ids; empty where it is placed nowhere."""

    comment: Comment
    pieces: tuple[Piece, ...]
    topic: str
    question: str


@dataclass(frozen=True, slots=True)
class Why:
    """Two comments with what they share marked. near: None when one has no words to compare."""

    both: tuple[Hit, Hit]
    near: Nearness | None


@dataclass(frozen=True, slots=True)
class Target:
    """A group that something could be moved to."""

    id: str
    words: str
    askers: int


@dataclass(frozen=True, slots=True)
class FloodLine:
    """One wording posted again and again."""

    comment: Comment
    copies: int
    askers: int
    topic: str
    question: str
