"""Every dated duty of a year with the moment it was done, as far as the store tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from microblog.domain.interview import Interview, InterviewState
from microblog.domain.milestone import Milestone, Status, status_on
from microblog.domain.people import Role
from microblog.domain.post import PostKind
from microblog.domain.script import ScriptState
from microblog.service.agenda import post_of
from microblog.service.dates import milestones_of
from microblog.service.draft import latest_script
from microblog.service.office import Office
from microblog.service.review import last_sealed_at
from microblog.service.unit_gaps import UnitGaps


@dataclass(frozen=True, slots=True)
class Duty:
    """One milestone of an interview and how it stands. warning: what the unit that has to do it still lacks (P24)."""

    interview: Interview
    milestone: Milestone
    status: Status
    done_at: datetime | None
    warning: str = ""

    @property
    def day(self) -> date | None:
        """The last day on which it may be done."""
        return self.milestone.last

    @property
    def window(self) -> bool:
        """Whether only a span of days is known."""
        return self.milestone.first != self.milestone.last


def duties(office: Office, interviews: Sequence[Interview]) -> list[Duty]:
    """All duties of the interviews, earliest first, undated ones last."""
    now, gaps = office.clock.now(), UnitGaps(office)
    found = [
        Duty(
            interview,
            milestone,
            status_on(milestone, now, done.get(milestone.id)),
            done.get(milestone.id),
            gaps.of_lead(interview) if milestone.owner == Role.LEAD_UNIT else "",
        )
        for interview in interviews
        if interview.state is not InterviewState.CANCELLED
        for done in [done_moments(office, interview)]
        for milestone in milestones_of(office, interview)
    ]
    return sorted(found, key=lambda one: (one.day or date.max, one.interview.no, one.milestone.id))


def done_moments(office: Office, interview: Interview) -> dict[str, datetime]:
    """When each duty was done; what is not done, or leaves no trace here, is not in it."""
    now = office.clock.now()
    script = latest_script(office, interview)
    roundup = post_of(office, interview, PostKind.ROUNDUP)
    final = script is not None and script.state is ScriptState.FINAL
    closed = interview.closes_at if interview.closes_at and interview.closes_at <= now else None
    moments = {
        "preview": interview.opened_at,
        "introduction": _noted(office, interview, "prepare") if interview.introduction else None,
        "channel-close": closed,
        "draft": _noted(office, interview, "submit"),
        "final": last_sealed_at(office, interview) if final else None,
        "interview": interview.ended_at,
        "transcript": _noted(office, interview, "file"),
        "roundup": roundup.posted_at if roundup else None,
        "filing": _noted(office, interview, "file"),
    }
    return {name: moment for name, moment in moments.items() if moment is not None}


def _noted(office: Office, interview: Interview, verb: str) -> datetime | None:
    """When it was done first, by the journal."""
    return next((entry.at for entry in office.store.journal.entries(interview.name) if entry.verb == verb), None)
