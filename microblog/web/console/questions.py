"""The shortlist: representatives with reasons and coverage; take, drop, join, add, order, quote."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from microblog.domain.errors import InvalidInput
from microblog.domain.interview import Interview
from microblog.domain.people import Act
from microblog.service.choice import Choice, choice_board, choose, coverage_of
from microblog.service.draft import latest_script
from microblog.web.console.choosing import by_comments
from microblog.web.desk import Desk, Looking, acting

router = APIRouter(prefix="/console/questions", include_in_schema=False)

Choosing = Annotated[Desk, Depends(acting(Act.SELECT))]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


async def asked_choice(request: Request) -> Choice:
    """The choice as the form says it: a state, reason, rank and quote for every group."""
    return choice_in(await request.form())


Chosen = Annotated[Choice, Depends(asked_choice)]


@router.get("")
def list_interviews(desk: Looking) -> Response:
    """The interviews, those to be worked on first."""
    return by_comments(desk, "选题", "/console/questions")


@router.get("/{number}")
def show(desk: Looking, number: Number, find: Annotated[str, Query(max_length=100)] = "") -> Response:
    """Candidates with reasons, what is left out, and what was chosen."""
    interview = desk.office.store.interviews.get(number)
    board = choice_board(desk.office, interview, sought=find.strip())
    return desk.page(
        "console/questions.html",
        board=board,
        find=find.strip(),
        script=latest_script(desk.office, interview),
        may_choose=desk.user.may(Act.SELECT),
    )


@router.post("/{number}/coverage")
def weigh(desk: Choosing, number: Number, choice: Chosen) -> Response:
    """Whom the choice would speak for; nothing is kept."""
    desk.noted()
    coverage = coverage_of(desk.office, desk.office.store.interviews.get(number), choice)
    return desk.page("console/questions_coverage.html", coverage=coverage)


@router.post("/{number}")
def keep(desk: Choosing, number: Number, choice: Chosen) -> Response:
    """Keep the choice and the reasons of what is left out."""
    interview = desk.office.store.interviews.get(number)
    if not choice.order:
        raise InvalidInput("一个问题也没有入选，请至少选一个")
    with desk.change("select", interview.name, lambda: selection_facts(desk, interview)):
        chosen = choose(desk.office, interview, choice, by=desk.name)
    return desk.back(f"/console/questions/{number}", f"已选定 {len(chosen)} 个代表性问题")


def selection_facts(desk: Desk, interview: Interview) -> dict[str, object]:
    """The chosen questions in order, and how many groups are left out."""
    questions = desk.office.store.questions
    chosen = [one.quote[:60] for one in questions.selections(interview.id)]
    return {"chosen": chosen, "left_out": len(questions.left_out(interview.id))}


def choice_in(form: FormData) -> Choice:
    """Fields: `state-q…` is `take`, `drop` or `join:q…`; `reason-q…`, `rank-q…`, `quote-weibo:…`, `add-q…`."""
    fields = {name: value for name, value in form.items() if isinstance(value, str)}
    states = _group(fields, "state-")
    reasons, ranks = _group(fields, "reason-"), _group(fields, "rank-")
    joined = {name: state.removeprefix("join:") for name, state in states.items() if state.startswith("join:")}
    dropped = {
        name: reasons.get(name, "").strip() or ("并入另一个问题一并答复" if name in joined else "分析员未选")
        for name, state in states.items()
        if state != "take"
    }
    taken = [name for name, state in states.items() if state == "take"]
    added = {name: reasons.get(name, "").strip() for name in _group(fields, "add-")}
    return Choice(
        order=tuple(sorted(taken, key=lambda name: _rank(ranks.get(name, "")))),
        dropped=dropped,
        joined={name: kept for name, kept in joined.items() if kept in taken},
        added=added,
        quotes={name: quote.replace("\r\n", "\n") for name, quote in _group(fields, "quote-").items()},
    )


def _group(fields: dict[str, str], prefix: str) -> dict[str, str]:
    return {name.removeprefix(prefix): value for name, value in fields.items() if name.startswith(prefix)}


def _rank(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() else 10_000
