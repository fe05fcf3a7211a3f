"""When an interview is held, exactly as well as it is known: a day, part of a month, months, or not at all."""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self
from zoneinfo import ZoneInfo

from microblog.domain.errors import InvalidInput
from microblog.domain.interview import DateState

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""The zone of every date a document prints (A23)."""

PARTS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}
"""First and last day of each third of a month; the last third ends with the month."""


def shanghai_day(moment: dt.datetime) -> dt.date:
    """The calendar day in China at an aware moment."""
    return moment.astimezone(SHANGHAI).date()


@dataclass(frozen=True, slots=True)
class Period:
    """A time as a plan states it.

    months: as listed; one lower than the first lies in the following year. part: 上旬, 中旬 or 下旬.
    start, end: wall clock in China. Without date and months the time is unknown.
    Raises InvalidInput where the parts contradict each other.
    """

    year: int
    months: tuple[int, ...] = ()
    part: str | None = None
    date: dt.date | None = None
    start: dt.time | None = None
    end: dt.time | None = None
    state: DateState = DateState.NONE

    def __post_init__(self) -> None:
        if not 1900 <= self.year <= 2999:
            raise InvalidInput(f"访谈时间中的年份 {self.year} 有误，请核对")
        if any(not 1 <= month <= 12 for month in self.months):
            raise InvalidInput(f"访谈时间中的月份 {list(self.months)} 有误，请改为 1 至 12")
        if self.part is not None and self.part not in PARTS:
            raise InvalidInput(f"访谈时间中的「{self.part}」有误，请改为上旬、中旬或下旬")
        if self.start and self.end and self.end <= self.start:
            raise InvalidInput(f"访谈结束时间 {self.end:%H:%M} 不晚于开始时间 {self.start:%H:%M}，请核对")
        if self.state is DateState.CONFIRMED and self.date is None:
            raise InvalidInput("访谈日期尚未填写，不能确定；请先填写日期")

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.date is not None

    @property
    def firm(self) -> bool:
        """Whether the day is confirmed by everyone who has to (P12)."""
        return self.state is DateState.CONFIRMED

    @property
    def bounds(self) -> tuple[dt.date, dt.date] | None:
        """First and last day the interview may fall on; None when nothing is known."""
        if self.date is not None:
            return self.date, self.date
        if not self.months:
            return None
        first, last = PARTS[self.part] if self.part else (1, 31)
        spans = sorted(self._month_span(month, first, last) for month in self.months)
        return spans[0][0], spans[-1][1]

    def days(self) -> Iterator[dt.date]:
        """Every day the interview may fall on, in order, months between listed ones left out."""
        if self.date is not None:
            yield self.date
            return
        first, last = PARTS[self.part] if self.part else (1, 31)
        for begin, end in sorted({self._month_span(month, first, last) for month in self.months}):
            for offset in range((end - begin).days + 1):
                yield begin + dt.timedelta(days=offset)

    def held(
        self,
        day: dt.date,
        start: dt.time | None = None,
        end: dt.time | None = None,
        *,
        state: DateState = DateState.PROVISIONAL,
    ) -> Self:
        """The same period with its day named, provisional unless said otherwise (A7). Hours default to the known."""
        return replace(self, date=day, start=start or self.start, end=end or self.end, state=state)

    def _month_span(self, month: int, first: int, last: int) -> tuple[dt.date, dt.date]:
        year = self.year + (month < self.months[0])
        return dt.date(year, month, first), dt.date(year, month, min(last, monthrange(year, month)[1]))
