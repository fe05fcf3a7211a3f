"""Working days of the State Council, make-up working days included, from the library that keeps them (A5)."""

from datetime import date

import chinese_calendar

from microblog.domain.offset import add_workdays, next_workday, previous_workday


class Workdays:
    """Which days are worked. Years the library does not know count Monday to Friday, and `warnings` says so."""

    def __init__(self) -> None:
        self._unknown_years: set[int] = set()

    def is_workday(self, day: date) -> bool:
        """Whether a day is worked in China; never raises for any year."""
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            self._unknown_years.add(day.year)
            return day.isoweekday() <= 5

    def add(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, before it when below zero; `day` itself is not counted."""
        return add_workdays(day, count, self.is_workday)

    def next_workday(self, day: date) -> date:
        """`day` itself when it is worked, else the first working day after it."""
        return next_workday(day, self.is_workday)

    def previous_workday(self, day: date) -> date:
        """`day` itself when it is worked, else the last working day before it."""
        return previous_workday(day, self.is_workday)

    @property
    def warnings(self) -> tuple[str, ...]:
        """One line of Chinese for each year asked for so far whose holidays are unknown."""
        return tuple(
            f"{year}年的节假日安排尚未收录，暂按周一至周五计算工作日；公布后请更新 chinesecalendar 再核对日期"
            for year in sorted(self._unknown_years)
        )
