"""The dated duties of a stored interview: its rule set applied to the date it has."""

from datetime import UTC, date, datetime

from microblog.domain.errors import NotAllowed, NotFound
from microblog.domain.interview import Interview
from microblog.domain.milestone import Milestone
from microblog.domain.period import SHANGHAI, Period
from microblog.domain.rules import RuleSet
from microblog.domain.timeline import timeline
from microblog.service.office import Office


def rule_set_of(office: Office, interview: Interview) -> RuleSet:
    """The rule set an interview is held under. Raises NotFound."""
    return rule_set_named(office, interview.rule_set)


def rule_set_named(office: Office, name: str) -> RuleSet:
    """Raises NotFound when the rule set is not among the loaded ones."""
    if name not in office.rule_sets:
        known = "、".join(sorted(office.rule_sets))
        raise NotFound(f"找不到规则“{name}”，请在 config/rules 中补充，现有：{known}")
    return office.rule_sets[name]


def period_of(interview: Interview) -> Period:
    """When the interview is held, as well as it is known."""
    return Period(
        interview.year,
        interview.months,
        interview.part,
        interview.date,
        interview.start,
        interview.end,
        interview.date_state,
    )


def milestones_of(office: Office, interview: Interview) -> tuple[Milestone, ...]:
    """All dated milestones, earliest first."""
    plan = office.store.plans.get(interview.plan)
    issued = plan.content.get("issued")
    return timeline(
        rule_set_of(office, interview),
        period_of(interview),
        is_workday=office.workdays.is_workday,
        form=interview.form,
        issued=date.fromisoformat(issued) if issued else None,
        opened_at=interview.opened_at,
    )


def milestone(office: Office, interview: Interview, name: str) -> Milestone | None:
    """One milestone by its id, or None where the rule set has none of that name."""
    return next((found for found in milestones_of(office, interview) if found.id == name), None)


def bodies_of(office: Office, interview: Interview) -> tuple[str, ...]:
    """The bodies whose seals every published word needs (P10)."""
    return tuple(role.value for role in rule_set_of(office, interview).reviewers)


def unanswered_due(office: Office, interview: Interview) -> datetime | None:
    """Until when questions left open must be answered, in UTC; None while the interview has no date or rule."""
    found = milestone(office, interview, "unanswered")
    return found.due.astimezone(UTC) if found and found.due else None


def event_hours(interview: Interview) -> tuple[datetime, datetime]:
    """Start and end of the interview in UTC. Raises NotAllowed while day or hours are missing."""
    if interview.date is None or interview.start is None or interview.end is None:
        raise NotAllowed(
            f"第{interview.no}期“{interview.topic}”还没有确定日期和时段，请先用 microblog interview date 设定"
        )
    start, end = (
        datetime.combine(interview.date, at, SHANGHAI).astimezone(UTC) for at in (interview.start, interview.end)
    )
    return start, end
