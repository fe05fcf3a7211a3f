"""A Plan as the JSON of `microblog plan import FILE --json`: the field names other tools rely on."""

from typing import Any

from microblog.domain.plan import Damage, Frequency, Plan, PlanRow, RuleValue

_COUNT_WORDS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
_PART_WORDS = {"上旬": "first ten days", "中旬": "middle ten days", "下旬": "last ten days"}


def plan_as_json(plan: Plan) -> dict[str, Any]:
    """Values cleaned and simplified; dates as `2025-04-17`, hours as `09:00`, what is not known as null.

    Fields that seldom apply (`months`, `part`, `note`, `leads_marked`, `period`, …) are left out where they do not.
    """
    return {
        "year": plan.year,
        "title": plan.title,
        "issuer": plan.issuer,
        "issued": plan.issued.isoformat() if plan.issued else None,
        "layout": plan.layout,
        **_scope(plan),
        "rules": {name: _rule(value) for name, value in plan.rules.items()},
        "rows": [_row(row, plan.year) for row in plan.rows],
        "proposed": [
            {"form": one.form.chinese if one.form else "在线访谈", "theme": one.theme, "unit": one.unit}
            for one in plan.proposed
        ],
        "counts": [{"what": one.what, "stated": one.stated, "found": one.found} for one in plan.counts],
        "damage": [_damage(one) for one in plan.damage],
        "warnings": list(plan.warnings),
    }


def _scope(plan: Plan) -> dict[str, Any]:
    scope: dict[str, Any] = {}
    if plan.months:
        scope["period"] = [f"{year:04}-{month:02}" for year, month in plan.months]
    if plan.frequency:
        scope["frequency"] = _frequency(plan.frequency)
        scope["frequency_as_printed"] = plan.frequency.printed
    if plan.proposed:
        stated = sum(one.stated for one in plan.counts)
        scope |= {"unit_count_stated": stated} if plan.counts else {}
        scope["units_invited"] = [one.unit for one in plan.proposed]
    return scope


def _frequency(frequency: Frequency) -> str:
    """In English words, as machines compare it: `at least one a month, in the middle ten days`."""
    count = _COUNT_WORDS.get(frequency.count, str(frequency.count))
    text = f"{'at least ' if frequency.at_least else ''}{count} a {frequency.per}"
    return f"{text}, in the {_PART_WORDS[frequency.part]}" if frequency.part else text


def _rule(value: RuleValue) -> int | list[str]:
    return value if isinstance(value, int) else list(value)


def _row(row: PlanRow, plan_year: int | None) -> dict[str, Any]:
    when = row.time
    return {
        "no": row.no,
        "when": when.printed,
        "month": when.month,
        "date": when.day.isoformat() if when.day else None,
        "start": f"{when.start:%H:%M}" if when.start else None,
        "end": f"{when.end:%H:%M}" if when.end else None,
        "topic": row.topic,
        "units": list(row.units),
        "lead_marked": row.lead_marked,
        **_seldom(row, plan_year),
        "topic_as_printed": row.topic_as_printed,
        "units_as_printed": row.units_as_printed,
    }


def _seldom(row: PlanRow, plan_year: int | None) -> dict[str, Any]:
    """Fields that are left out where they say nothing."""
    when = row.time
    fields: dict[str, Any] = {
        "year": when.year if when.year != plan_year else None,
        "months": list(when.months) if len(when.months) > 1 else None,
        "part": when.part,
        "detail": when.detail,
        "note": row.note,
        "guest": row.guest,
        "leads_marked": list(row.leads_marked) if len(row.leads_marked) > 1 else None,
    }
    kept = {name: value for name, value in fields.items() if value}
    return kept if row.no_printed else {**kept, "no_printed": False}


def _damage(damage: Damage) -> dict[str, Any]:
    return {
        "kind": damage.kind,
        "count": damage.count,
        "examples": list(damage.examples),
        "repaired": damage.repaired,
    }
