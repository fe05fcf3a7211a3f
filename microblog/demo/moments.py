"""The next moment at which anything becomes due, so that the weeks between can be skipped."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from microblog.demo.people import APPOINTMENTS
from microblog.domain.interview import InterviewState
from microblog.domain.period import SHANGHAI
from microblog.domain.post import Post, PostState
from microblog.service.dates import event_hours
from microblog.service.office import Office
from microblog.service.plan import working_interviews
from microblog.service.polling import COLLECTING, next_poll

SWEEP_AT = time(3, 10)
"""The hour of the daily full sweep in `schedules/jobs.toml`."""

STEP = timedelta(seconds=1)


def next_moment(office: Office) -> datetime:
    """The earliest thing to come; at least a second ahead, so that time always moves."""
    now = office.clock.now()
    ahead = [moment for moment in _moments(office, now) if moment > now]
    return max(min(ahead), now + STEP)


def next_sweep(now: datetime) -> datetime:
    """The next daily sweep after a moment."""
    today = datetime.combine(now.astimezone(SHANGHAI).date(), SWEEP_AT, SHANGHAI)
    return today if today > now else today + timedelta(days=1)


def _moments(office: Office, now: datetime) -> Iterator[datetime]:
    yield next_sweep(now)
    yield from APPOINTMENTS
    for post in office.store.outbox.posts():
        yield from _of_post(post)
    last = office.store.outbox.last_sent_at()
    if last is not None:
        yield last + office.practice.pace
    for pause in office.store.journal.pauses(now):
        yield pause.until
    for interview in working_interviews(office):
        if interview.closes_at:
            yield interview.closes_at
        if interview.state in COLLECTING:
            yield next_poll(office, interview)
        if interview.state is InterviewState.LIVE:
            yield event_hours(interview)[1]


def _of_post(post: Post) -> Iterator[datetime]:
    if post.state in (PostState.DRAFT, PostState.SEALED):
        yield post.due_at
    if post.state is PostState.SENDING and post.lease_until:
        yield post.lease_until + STEP
    if post.not_before:
        yield post.not_before
