"""When comments are read and grouped: polls spread over the day's calls, full sweeps within them."""

from datetime import datetime, timedelta

from microblog.domain.errors import PlatformError
from microblog.domain.interview import Interview, InterviewState
from microblog.service.budget import day_start, poll_interval, room_today
from microblog.service.collect import collect, inviting_posts
from microblog.service.group import regroup
from microblog.service.office import Office
from microblog.service.plan import working_interviews

COLLECTING = (
    InterviewState.ANNOUNCED,
    InterviewState.COLLECTED,
    InterviewState.SEALED,
    InterviewState.LIVE,
)
GROWTH = 0.1
"""Share of new remarks from which on an interview is grouped anew; the channel's closing always does it."""

LATE_POLL = timedelta(hours=6)
"""Between closing and the event nothing is counted any more; late questions are still kept (A24)."""


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
        if interview.state is InterviewState.ANNOUNCED and _sweep_calls(office, interview) <= room_today(office):
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
    """When the comments of an interview are to be read next, the day's calls spread over what is left of it."""
    now = office.clock.now()
    midnight = day_start(now) + timedelta(days=1)
    every = office.practice.poll_every
    if interview.state in (InterviewState.COLLECTED, InterviewState.SEALED):
        every = max(every, LATE_POLL)
    posts = max(1, len(inviting_posts(office, interview)))
    interval = poll_interval(room_today(office) // posts, midnight - now, every)
    read_at = [sweep.at for sweep in office.store.comments.last_sweeps(interview.id)]
    if interval is None:
        return midnight
    return max(read_at) + interval if read_at else now


def _sweep_calls(office: Office, interview: Interview) -> int:
    latest = office.store.comments.last_sweeps(interview.id)
    return sum(-(-sweep.total // office.practice.page) + 1 for sweep in latest) or 1


def _quietly(office: Office, interview: Interview, *, full: bool) -> bool:
    """Collect; a platform that gives no answer is noted and asked again at the next round."""
    try:
        collect(office, interview, full=full)
    except PlatformError as error:
        office.note("system", "unread", interview.name, why=str(error))
        return False
    return True
