"""Corrections the public is shown: what was announced of topic, time and units, what is true now, since when and why.

G12: changes are asked for by one person and approved by another; that approval makes the reason public too.
"""

from dataclasses import dataclass
from datetime import datetime

from microblog.domain.interview import Interview
from microblog.domain.request import ChangeRequest, Decision, Subject
from microblog.service.office import Office
from microblog.service.shown import masked


@dataclass(frozen=True, slots=True)
class PublicChange:
    """One approved change. after: what it became."""

    after: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class PublicCorrection:
    """title: what was corrected. announced: as it was told first; now: what is true; changes: oldest first."""

    title: str
    announced: str
    now: str
    changes: tuple[PublicChange, ...]


def public_corrections(office: Office, interview: Interview) -> tuple[PublicCorrection, ...]:
    """One for each subject that changed after the public knew of it."""
    requests = reversed(office.store.requests.all(interview.id))
    approved = [one for one in requests if one.decision is Decision.APPROVED]
    found = []
    for subject in Subject if approved else ():
        since = _known_since(office, interview, subject)
        mine = [one for one in approved if one.subject is subject and since is not None and _decided(one) >= since]
        if mine:
            changes = tuple(PublicChange(masked(one.after), _decided(one), masked(one.reason)) for one in mine)
            first, last = mine[0], mine[-1]
            found.append(PublicCorrection(subject.chinese, masked(first.before), masked(last.after), changes))
    return tuple(found)


def _decided(request: ChangeRequest) -> datetime:
    return request.decided_at or request.at


def _known_since(office: Office, interview: Interview, subject: Subject) -> datetime | None:
    """When the public was first told: by the published plan, of a day only where it printed one; or the preview."""
    printed = subject is not Subject.DATE or "日" in interview.when
    by_plan = _published_at(office, interview) if printed else None
    return min((moment for moment in (by_plan, interview.opened_at) if moment), default=None)


def _published_at(office: Office, interview: Interview) -> datetime | None:
    entries = office.store.journal.entries(f"plan {interview.plan}")
    return next((entry.at for entry in entries if entry.verb == "published"), None)
