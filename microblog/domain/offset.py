"""Counting days from a day: calendar months, weeks, days and working days.

The day a period begins on is never counted (Civil Code 201). Which days are worked is passed in.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from microblog.domain.errors import InvalidInput

IsWorkday = Callable[[date], bool]

ONE_DAY = timedelta(days=1)


class Unit(StrEnum):
    """What an offset counts."""

    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    WORKING_DAY = "working day"


_OFFSET = re.compile(r"(?P<count>[1-9]\d{0,2}) (?P<unit>month|week|day|working day)s? (?P<side>before|after)")


@dataclass(frozen=True, slots=True)
class Offset:
    """A distance from an anchor day. count: below zero lies before the anchor, zero is the same day."""

    count: int
    unit: Unit = Unit.DAY

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `1 month before`, `20 days after`, `3 working days after` or `same day`.

        Raises InvalidInput for any other words.
        """
        if text == "same day":
            return cls(0)
        found = _OFFSET.fullmatch(text)
        if found is None:
            raise InvalidInput(f"「{text}」不是可识别的期限，请写成 1 month before、3 working days after 或 same day")
        sign = -1 if found["side"] == "before" else 1
        return cls(sign * int(found["count"]), Unit(found["unit"]))

    @property
    def forward(self) -> bool:
        """Whether the day lies after its anchor."""
        return self.count > 0

    def day_from(self, anchor: date, is_workday: IsWorkday) -> date:
        """The day this offset leads to. Order is kept: a later anchor never gives an earlier day."""
        match self.unit:
            case Unit.MONTH:
                return add_months(anchor, self.count)
            case Unit.WORKING_DAY:
                return add_workdays(anchor, self.count, is_workday)
            case Unit.WEEK:
                return anchor + timedelta(weeks=self.count)
            case Unit.DAY:
                return anchor + timedelta(days=self.count)


def add_months(day: date, count: int) -> date:
    """The corresponding day `count` months on, or that month's last day where it has none (A1)."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


def add_workdays(day: date, count: int, is_workday: IsWorkday) -> date:
    """The `count`-th working day after `day`, or before it when below zero; `day` itself is not counted."""
    step = next_workday if count > 0 else previous_workday
    for _ in range(abs(count)):
        day = step(day + (ONE_DAY if count > 0 else -ONE_DAY), is_workday)
    return day


def next_workday(day: date, is_workday: IsWorkday) -> date:
    """`day` itself when it is worked, else the first working day after it."""
    while not is_workday(day):
        day += ONE_DAY
    return day


def previous_workday(day: date, is_workday: IsWorkday) -> date:
    """`day` itself when it is worked, else the last working day before it."""
    while not is_workday(day):
        day -= ONE_DAY
    return day
