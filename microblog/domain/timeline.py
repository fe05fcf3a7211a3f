"""From a rule set and a period to dated milestones, and what moves when the period changes.

A month stays a window until a person names a day (A6): both ends are computed, no date is invented.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from microblog.domain.interview import Form
from microblog.domain.milestone import Milestone, chinese_day
from microblog.domain.offset import IsWorkday, next_workday, previous_workday
from microblog.domain.period import Period, shanghai_day
from microblog.domain.rules import Anchor, MilestoneRule, Roll, RuleSet


@dataclass(frozen=True, slots=True)
class _Span:
    """First and last possible day; firm: no longer waits for the interview date to be confirmed."""

    first: date
    last: date
    firm: bool


def timeline(
    rule_set: RuleSet,
    when: Period,
    *,
    is_workday: IsWorkday,
    form: Form | None = None,
    issued: date | None = None,
    opened_at: datetime | None = None,
) -> tuple[Milestone, ...]:
    """The dated milestones of one interview, earliest first, undated ones last in the order of the rules.

    form: the rule set's usual one unless named. issued: day the plan came out. opened_at: aware moment
    the question channel really opened. Raises InvalidInput for a form the rule set does not know.
    """
    bounds = when.bounds
    spans: dict[str, _Span | None] = {
        Anchor.INTERVIEW: _Span(*bounds, when.firm) if bounds else None,
        Anchor.PLAN: _Span(issued, issued, True) if issued else None,
    }
    milestones = []
    for rule in rule_set.milestones_of(form or rule_set.forms[0]):
        span = _shifted(spans[rule.anchor], rule, is_workday)
        spans[rule.id] = span
        if rule.id == "preview":
            spans[Anchor.OPENING] = _opening(opened_at) or span
        hours = (when.start, when.end) if rule.id == Anchor.INTERVIEW else (rule.start, rule.end)
        milestone = _undated(rule, rule_set.roles[rule.owner], hours)
        milestones.append(_dated(milestone, span, _proposal(rule, span, is_workday), issued) if span else milestone)
    return tuple(sorted(milestones, key=lambda milestone: milestone.last or date.max))


def _opening(opened_at: datetime | None) -> _Span | None:
    if opened_at is None:
        return None
    day = shanghai_day(opened_at)
    return _Span(day, day, True)


def _shifted(span: _Span | None, rule: MilestoneRule, is_workday: IsWorkday) -> _Span | None:
    if span is None:
        return None

    def shift(day: date) -> date:
        due = rule.offset.day_from(day, is_workday)
        return next_workday(due, is_workday) if rule.rolling is Roll.NEXT else due

    return _Span(shift(span.first), shift(span.last), span.firm)


def _proposal(rule: MilestoneRule, span: _Span | None, is_workday: IsWorkday) -> date | None:
    """The working day before an exact due day that is none (A3)."""
    if span is None or span.first != span.last or rule.rolling is not Roll.PROPOSE or is_workday(span.last):
        return None
    return previous_workday(span.last, is_workday)


def _undated(rule: MilestoneRule, owner_title: str, hours: tuple[time | None, time | None]) -> Milestone:
    start, end = hours
    return Milestone(
        id=rule.id,
        title=rule.title,
        owner=rule.owner.value,
        owner_title=owner_title,
        first=None,
        last=None,
        start=start,
        end=end,
        hard=rule.hard,
        provisional=True,
    )


def _dated(milestone: Milestone, span: _Span, proposed: date | None, issued: date | None) -> Milestone:
    return replace(
        milestone,
        first=span.first,
        last=span.last,
        provisional=not span.firm,
        proposed=proposed,
        overdue_at_import=issued is not None and span.last < issued,
    )


def usual_period(rule_set: RuleSet, when: Period) -> Period | None:
    """The provisional date the rule set's standing slot proposes for a single month; None where it has no say."""
    if rule_set.slot is None or when.exact or len(when.months) != 1:
        return None
    slot = rule_set.slot
    day = slot.day_in(when.year, when.months[0])
    return when.held(day, slot.start, slot.end) if day in when.days() else None


def first_punctual_day(
    rule_set: RuleSet, when: Period, *, is_workday: IsWorkday, issued: date, form: Form | None = None
) -> date | None:
    """The first working day of the period that leaves nothing due before the plan was issued (A8)."""

    def punctual(day: date) -> bool:
        dated = timeline(rule_set, when.held(day), is_workday=is_workday, form=form, issued=issued)
        return not any(milestone.overdue_at_import for milestone in dated)

    return next((day for day in when.days() if is_workday(day) and punctual(day)), None)


def last_day_to_change(rule_set: RuleSet, day: date, *, is_workday: IsWorkday) -> date | None:
    """Until when another date than `day` may be asked for; None where the rule set sets no notice."""
    notice = rule_set.change_notice
    return notice.day_from(day, is_workday) if notice else None


@dataclass(frozen=True, slots=True)
class Move:
    """A milestone whose due time changed."""

    before: Milestone
    after: Milestone

    @property
    def chinese(self) -> str:
        """What moved, from when to when, by how many days where both are exact, and what is proposed instead."""
        proposed = self.after.proposed
        hint = f"；当日非工作日，建议在{chinese_day(proposed)}完成" if proposed else ""
        times = f"由{self.before.chinese}改为{self.after.chinese}"
        return f"{self.after.title}：{times}{_distance(self.before.day, self.after.day)}{hint}"


def _distance(before: date | None, after: date | None) -> str:
    if before is None or after is None or before == after:
        return ""
    days = (after - before).days
    return f"（{'推后' if days > 0 else '提前'}{abs(days)}天）"


def moved(before: Sequence[Milestone], after: Sequence[Milestone]) -> tuple[Move, ...]:
    """The milestones of both lists whose due time differs, in the order of `after`.

    Confirming a provisional date without changing it moves nothing.
    """
    old = {milestone.id: milestone for milestone in before}
    pairs = [Move(old[milestone.id], milestone) for milestone in after if milestone.id in old]
    return tuple(move for move in pairs if _times(move.before) != _times(move.after))


def _times(milestone: Milestone) -> tuple[date | time | None, ...]:
    return (milestone.first, milestone.last, milestone.start, milestone.end)
