"""Requests to change topic, time or units, and the decision on them."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from microblog.domain.people import Act
from microblog.service.change_requests import (
    CHANGEABLE,
    approve_change,
    held_at,
    moment_of,
    refuse_change,
    request_date,
    request_topic,
    request_units,
    units_of,
)
from microblog.web.desk import Desk, Looking, acting

router = APIRouter(prefix="/console/changes", include_in_schema=False)

Asking = Annotated[Desk, Depends(acting(Act.PREPARE))]
Deciding = Annotated[Desk, Depends(acting(Act.PLAN))]
Number = Annotated[int, Form(ge=0, le=2**31 - 1)]
Hour = Annotated[str, Form(max_length=20)]
Word = Annotated[str, Form(max_length=200)]


@router.get("")
def show(desk: Looking) -> Response:
    """All requests, and the form for another."""
    interviews = desk.office.store.interviews.all()
    return desk.page(
        "console/changes.html",
        requests=desk.office.store.requests.all(),
        interviews={one.id: one for one in interviews},
        changeable=[one for one in interviews if one.state in CHANGEABLE],
        may_ask=desk.user.may(Act.PREPARE),
        may_decide=desk.user.may(Act.PLAN),
    )


@router.post("/topic")
def ask_for_topic(desk: Asking, interview: Number = 0, topic: Word = "", reason: Word = "") -> Response:
    """Ask for another topic."""
    found = desk.office.store.interviews.get(interview)
    with desk.change("request-change", found.name):
        made = request_topic(desk.office, found, topic, reason=reason, by=desk.name)
    return desk.back("/console/changes", f"已申请把第{found.no}期主题改为“{made.after}”，等主办单位批准")


@router.post("/units")
def ask_for_units(
    desk: Asking, interview: Number = 0, lead: Word = "", others: Word = "", reason: Word = ""
) -> Response:
    """Ask for other units. others: beside the lead, parted by 、."""
    found = desk.office.store.interviews.get(interview)
    units = [unit.strip() for unit in (lead, *others.replace("，", "、").replace(",", "、").split("、"))]
    with desk.change("request-change", found.name):
        named = [units[0], *filter(None, units[1:])]
        made = request_units(desk.office, found, named, reason=reason, by=desk.name)
    return desk.back("/console/changes", f"已申请把第{found.no}期责任单位改为{made.after}，等主办单位批准")


@dataclass(frozen=True, slots=True)
class Slot:
    """The form's day and hours as written."""

    day: str
    start: str
    end: str


def asked_slot(day: Hour = "", start: Hour = "", end: Hour = "") -> Slot:
    """From the form's three fields."""
    return Slot(day, start, end)


@router.post("/date")
def ask_for_date(
    desk: Asking, slot: Annotated[Slot, Depends(asked_slot)], interview: Number = 0, reason: Word = ""
) -> Response:
    """Ask for another day or hours."""
    found = desk.office.store.interviews.get(interview)
    with desk.change("request-change", found.name):
        day, start, end = moment_of(slot.day, slot.start, slot.end)
        made = request_date(desk.office, found, day, start, end, reason=reason, by=desk.name)
    return desk.back("/console/changes", f"已申请把第{found.no}期时间改为{made.after}，等主办单位批准")


@router.post("/approve")
def approve(desk: Deciding, request: Number = 0, note: Word = "") -> Response:
    """Grant a request; it is carried out at once."""
    with desk.change("approve-change", f"request {request}", lambda: request_facts(desk, request)):
        done = approve_change(desk.office, request, by=desk.name, note=note)
    return desk.back("/console/changes", f"已批准，{done.subject.chinese}改为：{done.after}")


@router.post("/refuse")
def refuse(desk: Deciding, request: Number = 0, note: Word = "") -> Response:
    """Refuse a request with a reason."""
    with desk.change("refuse-change", f"request {request}", lambda: request_facts(desk, request)):
        refuse_change(desk.office, request, by=desk.name, note=note)
    return desk.back("/console/changes", "已退回申请")


def request_facts(desk: Desk, number: int) -> dict[str, object] | None:
    """Where a request is, and what the interview is called and when it is held."""
    found = next((one for one in desk.office.store.requests.all() if one.id == number), None)
    if found is None:
        return None
    interview = desk.office.store.interviews.get(found.interview)
    return {
        "decision": found.decision.value,
        "topic": interview.topic,
        "when": held_at(interview),
        "units": units_of(interview),
    }
