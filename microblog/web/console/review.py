"""Two bodies seal the exact words they have read; nobody seals their own."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path
from fastapi.responses import Response

from microblog.domain.errors import InvalidInput, NotAllowed
from microblog.domain.interview import Interview
from microblog.domain.people import Act
from microblog.service.dates import bodies_of
from microblog.service.queries import collecting
from microblog.service.review import approve, reject
from microblog.service.review_board import ReviewBoard, check_read, review_board
from microblog.service.shown import body_title
from microblog.service.sign_in import prove_with_code
from microblog.web.console.choosing import Line, Mark, choosing
from microblog.web.desk import Desk, Looking, acting

router = APIRouter(prefix="/console/review", include_in_schema=False)

Sealing = Annotated[Desk, Depends(acting(Act.SEAL))]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Code = Annotated[str, Form(max_length=20)]


@router.get("")
def choose(desk: Looking) -> Response:
    """The interviews, with how much waits for each body."""
    boards = [_board(desk, one.interview) for one in collecting(desk.office)]
    lines = [Line(board.interview, [_script_of(board), _waiting_in(board)]) for board in boards]
    return choosing(desk, "审核", "/console/review", ["访谈稿", "待盖章"], lines)


@router.get("/{number}")
def show(desk: Looking, number: Number) -> Response:
    """The words to be read, exactly as they will be published."""
    interview = desk.office.store.interviews.get(number)
    board = _board(desk, interview)
    return desk.page("console/review.html", board=board, may_seal=desk.user.may(Act.SEAL) and board.body is not None)


@router.post("/{number}/seal")
def seal(
    desk: Sealing,
    number: Number,
    read: Annotated[list[str] | None, Form(max_length=2000)] = None,
    code: Code = "",
) -> Response:
    """Seal what was ticked. read: `HASH subject` of the words as they were shown; code: a fresh one-time code."""
    interview = desk.office.store.interviews.get(number)
    seen = {subject: words for words, _, subject in (one.partition(" ") for one in read or [])}
    if not seen:
        raise InvalidInput("请先勾选核对过的文字")
    board = _board(desk, interview)
    with desk.change("seal", interview.name, lambda: seal_facts(desk, interview)):
        subjects = check_read(board, seen)
        prove_with_code(desk.site.gate, desk.user, code)
        given = approve(desk.office, interview, body=_body(desk, interview), by=desk.name, subjects=subjects)
    return desk.back(f"/console/review/{number}", f"已盖章 {given} 处")


@router.post("/{number}/reject")
def send_back(desk: Sealing, number: Number, note: Annotated[str, Form(max_length=500)] = "") -> Response:
    """Send the script back with a note."""
    interview = desk.office.store.interviews.get(number)
    if not note.strip():
        raise InvalidInput("请写明退回的意见")
    with desk.change("reject", interview.name, lambda: seal_facts(desk, interview)):
        script = reject(desk.office, interview, body=_body(desk, interview), by=desk.name, note=note.strip())
    return desk.back(f"/console/review/{number}", f"已退回第{script.version}版")


def seal_facts(desk: Desk, interview: Interview) -> dict[str, object]:
    """Version and state of the script, and how much each body still has to read."""
    board = _board(desk, interview)
    return {"version": board.version, "state": board.state.value if board.state else "", "waiting": board.waiting}


def _script_of(board: ReviewBoard) -> list[Mark]:
    return [Mark(f"第{board.version}版 {board.state.chinese}")] if board.state else []


def _waiting_in(board: ReviewBoard) -> list[Mark]:
    return [Mark(f"{body_title(body)} {count} 处", "wait") for body, count in board.waiting.items() if count]


def _board(desk: Desk, interview: Interview) -> ReviewBoard:
    return review_board(desk.office, interview, body=_own_body(desk, interview), by=desk.name)


def _own_body(desk: Desk, interview: Interview) -> str | None:
    """The body of this interview that the person seals for, or None."""
    return desk.user.body_among(bodies_of(desk.office, interview))


def _body(desk: Desk, interview: Interview) -> str:
    body = _own_body(desk, interview)
    if body is None:
        raise NotAllowed(f"您的角色不是第{interview.no}期的审核单位，不能盖章")
    return body
