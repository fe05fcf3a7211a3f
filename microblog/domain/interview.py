"""One interview of a yearly plan, from planned to filed; `docs/architecture.md` draws its states."""

import datetime as dt
from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum
from typing import Self


class Form(StrEnum):
    """How an interview is held; each form has its own task list (domain reference G1)."""

    VIDEO = "video"
    MICRO_VIDEO = "micro-video"
    WEIBO = "weibo"

    @property
    def chinese(self) -> str:
        """The Chinese name of the form."""
        return {"video": "视频访谈", "micro-video": "微视频访谈", "weibo": "微博访谈"}[self.value]


class InterviewState(StrEnum):
    """Where an interview is."""

    PLANNED = "planned"  # in the plan; nothing published
    ANNOUNCED = "announced"  # preview published, question channel open
    COLLECTED = "collected"  # channel closed, final sweep made; questions are being chosen and answered
    SEALED = "sealed"  # the script's exact words are sealed by every body
    LIVE = "live"  # opening post is out
    ENDED = "ended"  # closing post is out; transcript written, the rest is being answered
    FILED = "filed"  # roundup published, filing folder written
    CANCELLED = "cancelled"

    @property
    def chinese(self) -> str:
        """The Chinese name of the state."""
        return _STATE_TITLES[self.value]


_STATE_TITLES = {
    "planned": "待预告",
    "announced": "征集中",
    "collected": "撰稿中",
    "sealed": "待开播",
    "live": "正在访谈",
    "ended": "已结束",
    "filed": "已备案",
    "cancelled": "已取消",
}


class DateState(StrEnum):
    """How firm the interview date is (domain reference A7)."""

    NONE = "none"
    PROVISIONAL = "provisional"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Guest:
    """Who answers. expert: an invited expert, shown apart from officials (G6)."""

    name: str
    post: str
    unit: str
    expert: bool = False


@dataclass(frozen=True, slots=True)
class Interview:
    """One numbered interview.

    id: number in the store, 0 before it is stored. no: number in the plan.
    when: the cell as printed; year/months/part say what it means, `date` only when a person gave one.
    closes_at: aware moment the question channel closes. author: who wrote guests, host or introduction last.
    revision: raised at each save.
    """

    plan: int
    no: int
    topic: str
    units: tuple[str, ...]
    lead: str | None
    rule_set: str
    year: int
    id: int = 0
    form: Form = Form.WEIBO
    when: str = ""
    months: tuple[int, ...] = ()
    part: str | None = None
    date: dt.date | None = None
    date_state: DateState = DateState.NONE
    start: time | None = None
    end: time | None = None
    guests: tuple[Guest, ...] = ()
    host: str = ""
    introduction: str = ""
    state: InterviewState = InterviewState.PLANNED
    opened_at: datetime | None = None
    closes_at: datetime | None = None
    ended_at: datetime | None = None
    additional: bool = False
    author: str = ""
    revision: int = 0

    def evolve(self, **changes: object) -> Self:
        """A copy with the named fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]  # dataclasses.replace checks the names

    @property
    def name(self) -> str:
        """How the interview is named in keys: `interview 3`."""
        return f"interview {self.id}"

    def missing_for_preview(self) -> tuple[str, ...]:
        """What a preview may not go out without (P3, P4, P5, P13, P20), as Chinese names."""
        needed = (
            ("访谈主题", self.topic),
            ("第一责任单位", self.lead),
            ("访谈日期", self.date),
            ("访谈时段", self.start and self.end),
            ("文字简介", self.introduction),
            ("嘉宾", self.guests),
            ("主持人", self.host),
        )
        return tuple(title for title, value in needed if not value)
