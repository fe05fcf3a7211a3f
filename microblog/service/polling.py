"""When comments are read and grouped: as often as they come, within the day's calls; full sweeps on their hour."""

from datetime import datetime, timedelta

from microblog.domain.errors import LoginExpired, PlatformError, Throttled
from microblog.domain.interview import Interview, InterviewState
from microblog.domain.outbox import LOGIN_RETRY
from microblog.domain.question import WEIBO
from microblog.service.budget import DAY, day_start, room_now, sweep_calls
from microblog.service.collect import collect, inviting_posts
from microblog.service.dates import event_hours
from microblog.service.group import regroup
from microblog.service.office import Office
from microblog.service.plan import working_interviews
from microblog.service.ports import READING, Pause

COLLECTING = (
    InterviewState.ANNOUNCED,
    InterviewState.COLLECTED,
    InterviewState.SEALED,
    InterviewState.LIVE,
)
UNREAD = "unread"
"""The journal's verb for a list that could not be read."""

GROWTH = 0.1
"""Share of new remarks from which on an interview is grouped anew; the channel's closing always does it."""

LATE_POLL = timedelta(hours=6)
"""Between closing and the event nothing is counted any more; late questions are still kept (A24)."""

QUIET_POLL = timedelta(hours=3)
"""The longest time between two polls of an open channel; also how far back we look for how lively it is."""


def poll(office: Office) -> int:
    """Read new comments of every interview whose poll is due; returns how many interviews were read."""
    read = 0
    for interview in working_interviews(office):
        if interview.state in COLLECTING and next_poll(office, interview) <= office.clock.now():
            read += _quietly(office, interview, full=False)
    return read


def sweep(office: Office) -> int:
    """Read the whole list of every interview whose channel is open; returns how many were read."""
    read = 0
    for interview in working_interviews(office):
        fits = sweep_calls(office, interview) <= room_now(office, sweeping=True)
        if interview.state is InterviewState.ANNOUNCED and fits and _paused_until(office) is None:
            read += _quietly(office, interview, full=True)
    return read


def group_all(office: Office) -> int:
    """Group anew the questions of every interview that has grown enough; returns how many were grouped."""
    grown = [item for item in working_interviews(office) if item.state in COLLECTING and _grown(office, item)]
    for interview in grown:
        regroup(office, interview)
    return len(grown)


def _grown(office: Office, interview: Interview) -> bool:
    """Whether new comments are worth moving groups under the analyst's eyes: a tenth more than were grouped."""
    built_at, remarks = office.store.questions.grouped(interview.id) or (None, 0)
    return office.store.comments.arrived(interview.id, built_at) > GROWTH * remarks


def next_poll(office: Office, interview: Interview) -> datetime:
    """When the comments of an interview are to be read next."""
    now = office.clock.now()
    if (until := _paused_until(office)) is not None:
        return until
    readings = [one.at for one in office.store.comments.last_sweeps(interview.id) if one.source == WEIBO]
    room = room_now(office) // max(1, len(inviting_posts(office, interview)))
    if room <= 0:
        return day_start(now) + DAY
    spread = (_spread_until(interview, now) - now) / room
    wanted = max(readings) + max(spread, _wanted(office, interview, now)) if readings else now
    failed = [one.at for one in office.store.journal.entries(interview.name) if one.verb == UNREAD]
    return max(wanted, failed[-1] + max(spread, _at_least(office, interview))) if failed else wanted


def _at_least(office: Office, interview: Interview) -> timedelta:
    """The least time between two tries, so that a platform that is down does not eat the day's calls."""
    practice = office.practice
    return practice.live_poll_every if interview.state is InterviewState.LIVE else practice.poll_every


def _wanted(office: Office, interview: Interview, now: datetime) -> timedelta:
    """How long to wait between two polls if calls cost nothing: about a new comment a poll."""
    practice = office.practice
    if interview.state is InterviewState.LIVE:
        return practice.live_poll_every
    if interview.state is not InterviewState.ANNOUNCED:
        return max(practice.poll_every, LATE_POLL)
    if interview.opened_at is None or now < interview.opened_at + QUIET_POLL:
        return practice.poll_every
    arrived = office.store.comments.arrived(interview.id, now - QUIET_POLL)
    return max(practice.poll_every, QUIET_POLL / max(1, arrived))


def _spread_until(interview: Interview, now: datetime) -> datetime:
    """Until when the calls left must last: the end of the interview while it is on, else midnight in China."""
    end = event_hours(interview)[1] if interview.state is InterviewState.LIVE else now
    return end if end > now else day_start(now) + DAY


def _paused_until(office: Office) -> datetime | None:
    """The end of what keeps us from reading."""
    pauses = office.store.journal.pauses(office.clock.now())
    return max((pause.until for pause in pauses if pause.scope in ("account", "ip", READING)), default=None)


def _quietly(office: Office, interview: Interview, *, full: bool) -> bool:
    """Collect; a platform that gives no answer is noted and asked again, after a limit not before its time."""
    try:
        collect(office, interview, full=full)
    except PlatformError as error:
        office.note("system", UNREAD, interview.name, why=str(error))
        if (until := _not_before(error, office.clock.now())) is not None:
            office.store.journal.pause(Pause(READING, until, str(error)))
        return False
    return True


def _not_before(error: PlatformError, now: datetime) -> datetime | None:
    if isinstance(error, Throttled):
        return error.retry_at
    return now + LOGIN_RETRY if isinstance(error, LoginExpired) else None
