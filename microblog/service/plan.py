"""A plan document becomes a stored draft plan and one planned interview a row."""

from typing import Any

from microblog.domain.errors import NotAllowed
from microblog.domain.interview import Form, Interview, InterviewState
from microblog.domain.plan import Plan, PlanRow
from microblog.plans import plan_as_json
from microblog.service.office import Office
from microblog.service.ports import StoredPlan

NEXT_STATE = {"draft": "submitted", "submitted": "approved", "approved": "published"}
"""A plan's way (P1): an import is always a draft; no interview task starts before approval."""

WORKING = frozenset({"approved", "published"})


def adopt(office: Office, plan: Plan, *, rule_set: str, form: Form, by: str) -> StoredPlan:
    """Keep an imported plan as a draft with its interviews; the rows as printed stay in its content.

    Raises NotAllowed when the same plan (title and year) is kept already.
    """
    title = plan.title or f"{plan.issuer}{plan.year}年访谈计划"
    if any((kept.title, kept.year) == (title, plan.year) for kept in office.store.plans.all()):
        raise NotAllowed(f"计划“{title}”已导入，请勿重复导入；如需更正请修改原计划")
    stored = office.store.plans.add(_stored(office, plan, title, rule_set))
    for row in plan.rows:
        office.store.interviews.add(planned(row, stored, plan.year, form))
    office.note(by, "import", f"plan {stored.id}", rows=len(plan.rows))
    return stored


def _stored(office: Office, plan: Plan, title: str, rule_set: str) -> StoredPlan:
    content: dict[str, Any] = plan_as_json(plan)
    return StoredPlan(0, title, plan.year or 0, plan.issuer or "", rule_set, "draft", office.clock.now(), content)


def planned(row: PlanRow, plan: StoredPlan, year: int | None, form: Form) -> Interview:
    """One row as an interview; pure. The only unit of a row leads it (A11)."""
    return Interview(
        plan=plan.id,
        no=row.no,
        topic=row.topic,
        units=row.units,
        lead=row.lead,
        rule_set=plan.rule_set,
        year=row.year or year or plan.year,
        form=form,
        when=row.when,
        months=row.months or ((row.month,) if row.month else ()),
        part=row.part,
        date=row.date,
        start=row.start,
        end=row.end,
    )


def advance_plan(office: Office, number: int, *, by: str) -> str:
    """Submit, approve or publish a plan: one step; returns the new state. Raises NotAllowed at the end of the way."""
    plan = office.store.plans.get(number)
    if plan.state not in NEXT_STATE:
        raise NotAllowed(f"计划 {number} 已公布，没有下一步")
    state = NEXT_STATE[plan.state]
    office.store.plans.set_state(number, state)
    office.note(by, state, f"plan {number}")
    return state


def working_interviews(office: Office) -> list[Interview]:
    """Interviews of approved plans that are not finished."""
    approved = {plan.id for plan in office.store.plans.all() if plan.state in WORKING}
    finished = (InterviewState.FILED, InterviewState.CANCELLED)
    return [item for item in office.store.interviews.all() if item.plan in approved and item.state not in finished]
