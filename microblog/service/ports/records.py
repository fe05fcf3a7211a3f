"""What the store keeps besides the values of the domain."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the append-only journal: who did what to which subject, when."""

    at: datetime
    who: str
    verb: str
    subject: str
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Beat:
    """A worker's sign of life."""

    worker: str
    at: datetime
    started_at: datetime


LOGIN = "login"
READING = "reading"
CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing of this scope before `until`; told by the platform's own limits or a dead login.

    scope: `account` and `ip` stop everything, LOGIN stops writes, READING stops reads, `endpoint:share` one verb,
    CLOCK sending and looking.
    """

    scope: str
    until: datetime
    why: str


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """An imported plan: its state (draft, submitted, approved, published) and the plan as data."""

    id: int
    title: str
    year: int
    issuer: str
    rule_set: str
    state: str
    imported_at: datetime
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class StoredGrouping:
    """The groups of one interview as built at a moment; `content` is the grouping as plain data."""

    interview: int
    built_at: datetime
    remarks: int
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pulse:
    """What changes when the comments of an interview do. edited: grows with every edit."""

    count: int
    deleted: int
    edited: int
    likes: int


@dataclass(frozen=True, slots=True)
class Upsert:
    """What storing served comments changed: new ones, and those whose words were edited."""

    new: int
    edited: int
