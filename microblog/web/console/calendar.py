"""The year: every milestone on its day, coloured and marked by its state."""

import calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from microblog.domain.milestone import Status
from microblog.domain.period import shanghai_day
from microblog.service.duties import Duty, duties
from microblog.web.desk import Looking

router = APIRouter(prefix="/console/calendar", include_in_schema=False)

SIGNS = {
    Status.DONE: "●",
    Status.DONE_LATE: "◐",
    Status.LATE: "■",
    Status.OVERDUE_AT_IMPORT: "□",
    Status.DUE_TODAY: "▲",
    Status.AMBER: "◆",
    Status.NOT_DUE: "○",
}
"""A state is told by its sign as well as by its colour."""

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Month:
    """Weeks of days, None outside the month; and the duties of each day."""

    number: int
    weeks: list[list[date | None]]
    duties: dict[date, list[Duty]]

    @property
    def count(self) -> int:
        """How many duties fall into it."""
        return sum(len(found) for found in self.duties.values())


@router.get("")
def show(desk: Looking, year: Annotated[int | None, Query(ge=2000, le=2100)] = None) -> Response:
    """One year; by default that of today, or of the newest plan."""
    today = shanghai_day(desk.office.clock.now())
    interviews = desk.office.store.interviews.all()
    years = sorted({one.year for one in interviews} | {today.year})
    chosen = year or (today.year if any(one.year == today.year for one in interviews) else years[-1])
    found = duties(desk.office, [one for one in interviews if abs(one.year - chosen) <= 1])
    dated = [one for one in found if one.day is not None and one.day.year == chosen]
    undated = [one for one in found if one.day is None and one.interview.year == chosen]
    return desk.page(
        "console/calendar.html",
        year=chosen,
        years=years,
        today=today,
        months=months_of(chosen, dated),
        undated=undated,
        signs=SIGNS,
        weekdays=WEEKDAYS,
        counts={status: sum(one.status is status for one in dated) for status in Status},
    )


def months_of(year: int, dated: Iterable[Duty]) -> list[Month]:
    """Twelve months with their duties."""
    by_day: dict[date, list[Duty]] = defaultdict(list)
    for duty in dated:
        if duty.day is not None:
            by_day[duty.day].append(duty)
    weeks = calendar.Calendar()
    return [
        Month(
            number,
            [
                [day if day.month == number else None for day in week]
                for week in weeks.monthdatescalendar(year, number)
            ],
            {day: found for day, found in sorted(by_day.items()) if day.month == number},
        )
        for number in range(1, 13)
    ]
