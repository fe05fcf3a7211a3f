"""Read models: what a page shows, gathered in one call. Nothing here changes anything."""

from dataclasses import dataclass

from microblog.domain.interview import Interview, InterviewState
from microblog.domain.people import Unit
from microblog.service.office import Office


@dataclass(frozen=True, slots=True)
class UnitBoard:
    """Units entered, and the names that plans use and nobody entered (A18)."""

    units: tuple[Unit, ...]
    unknown: tuple[str, ...]


def unit_board(office: Office) -> UnitBoard:
    """All units by name."""
    units = tuple(office.store.people.units())
    known = {name for unit in units for name in (unit.name, *unit.aliases)}
    named = {name for interview in office.store.interviews.all() for name in interview.units}
    return UnitBoard(units, tuple(sorted(named - known)))


@dataclass(frozen=True, slots=True)
class Collecting:
    """An interview and how many comments are stored of it."""

    interview: Interview
    comments: int


_WORKING_FIRST = (
    InterviewState.LIVE,
    InterviewState.COLLECTED,
    InterviewState.ANNOUNCED,
    InterviewState.SEALED,
    InterviewState.ENDED,
    InterviewState.PLANNED,
    InterviewState.FILED,
    InterviewState.CANCELLED,
)


def collecting(office: Office) -> list[Collecting]:
    """All interviews, those worked on first, then by number."""
    found = [Collecting(one, office.store.comments.pulse(one.id).count) for one in office.store.interviews.all()]
    return sorted(found, key=lambda one: (_WORKING_FIRST.index(one.interview.state), one.interview.id))
