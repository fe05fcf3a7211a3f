"""Preparing a preview: guests, host and introduction, the date, and where its post stands."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from microblog.domain.errors import InvalidInput, NotAllowed
from microblog.domain.interview import Guest, Interview
from microblog.domain.people import Act
from microblog.service.announce import prepare, set_date
from microblog.service.change_requests import held_at, moment_of
from microblog.service.preview_board import preview_board
from microblog.service.public_words import page_words
from microblog.service.queries import collecting
from microblog.web.console.changes import Slot, asked_slot
from microblog.web.console.choosing import Line, Mark, choosing
from microblog.web.desk import Desk, Looking, acting

router = APIRouter(prefix="/console/preview", include_in_schema=False)

Preparing = Annotated[Desk, Depends(acting(Act.PREPARE))]
Planning = Annotated[Desk, Depends(acting(Act.PLAN))]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
INTRODUCTION_MOST, NAME_MOST, GUESTS_MOST, SPARE = 2000, 60, 12, 2


@dataclass(frozen=True, slots=True)
class PageForm:
    """What the form says of the preview page."""

    introduction: str
    host: str
    guests: tuple[Guest, ...]


async def asked_page(request: Request) -> PageForm:
    """The form as it was filled in."""
    return page_in(await request.form())


@router.get("")
def choose(desk: Looking) -> Response:
    """The interviews, with what each preview still lacks."""
    lines = [Line(one.interview, [_lacking(one.interview)]) for one in collecting(desk.office)]
    return choosing(desk, "预告", "/console/preview", ["还缺"], lines)


@router.get("/{number}")
def show(desk: Looking, number: Number) -> Response:
    """The preview's material, its post, and the forms for both."""
    board = preview_board(desk.office, desk.office.store.interviews.get(number))
    guests = board.interview.guests
    return desk.page(
        "console/preview.html",
        board=board,
        rows=[*guests, *[None] * min(SPARE, GUESTS_MOST - len(guests))],
        held=held_at(board.interview),
        may_prepare=desk.user.may(Act.PREPARE) and board.may_change,
        may_plan=desk.user.may(Act.PLAN) and board.may_date,
        most={"introduction": INTRODUCTION_MOST, "name": NAME_MOST},
    )


@router.post("/{number}")
def save(desk: Preparing, number: Number, page: Annotated[PageForm, Depends(asked_page)]) -> Response:
    """Keep guests, host and introduction; what is left empty stays as it was."""
    office, interview = desk.office, desk.office.store.interviews.get(number)
    with desk.change("prepare", interview.name, lambda: preview_facts(desk, number)):
        if not preview_board(office, interview).may_change:
            raise NotAllowed(f"第{interview.no}期{interview.state.chinese}，嘉宾和简介不能再改")
        kept = prepare(
            office, number, by=desk.name, introduction=page.introduction, guests=page.guests, host=page.host
        )
    missing = kept.missing_for_preview()
    told = f"已保存，预告还缺：{'、'.join(missing)}" if missing else "已保存，材料已齐，审核盖章后公布"
    return desk.back(f"/console/preview/{number}", told)


@router.post("/{number}/date")
def give_date(
    desk: Planning,
    number: Number,
    slot: Annotated[Slot, Depends(asked_slot)],
    *,
    confirmed: Annotated[bool, Form()] = False,
) -> Response:
    """A provisional or confirmed day with its hours, before the preview is out."""
    interview = desk.office.store.interviews.get(number)
    with desk.change("date", interview.name, lambda: preview_facts(desk, number)):
        day, start, end = moment_of(slot.day, slot.start, slot.end)
        moves = set_date(desk.office, number, day=day, start=start, end=end, confirmed=confirmed, by=desk.name)
    return desk.back(f"/console/preview/{number}", f"日期已定，{len(moves)} 项期限随之变动")


def preview_facts(desk: Desk, number: int) -> dict[str, Any]:
    """When it is held, and what its page says."""
    interview = desk.office.store.interviews.get(number)
    return {"when": held_at(interview), "page": page_words(interview).text}


def page_in(form: FormData) -> PageForm:
    """Fields: `introduction`, `host`; `name-0`, `post-0`, `unit-0`, `expert-0` and so on. Raises InvalidInput."""
    words = {name: value for name, value in form.items() if isinstance(value, str)}
    introduction = words.get("introduction", "").replace("\r\n", "\n").strip()
    if len(introduction) > INTRODUCTION_MOST:
        raise InvalidInput(f"简介最多 {INTRODUCTION_MOST} 个字，现在是 {len(introduction)} 个，请缩短")
    found = (_guest_in(words, row) for row in range(GUESTS_MOST))
    return PageForm(introduction, _short(words, "host"), tuple(guest for guest in found if guest))


def _guest_in(words: dict[str, str], row: int) -> Guest | None:
    name, post, unit = (_short(words, f"{field}-{row}") for field in ("name", "post", "unit"))
    if not (name or post or unit):
        return None
    if not (name and post and unit):
        raise InvalidInput(f"第 {row + 1} 位嘉宾的姓名、职务、单位要写全")
    return Guest(name, post, unit, expert=f"expert-{row}" in words)


def _short(words: dict[str, str], field: str) -> str:
    value = " ".join(words.get(field, "").split())
    if len(value) > NAME_MOST:
        raise InvalidInput(f"“{value[:10]}…”最多 {NAME_MOST} 个字，请缩短")
    return value


def _lacking(interview: Interview) -> list[Mark]:
    missing = interview.missing_for_preview()
    return [Mark("、".join(missing))] if missing else []
