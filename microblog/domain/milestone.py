"""One dated duty of an interview: when it is due, how that reads, and whether it is late."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from microblog.domain.period import SHANGHAI, shanghai_day


class Status(StrEnum):
    """How a milestone stands at a moment."""

    NOT_DUE = "not-due"  # nothing to do yet, or its time is unknown
    AMBER = "amber"  # only a window is known and it has begun (A6)
    DUE_TODAY = "due-today"
    LATE = "late"
    OVERDUE_AT_IMPORT = "overdue-at-import"  # late, but the plan itself came out after the due day (A8)
    DONE = "done"
    DONE_LATE = "done-late"

    @property
    def chinese(self) -> str:
        """The Chinese name of the status."""
        return _STATUS_TITLES[self.value]


_STATUS_TITLES = {
    "not-due": "未到期",
    "amber": "临近",
    "due-today": "今日到期",
    "late": "已逾期",
    "overdue-at-import": "印发时已过期",
    "done": "已完成",
    "done-late": "逾期完成",
}


@dataclass(frozen=True, slots=True)
class Milestone:
    """What someone must have done, and until when.

    id: stable English name; title: Chinese. owner: role id; owner_title: that body's name in the plan.
    first, last: due day, equal when it is exact, a window when only a month is known, None when nothing is.
    start, end: wall clock in China on that day; without `end` it is due by 24:00 of the last day.
    hard: the documents demand it; soft ones are this product's proposal.
    provisional: the day still moves when the interview date is confirmed.
    proposed: working day before a due day that is none (A3). overdue_at_import: due before the plan was issued.
    """

    id: str
    title: str
    owner: str
    owner_title: str
    first: date | None
    last: date | None
    start: time | None = None
    end: time | None = None
    hard: bool = True
    provisional: bool = False
    proposed: date | None = None
    overdue_at_import: bool = False

    @property
    def day(self) -> date | None:
        """The due day, only where it is exact."""
        return self.first if self.first == self.last else None

    @property
    def begins(self) -> datetime | None:
        """Aware moment from which it may be done or the window is open."""
        if self.first is None:
            return None
        return datetime.combine(self.first, self.start or time.min, SHANGHAI)

    @property
    def due(self) -> datetime | None:
        """Aware moment after which it is late; 24:00 is the next day's midnight."""
        if self.last is None:
            return None
        if self.end is not None:
            return datetime.combine(self.last, self.end, SHANGHAI)
        return datetime.combine(self.last + timedelta(days=1), time.min, SHANGHAI)

    @property
    def chinese(self) -> str:
        """When it is due, in words: `2024年3月25日 24:00前`, `2024年3月1日至3月30日之间` or `时间待定`."""
        if self.first is None or self.last is None:
            return "时间待定"
        if self.first != self.last:
            return f"{chinese_day(self.first)}至{chinese_day(self.last, since=self.first)}之间"
        end = f"{self.end:%H:%M}" if self.end else "24:00"
        hours = f"{self.start:%H:%M}至{end}" if self.start else f"{end}前"
        return f"{chinese_day(self.last)} {hours}"


def chinese_day(day: date, since: date | None = None) -> str:
    """`2024年3月25日`; without the year where it is that of `since`."""
    year = "" if since is not None and since.year == day.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def status_on(milestone: Milestone, now: datetime, done_at: datetime | None = None) -> Status:
    """How a milestone stands at `now`; done_at: when it was done, None while it is not. Both aware."""
    due, first, last = milestone.due, milestone.first, milestone.last
    if done_at is not None:
        return Status.DONE_LATE if due is not None and done_at > due else Status.DONE
    if due is None or first is None or last is None:
        return Status.NOT_DUE
    if now > due:
        return Status.OVERDUE_AT_IMPORT if milestone.overdue_at_import else Status.LATE
    today = shanghai_day(now)
    if today < first:
        return Status.NOT_DUE
    return Status.AMBER if today < last else Status.DUE_TODAY


def milestone_as_json(
    milestone: Milestone, now: datetime | None = None, done_at: datetime | None = None
) -> dict[str, Any]:
    """The milestone as plain values for `--json`; with `now` also its status. Times in ISO 8601 with offset."""
    plain: dict[str, Any] = {
        "id": milestone.id,
        "title": milestone.title,
        "owner": milestone.owner,
        "owner_title": milestone.owner_title,
        "precision": "day" if milestone.day else "window" if milestone.first else "unknown",
        "first": _iso(milestone.first),
        "last": _iso(milestone.last),
        "begins": _iso(milestone.begins),
        "due": _iso(milestone.due),
        "when": milestone.chinese,
        "hard": milestone.hard,
        "provisional": milestone.provisional,
        "proposed": _iso(milestone.proposed),
        "overdue_at_import": milestone.overdue_at_import,
    }
    if now is not None:
        plain["status"] = status_on(milestone, now, done_at).value
    return plain


def _iso(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
