"""The rehearsal of an interview: what it will ask of the account, and what will not fit."""

from fastapi import APIRouter
from fastapi.responses import Response

from microblog.domain.people import Act
from microblog.service.cards import posts_for_cards
from microblog.service.rehearse import rehearse
from microblog.service.shown import post_title
from microblog.web.console.live import Number
from microblog.web.desk import Looking

router = APIRouter(prefix="/console/live/{number}/rehearsal", include_in_schema=False)


@router.get("")
def show(desk: Looking, number: Number) -> Response:
    """Worked out anew each time; asks the platform for the login's life and nothing else."""
    interview = desk.office.store.interviews.get(number)
    return desk.page(
        "console/rehearsal.html",
        interview=interview,
        plan=rehearse(desk.office, interview),
        for_cards=posts_for_cards(desk.office, interview),
        title=post_title,
        may_send=desk.user.may(Act.SEND),
    )
