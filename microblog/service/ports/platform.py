"""The platform and the clock, as protocols."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from microblog.domain.post import Attempt, Delivery, Outcome, Sighting
from microblog.domain.rehearsal import Check


class Clock(Protocol):
    """The time, passed in so that weeks can run in seconds."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""


@dataclass(frozen=True, slots=True)
class SeenComment:
    """One comment as a platform served it; `raw` is the payload untouched. own: written by our own account."""

    platform_id: str
    user_id: str
    user_name: str
    text: str
    created_at: datetime
    likes: int = 0
    reply_to: str | None = None
    own: bool = False
    raw: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CommentPage:
    """One page, newest first. next_max_id: where the next page starts (inclusive), None at the end.

    total: what the platform says the list holds, filtered and unapproved ones included.
    """

    comments: tuple[SeenComment, ...]
    next_max_id: str | None
    total: int


@dataclass(frozen=True, slots=True)
class Login:
    """What the platform says of our token. expires_at: aware UTC; None when the platform did not say."""

    user_id: str
    expires_at: datetime | None


class Platform(Protocol):
    """One account on one site. Obtaining a token lives elsewhere."""

    @property
    def calls(self) -> int:
        """Calls this thread has made so far, of those the platform counts; never falls."""

    def check(self, delivery: Delivery) -> Check:
        """What can be told of it beforehand; makes no call."""

    def page(self, status_id: str) -> str:
        """Address of the web page of a status, for a person to open; makes no call."""

    def id_in(self, pasted: str) -> str | None:
        """The id in a web address or number as a person may paste it; None where there is none. Makes no call."""

    def moment_of(self, platform_id: str) -> datetime | None:
        """When the platform took what has this id, as far as the id tells; None where it does not. Makes no call."""

    def time(self) -> datetime | None:
        """The platform's own time; None where it does not tell. Not counted by the platform.

        Raises PlatformError when it gives no answer at all: a write would fare no better.
        """

    def deliver(self, delivery: Delivery, history: Sequence[Attempt]) -> Outcome:
        """Send once and judge the answer in the light of earlier attempts. Never raises for what a platform does."""

    def look_for(self, delivery: Delivery, *, sent_at: datetime, now: datetime) -> Sighting:
        """Look whether the words sent at `sent_at` are on the platform.

        Raises PlatformError when the looking itself failed; nothing is proven then.
        """

    def comments(
        self, status_id: str, *, since_id: str | None = None, max_id: str | None = None, count: int = 200
    ) -> CommentPage:
        """One page of comments under a status: ids > since_id and <= max_id. Raises PlatformError."""

    def shown_count(self, status_id: str) -> int:
        """How many comments the platform shows under the status. Raises PlatformError."""

    def login(self) -> Login:
        """What the platform says of our token. Raises LoginExpired or another PlatformError."""
