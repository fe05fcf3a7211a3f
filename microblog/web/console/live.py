"""The live desk of an interview: what goes out now, what waits, what netizens ask meanwhile."""

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path
from fastapi.responses import Response

from microblog.domain.interview import Interview
from microblog.domain.people import Act
from microblog.service.live import hold, let_go, parts_of, send_now, skip
from microblog.service.live_desk import desk_version, desks, live_desk
from microblog.service.office import Office
from microblog.service.shown import day, post_anchor, post_title
from microblog.web.console.choosing import Line, Mark, choosing
from microblog.web.desk import Desk, Looking, acting
from microblog.web.pages import china

router = APIRouter(prefix="/console/live", include_in_schema=False)

Sending = Annotated[Desk, Depends(acting(Act.SEND))]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Word = Annotated[str, Form(max_length=200)]


class Step(StrEnum):
    """What can be done with a whole thread."""

    SEND = "send-now"
    HOLD = "hold"
    LET_GO = "let-go"
    SKIP = "skip"


@router.get("")
def choose(desk: Looking) -> Response:
    """The interviews, those under way first."""
    lines = [Line(one, [[Mark(day(one.date) if one.date else one.when)], _hours(one)]) for one in desks(desk.office)]
    return choosing(desk, "现场", "/console/live", ["日期", "时段"], lines)


@router.get("/{number}")
def show(desk: Looking, number: Number) -> Response:
    """The whole desk."""
    return desk.page("console/live.html", **_shown(desk, number))


@router.get("/{number}/board")
def show_board(desk: Looking, number: Number) -> Response:
    """The part of the desk that changes, for the page to put in place."""
    return desk.part("console/live_board.html", **_shown(desk, number))


@router.get("/{number}/events")
def tell(desk: Looking, number: Number) -> Response:
    """Says when there is something new on the desk."""
    interview = desk.office.store.interviews.get(number)
    return desk.stream(lambda: desk_version(desk.office, interview))


@router.post("/{number}/{step}")
def take(desk: Sending, number: Number, step: Step, thread: Word = "", reason: Word = "") -> Response:
    """Bring a thread forward, hold it, let it go, or leave it out."""
    office, interview = desk.office, desk.office.store.interviews.get(number)
    with desk.change(step.value, thread, lambda: thread_facts(office, interview, thread)):
        parts = STEPS[step](office, interview, thread, desk.name, reason)
    return desk.back(
        f"/console/live/{number}#{post_anchor(thread)}", f"{_DONE[step]}：{post_title(thread)}（{parts} 段）"
    )


def thread_facts(office: Office, interview: Interview, thread: str) -> dict[str, Any] | None:
    """Every part of a thread in words: where it is, when it is due, who holds it."""
    return {
        post_title(post.key): f"{post.state.chinese}，{china(post.due_at)}{post.held and f'，{post.held}'}"
        for post in parts_of(office, interview, thread)
    } or None


def _hours(interview: Interview) -> list[Mark]:
    start, end = interview.start, interview.end
    return [Mark(f"{start:%H:%M}—{end:%H:%M}")] if start and end else []


def _shown(desk: Desk, number: int) -> dict[str, Any]:
    board = live_desk(desk.office, desk.office.store.interviews.get(number))
    return {"board": board, "may_send": desk.user.may(Act.SEND)}


STEPS: dict[Step, Callable[[Office, Interview, str, str, str], int]] = {
    Step.SEND: lambda office, interview, thread, by, _: send_now(office, interview, thread, by=by),
    Step.HOLD: lambda office, interview, thread, by, reason: hold(office, interview, thread, by=by, reason=reason),
    Step.LET_GO: lambda office, interview, thread, by, _: let_go(office, interview, thread, by=by),
    Step.SKIP: lambda office, interview, thread, by, reason: skip(office, interview, thread, by=by, reason=reason),
}
_DONE = {Step.SEND: "已提前，即将发送", Step.HOLD: "已暂缓", Step.LET_GO: "已恢复", Step.SKIP: "已跳过"}
