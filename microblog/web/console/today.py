"""Today: what is late, due, unknown, unreviewed and missing."""

from fastapi import APIRouter
from fastapi.responses import Response

from microblog.domain.period import shanghai_day
from microblog.service.today import Heap, today
from microblog.web.desk import Looking

router = APIRouter(prefix="/console/today", include_in_schema=False)


@router.get("")
def show(desk: Looking) -> Response:
    """Every errand of the office, those this person can see to marked."""
    found = today(desk.office)
    mine = sum(one.is_for(desk.user) for one in found.errands)
    return desk.page("console/today.html", today=found, heaps=tuple(Heap), mine=mine, date=shanghai_day(found.now))
