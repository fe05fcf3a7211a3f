"""What of the analyst's desk is looked at, and what is shown then."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode

from microblog.domain.question import Comment
from microblog.service.board import HITS_MOST, Board
from microblog.service.board_lines import FloodLine, Hit, Member, QuestionLine, TopicLine

LEAST, MOST = 40, 100_000
"""Topics listed at first, and at most."""

QUESTIONS_MOST, MEMBERS_MOST = 60, 100
TABS = {"asking": "诉求", "chatter": "闲谈", "floods": "刷屏", "excluded": "已排除", "history": "修改记录"}


@dataclass(frozen=True, slots=True)
class View:
    """tab: one of `TABS`; topic, question: the ones opened; find: words sought; shown: topics listed."""

    tab: str = "asking"
    topic: str = ""
    question: str = ""
    find: str = ""
    shown: int = LEAST
    follow: str = ""

    def but(self, **changes: object) -> str:
        """The query of the view with other values."""
        changed = replace(self, **changes)  # type: ignore[arg-type]  # dataclasses.replace checks the names
        return urlencode(changed.fields())

    def fields(self) -> dict[str, object]:
        """What goes into the address: only what is not as usual."""
        usual = View()
        names = ("tab", "topic", "question", "find", "shown")
        return {name: value for name in names if (value := getattr(self, name)) != getattr(usual, name)}

    def beside(self, remark: str) -> Self:
        """The view after a correction: where the group that was open is gone, that of the remark is opened."""
        return replace(self, follow=remark)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is on the desk. more: topics not listed yet. question_count: of the topic that is open."""

    tab: str
    topics: list[TopicLine]
    more: int
    topic: TopicLine | None
    questions: list[QuestionLine]
    question: QuestionLine | None
    members: list[Member]
    hits: list[Hit]
    floods: list[FloodLine]
    excluded: list[Comment]
    asking: int
    chatter: int
    flood_count: int


def view_of(board: Board, view: View) -> Seen:
    """Gather what the view shows."""
    asking, chatter = board.topics(asking=True), board.topics(asking=False)
    listed = chatter if view.tab == "chatter" else asking
    topic, question = _opened(board, view, listed)
    lines = board.topic_lines(listed[: view.shown]) if view.tab in ("asking", "chatter") and not view.find else []
    opened = board.topic_lines([topic])[0] if topic is not None else None
    inside = board.outline.questions_of(topic).tolist()[:QUESTIONS_MOST] if topic is not None else []
    if question is not None and question not in inside:
        inside.append(question)
    questions = board.question_lines(inside)
    chosen = next(
        (line for line in questions if question is not None and line.group.id == _id(board, question)), None
    )
    members = board.members(opened.head, chosen.group, MEMBERS_MOST) if opened and chosen else []
    return Seen(
        tab=view.tab if view.tab in TABS else "asking",
        topics=lines,
        more=max(0, len(listed) - view.shown),
        topic=opened,
        questions=questions,
        question=chosen,
        members=members,
        hits=board.find(view.find)[:HITS_MOST] if view.find else [],
        floods=board.floods() if view.tab == "floods" else [],
        excluded=board.excluded() if view.tab == "excluded" else [],
        asking=len(asking),
        chatter=len(chatter),
        flood_count=len(board.outline.floods()),
    )


def _id(board: Board, question: int) -> str:
    return board.outline.questions.ids[question]


def _opened(board: Board, view: View, listed: Sequence[int]) -> tuple[int | None, int | None]:
    """Topic and question that are open: those named, else those of the remark followed, else the first."""
    topics, questions = board.outline.topics.number, board.outline.questions.number
    follow_topic, follow_question = board.place(view.follow) if view.follow else ("", "")
    question = questions.get(view.question, questions.get(follow_question) if view.question else None)
    topic = topics.get(view.topic, topics.get(follow_topic))
    if question is not None:
        topic = int(board.outline.topic_of[question])
    if topic is None and listed and not view.find:
        topic = listed[0]
    if topic is not None and question is None:
        question = int(board.outline.questions_of(topic)[0])
    return topic, question


def spark(course: Sequence[int]) -> str:
    """Bars of a time line as the path of an SVG 48 wide and 14 high."""
    most = max(course, default=0) or 1
    bars = []
    for at, count in enumerate(course):
        height = round(12 * count / most, 1) + (1 if count else 0)
        if count:
            bars.append(f"M{at * 2} 14v-{height}h1.5v{height}z")
    return "".join(bars)
