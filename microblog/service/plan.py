"""A plan document becomes a stored draft plan and one planned interview a row."""

import json
from typing import Any

from microblog.domain.errors import NotAllowed
from microblog.domain.interview import DateState, Form, Interview, InterviewState
from microblog.domain.plan import Plan, PlanRow, Proposal
from microblog.plans import plan_as_json
from microblog.service.dates import rule_set_named
from microblog.service.office import Office
from microblog.service.ports import StoredPlan

NEXT_STATE = {"draft": "submitted", "submitted": "approved", "approved": "published"}
"""A plan's way (P1): an import is always a draft; no interview task starts before approval."""

_KEPT_ALREADY = "计划“{}”已导入，请勿重复导入；如需更正请修改原计划"

WORKING = frozenset({"approved", "published"})


def adopt(office: Office, plan: Plan, *, rule_set: str, form: Form, by: str) -> StoredPlan:
    """Keep an imported plan as a draft with its interviews; the rows as printed stay in its content.

    Interviews named only in prose become drafts without a date. An import that was cut short is completed. Raises
    NotAllowed when the plan (title and year) is kept already or no year can be told, NotFound on unknown rules.
    """
    if plan.year is None:
        raise NotAllowed("文件里看不出是哪一年的计划，请在标题中写明年份后重新导入")
    rule_set_named(office, rule_set)
    title = plan.title or f"{plan.issuer}{plan.year}年访谈计划"
    kept = _kept(office, plan, title)
    stored = kept or office.store.plans.add(_stored(office, plan, title, rule_set))
    interviews = [planned(row, stored, form) for row in plan.rows]
    interviews += [
        drafted(number, item, stored, form) for number, item in enumerate(plan.proposed, len(interviews) + 1)
    ]
    there = sum(item.plan == stored.id for item in office.store.interviews.all())
    if kept is not None and there >= len(interviews):
        raise NotAllowed(_KEPT_ALREADY.format(title))
    for interview in interviews[there:]:
        office.store.interviews.add(interview)
    office.note(by, "import", f"plan {stored.id}", interviews=len(interviews))
    return stored


def _kept(office: Office, plan: Plan, title: str) -> StoredPlan | None:
    """The same document as kept before. Raises NotAllowed when another one has this title and year."""
    found = next((kept for kept in office.store.plans.all() if (kept.title, kept.year) == (title, plan.year)), None)
    if found is not None and found.content != json.loads(json.dumps(plan_as_json(plan))):
        raise NotAllowed(_KEPT_ALREADY.format(title))
    return found


def _stored(office: Office, plan: Plan, title: str, rule_set: str) -> StoredPlan:
    content: dict[str, Any] = plan_as_json(plan)
    return StoredPlan(0, title, plan.year or 0, plan.issuer, rule_set, "draft", office.clock.now(), content)


def planned(row: PlanRow, plan: StoredPlan, form: Form) -> Interview:
    """One row as an interview; pure. The year is the cell's own, else the plan's (A22)."""
    when = row.time
    return Interview(
        plan=plan.id,
        no=row.no,
        topic=row.topic,
        units=row.units,
        lead=row.lead,
        rule_set=plan.rule_set,
        year=when.year or plan.year,
        form=form,
        when=when.printed,
        months=when.months,
        part=when.part,
        date=when.day,
        date_state=DateState.PROVISIONAL if when.day else DateState.NONE,
        start=when.start,
        end=when.end,
    )


def drafted(number: int, proposal: Proposal, plan: StoredPlan, form: Form) -> Interview:
    """An interview named only in prose, as a draft without a date; pure (G21)."""
    return Interview(
        plan=plan.id,
        no=number,
        topic=proposal.theme,
        units=(proposal.unit,),
        lead=proposal.unit,
        rule_set=plan.rule_set,
        year=plan.year,
        form=proposal.form or form,
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
