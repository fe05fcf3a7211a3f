"""The platform's calls: every one made is counted, answers are reserved first, reading gets the rest.

The limits are those of the office's tier (`config/tiers.toml`). The platform's own `rate_limit_status` is not asked:
it has been seen to say 150 left while every call was refused.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from math import ceil

from microblog.domain.interview import Interview, InterviewState
from microblog.domain.period import SHANGHAI
from microblog.domain.post import Post, PostState, Verb
from microblog.domain.rehearsal import look_ups
from microblog.domain.tier import Tier
from microblog.service.dates import event_hours
from microblog.service.office import Office
from microblog.service.plan import working_interviews

WAITING = (PostState.DRAFT, PostState.SEALED, PostState.DUE, PostState.SENDING, PostState.LANDED, PostState.UNKNOWN)
BEFORE_EVENT = (InterviewState.ANNOUNCED, InterviewState.COLLECTED, InterviewState.SEALED)
DAY = timedelta(days=1)
LAST_HOUR = timedelta(hours=1) - timedelta(microseconds=1)
"""What was done exactly an hour ago no longer counts."""


@contextmanager
def spending(office: Office, kind: str) -> Iterator[None]:
    """Write down the calls that this thread makes inside the block, also when it fails; one commit for all."""
    before = office.platform.calls
    try:
        yield
    finally:
        made = office.platform.calls - before
        if made:
            office.store.journal.spend(office.clock.now(), kind, made)


@dataclass(frozen=True, slots=True)
class Reserve:
    """Calls of today that polling must leave alone, in the order of their right.

    writes: planned posts. looks: for those whose fate is unknown. sweeps: the full readings when a channel closes and
    an event ends. live: polls while an interview is on that has not begun; at most half of what the others leave.
    """

    writes: int = 0
    looks: int = 0
    sweeps: int = 0
    live: int = 0

    @property
    def firm(self) -> int:
        """What nothing may touch."""
        return self.writes + self.looks + self.sweeps


def day_start(now: datetime) -> datetime:
    """Midnight in China before `now`, in UTC: when the daily budget turns."""
    return datetime.combine(now.astimezone(SHANGHAI).date(), time.min, SHANGHAI).astimezone(UTC)


def reading_room(tier: Tier, today: Mapping[str, int], last_hour: Mapping[str, int], reserve: Reserve) -> int:
    """Calls left for polling now. today, last_hour: calls made, by kind."""
    left = tier.calls_per_day - sum(today.values()) - reserve.firm
    by_day = left - min(reserve.live, left // 2)
    return max(0, min(by_day, tier.ip_calls_per_hour - sum(last_hour.values())))


def room_now(office: Office, *, sweeping: bool = False) -> int:
    """Calls left for polling now; for a full sweep, which may use what is kept for one, with `sweeping`."""
    now = office.clock.now()
    journal = office.store.journal
    reserve = reserve_today(office)
    if sweeping:
        reserve = Reserve(reserve.writes, reserve.looks)
    return reading_room(office.practice.tier, journal.spent(day_start(now)), journal.spent(now - LAST_HOUR), reserve)


def verbs_left(office: Office) -> frozenset[Verb]:
    """The verbs that the hour's limits leave open."""
    return office.practice.tier.open_verbs(office.store.journal.spent(office.clock.now() - LAST_HOUR))


def reserve_today(office: Office) -> Reserve:
    """What today's posts and interviews will need."""
    now = office.clock.now()
    start = day_start(now)
    planned = _planned(office, start, start + DAY)
    sweeps = live = 0
    for interview in working_interviews(office):
        end = _event_end(interview)
        if interview.state is InterviewState.ANNOUNCED and _within(interview.closes_at, start):
            sweeps += sweep_calls(office, interview)
        if end is not None and _within(end, start) and interview.state in (*BEFORE_EVENT, InterviewState.LIVE):
            sweeps += sweep_calls(office, interview)
            live += _live_polls(office, interview) if interview.state in BEFORE_EVENT else 0
    return Reserve(len(planned), look_ups(len(planned)), sweeps, live)


def sweep_calls(office: Office, interview: Interview) -> int:
    """Calls that a full reading of an interview's lists is likely to take."""
    lists = [sweep for sweep in office.store.comments.last_sweeps(interview.id) if sweep.under]
    return sum(sweep.total // office.practice.page + 1 for sweep in lists) or 1


def _planned(office: Office, start: datetime, end: datetime) -> list[Post]:
    waiting = office.store.outbox.posts(states=WAITING)
    return [post for post in waiting if post.due_at < end and post.latest_at >= start]


def _live_polls(office: Office, interview: Interview) -> int:
    start, end = event_hours(interview)
    return ceil((end - start) / office.practice.live_poll_every)


def _event_end(interview: Interview) -> datetime | None:
    return event_hours(interview)[1] if interview.date and interview.start and interview.end else None


def _within(moment: datetime | None, start: datetime) -> bool:
    """Whether it lies in the day that begins at `start`; a channel that closes at its end counts too."""
    return moment is not None and start < moment <= start + DAY
