"""Units: aliases, the leader in charge and the responsible section (P24)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from microblog.domain.people import Act, Unit
from microblog.service.people import save_unit
from microblog.service.queries import unit_board
from microblog.web.desk import Desk, Looking, acting

router = APIRouter(prefix="/console/units", include_in_schema=False)

Keeper = Annotated[Desk, Depends(acting(Act.PEOPLE))]
Word = Annotated[str, Form(max_length=100)]


@router.get("")
def show(desk: Looking) -> Response:
    """Every unit, what is missing of it, and units named in plans that nobody has entered."""
    return desk.page("units.html", board=unit_board(desk.office), may_change=desk.user.may(Act.PEOPLE))


@router.post("")
def save(desk: Keeper, name: Word = "", aliases: Word = "", leader: Word = "", section: Word = "") -> Response:
    """Enter a unit, or change it."""
    desk.noted()
    words = aliases.replace("、", " ").replace("，", " ").replace(",", " ").split()
    unit = Unit(name.strip(), tuple(dict.fromkeys(words)), leader.strip(), section.strip())
    save_unit(desk.office, unit, by=desk.name, address=desk.address)
    return desk.back("/console/units", f"已保存单位“{unit.name}”")
