"""A request to change topic, time or units of an interview: they are locked at approval (G11, G12)."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self


class Subject(StrEnum):
    """What is to be changed."""

    TOPIC = "topic"
    DATE = "date"
    UNITS = "units"

    @property
    def chinese(self) -> str:
        """The Chinese name."""
        return {"topic": "访谈主题", "date": "访谈时间", "units": "责任单位"}[self.value]


class Decision(StrEnum):
    """What became of a request."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"

    @property
    def chinese(self) -> str:
        """The Chinese name."""
        return {"waiting": "待批准", "approved": "已批准", "refused": "未批准"}[self.value]


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """Old value, new value, reason, approver, time (G12); never removed.

    before, after: as people read them. value: the new value as data: a topic, `2024-04-26 15:00-17:00`, or units with
    the lead first, `消防大队、江浦街道`.
    id: number in the store, 0 before it is stored.
    """

    interview: int
    subject: Subject
    before: str
    after: str
    value: str
    reason: str
    by: str
    at: datetime
    id: int = 0
    decision: Decision = Decision.WAITING
    decided_by: str = ""
    decided_at: datetime | None = None
    note: str = ""

    def evolve(self, **changes: object) -> Self:
        """A copy with the named fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]  # dataclasses.replace checks the names
