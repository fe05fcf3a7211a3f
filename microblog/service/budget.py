"""The platform's daily calls: answers are reserved first, reading gets the rest, spread over what is left of the day.

The numbers are those of the platform's current page (100 calls a day for one account in one app); see
`Practice.calls_per_day`.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from math import ceil

from microblog.domain.period import SHANGHAI
from microblog.domain.post import PostState
from microblog.service.office import Office

READ_BACK_SHARE = 0.15
"""Calls kept per planned post for looking up the ones whose fate is unknown."""

WAITING = (PostState.DRAFT, PostState.SEALED, PostState.DUE, PostState.SENDING, PostState.LANDED, PostState.UNKNOWN)


def day_start(now: datetime) -> datetime:
    """Midnight in China before `now`, in UTC: when the daily budget turns."""
    return datetime.combine(now.astimezone(SHANGHAI).date(), time.min, SHANGHAI).astimezone(UTC)


def reading_room(limit: int, spent: Mapping[str, int], planned_posts: int) -> int:
    """Calls left for reading today when every planned post keeps its call and its share of look-ups."""
    reserved = planned_posts + ceil(planned_posts * READ_BACK_SHARE)
    return max(0, limit - sum(spent.values()) - reserved)


def poll_interval(room: int, left: timedelta, every: timedelta) -> timedelta | None:
    """Time between polls that spreads the room over what is left of the day; None when there is no room."""
    return max(every, left / room) if room > 0 else None


def room_today(office: Office) -> int:
    """Calls left for reading today."""
    start = day_start(office.clock.now())
    end = start + timedelta(days=1)
    planned = [
        post for post in office.store.outbox.posts(states=WAITING) if post.due_at < end and post.latest_at >= start
    ]
    return reading_room(office.practice.calls_per_day, office.store.journal.spent(start), len(planned))
