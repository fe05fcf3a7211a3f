"""The rehearsal of an interview: what it will ask of the account, and what will not fit."""

from fastapi import APIRouter
from fastapi.responses import Response

from microblog.domain.people import Act
from microblog.service.card_box import offered
from microblog.service.rehearse import Rehearsal, rehearse
from microblog.service.shown import post_title
from microblog.web.console.live import Number
from microblog.web.desk import Looking

router = APIRouter(prefix="/console/live/{number}/rehearsal", include_in_schema=False)


@router.get("")
def show(desk: Looking, number: Number) -> Response:
    """Worked out anew each time; asks the platform for the login's life and nothing else."""
    interview = desk.office.store.interviews.get(number)
    plan = rehearse(desk.office, interview)
    return desk.page(
        "console/rehearsal.html",
        interview=interview,
        plan=plan,
        for_cards=offered(desk.office, interview, plan.cards),
        warnings=[_in_chinese(warning, plan) for warning in plan.warnings],
        title=post_title,
        may_send=desk.user.may(Act.SEND),
    )


def _in_chinese(warning: str, plan: Rehearsal) -> str:
    """The warning with the post it is about named as the page names it."""
    named = next((line.key for line in plan.lines if warning.startswith(f"{line.key}：")), None)
    return warning if named is None else post_title(named) + warning.removeprefix(named)
