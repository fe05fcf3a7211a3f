"""A plan on the terminal: its rows, what only its prose names, and what a person should look at."""

from collections.abc import Iterable, Mapping
from typing import Any

from microblog.cli.rule_titles import rule_title
from microblog.cli.screen import say, show_table


def show_plan(plan: Mapping[str, Any], *, source: str) -> None:
    """Show a plan given as the JSON of `plan_as_json`."""
    say(f"{source}：{plan['title'] or '未写标题'}")
    say(f"年度 {plan['year'] or '未写明'} · 发文 {plan['issuer'] or '未写明'} · 日期 {plan['issued'] or '未写明'}")
    if plan["rows"]:
        rows = [(str(row["no"]), row["when"], row["topic"], _units(row)) for row in plan["rows"]]
        show_table(("序号", "时间", "主题", "责任单位（★ 为第一责任单位）"), rows)
    if plan["proposed"]:
        proposed = [(one["form"], one["unit"], one["theme"]) for one in plan["proposed"]]
        show_table(("形式", "单位", "主题"), proposed, title="正文提到、时间待定的访谈")
    for line in _remarks(plan):
        say(line)


def _units(row: Mapping[str, Any]) -> str:
    units = row["units"]
    marked = row.get("leads_marked") or [row["lead_marked"] or (units[0] if len(units) == 1 else None)]
    return "、".join(f"★{unit}" if unit in marked else unit for unit in units)


def _remarks(plan: Mapping[str, Any]) -> Iterable[str]:
    yield f"共 {len(plan['rows'])} 期" + (f"，另有 {len(plan['proposed'])} 期拟办" if plan["proposed"] else "")
    for name, value in plan["rules"].items():
        yield f"规定：{rule_title(name, value)}"
    for count in plan["counts"]:
        agrees = "一致" if count["stated"] == count["found"] else "不一致"
        yield f"核对：{count['what']} 文中写明 {count['stated']}，实际 {count['found']}，{agrees}"
    for warning in plan["warnings"]:
        yield f"注意：{warning}"
