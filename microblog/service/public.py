"""What the public may see: only what is published, every field named here on purpose, numbers of persons starred.

An interview is public once its plan is published or its preview is out. Its guests, host and introduction are public
with the preview, as long as they read as the bodies sealed them; questions once both bodies sealed the script; an
answer once all of its parts are on the platform. A change of topic or time is shown as a correction (G12).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from microblog.domain.errors import NotFound
from microblog.domain.interview import Interview, InterviewState
from microblog.domain.milestone import Milestone
from microblog.domain.request import Subject
from microblog.papers.facts import facts, held
from microblog.service.ask import channel_line, is_open
from microblog.service.calendar_file import Agenda, calendar_of
from microblog.service.dates import event_hours, milestones_of
from microblog.service.office import Office
from microblog.service.public_changes import PublicCorrection, public_corrections
from microblog.service.public_words import page_is_sealed
from microblog.service.shown import masked

PUBLIC_MILESTONES = ("preview", "channel-close", "interview")
SHOWN_LIVE = (InterviewState.LIVE, InterviewState.ENDED, InterviewState.FILED)
OVER = (InterviewState.ENDED, InterviewState.FILED)
UNSEALED = {"guests": (), "host": "", "introduction": ""}
"""What a page says without the bodies' seals."""


class Stage(StrEnum):
    """Where an interview is, as the public needs to know it."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    LIVE = "live"
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def chinese(self) -> str:
        """The Chinese name."""
        return _STAGES[self.value]


_STAGES = {
    "planned": "待预告",
    "open": "正在征集",
    "closed": "征集结束",
    "live": "正在访谈",
    "done": "历史回顾",
    "cancelled": "已取消",
}


@dataclass(frozen=True, slots=True)
class PublicInterview:
    """One interview as it may be shown. when: as printed. facts: title and value; comments: received so far.

    in_review: guests, host and introduction were changed and are not shown until they are sealed again.
    """

    id: int
    no: int
    year: int
    topic: str
    when: str
    form: str
    units: tuple[str, ...]
    lead: str | None
    stage: Stage
    stage_title: str
    channel: str
    opened_at: datetime | None
    closes_at: datetime | None
    starts_at: datetime | None
    ends_at: datetime | None
    facts: tuple[tuple[str, str], ...]
    introduction: str
    comments: int
    has_record: bool
    is_over: bool
    in_review: bool
    corrections: tuple[PublicCorrection, ...]


def public_years(office: Office) -> tuple[int, ...]:
    """The years that have something to show, newest first."""
    return tuple(sorted({item.year for item in _visible(office)}, reverse=True))


def public_interviews(office: Office, year: int | None = None) -> tuple[PublicInterview, ...]:
    """The interviews of a year, or all, by plan and number."""
    found = [item for item in _visible(office) if year in (None, item.year)]
    return tuple(public_view(office, item) for item in sorted(found, key=lambda one: (one.plan, one.no)))


def public_interview(office: Office, number: int) -> Interview:
    """The stored interview, if it may be shown. Raises NotFound otherwise, whether or not it exists."""
    found = next((item for item in _visible(office) if item.id == number), None)
    if found is None:
        raise NotFound("没有这期访谈，或尚未公布；请从首页进入")
    return found


def public_view(office: Office, interview: Interview) -> PublicInterview:
    """The interview as it may be shown now."""
    announced = interview.opened_at is not None
    stage = stage_of(office, interview)
    corrections = public_corrections(office, interview)
    dated = announced or any(one.title == Subject.DATE.chinese for one in corrections)
    hours = event_hours(interview) if announced else (None, None)
    shown = announced and page_is_sealed(office, interview)
    known = interview.evolve(**{} if shown else UNSEALED, **{} if dated else {"date": None})
    return PublicInterview(
        id=interview.id,
        no=interview.no,
        year=interview.year,
        topic=masked(interview.topic),
        when=held(known),
        form=interview.form.chinese,
        units=tuple(masked(unit) for unit in interview.units),
        lead=masked(interview.lead) if interview.lead else None,
        stage=stage,
        stage_title=stage.chinese,
        channel=channel_line(office, interview),
        opened_at=interview.opened_at,
        closes_at=interview.closes_at,
        starts_at=hours[0],
        ends_at=hours[1],
        facts=_facts(known),
        introduction=masked(known.introduction),
        comments=office.store.comments.arrived(interview.id, None),
        has_record=interview.state in SHOWN_LIVE,
        is_over=interview.state in OVER,
        in_review=announced and not shown,
        corrections=corrections,
    )


def _facts(interview: Interview) -> tuple[tuple[str, str], ...]:
    """All but the topic, which is the page's headline."""
    return tuple((title, masked(value)) for title, value in facts(interview)[1:])


def stage_of(office: Office, interview: Interview) -> Stage:
    """What the public is told of the state."""
    if is_open(office, interview):
        return Stage.OPEN
    return {
        InterviewState.PLANNED: Stage.PLANNED,
        InterviewState.LIVE: Stage.LIVE,
        InterviewState.ENDED: Stage.DONE,
        InterviewState.FILED: Stage.DONE,
        InterviewState.CANCELLED: Stage.CANCELLED,
    }.get(interview.state, Stage.CLOSED)


def public_calendar(office: Office, interviews: tuple[Interview, ...], *, name: str) -> bytes:
    """Preview, end of the channel, and interview, as a calendar file."""
    agendas = [
        Agenda(f"interview-{item.id}", f"第{item.no}期 {masked(item.topic)}", _public_milestones(office, item))
        for item in interviews
    ]
    # The stamp is the last change of what is shown, not the time of asking: the file stays the same for caches.
    stamp = max((plan.imported_at for plan in office.store.plans.all()), default=office.clock.now())
    return calendar_of(agendas, name=name, stamp=stamp)


def visible_interviews(office: Office) -> tuple[Interview, ...]:
    """Those that may be shown, as stored."""
    return tuple(_visible(office))


def _public_milestones(office: Office, interview: Interview) -> tuple[Milestone, ...]:
    if interview.state is InterviewState.CANCELLED:
        return ()
    return tuple(
        replace(found, overdue_at_import=False, proposed=None)
        for found in milestones_of(office, interview)
        if found.id in PUBLIC_MILESTONES
    )


def _visible(office: Office) -> list[Interview]:
    published = _published(office)
    return [item for item in office.store.interviews.all() if _is_visible(item, published)]


def _is_visible(interview: Interview, published: frozenset[int]) -> bool:
    return interview.plan in published or interview.opened_at is not None


def _published(office: Office) -> frozenset[int]:
    return frozenset(plan.id for plan in office.store.plans.all() if plan.state == "published")
