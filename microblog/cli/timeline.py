"""`microblog timeline`: the dated duties of a plan in a file, a stored plan or one interview."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from microblog.cli.command import Command, new_app
from microblog.cli.desk import Rules, open_desk, open_rules
from microblog.cli.parameters import Json
from microblog.cli.plan_files import read
from microblog.cli.screen import Cell, say, show_json, show_table, warn
from microblog.cli.titles import status_cell
from microblog.domain.interview import Form, Interview
from microblog.domain.milestone import Milestone, milestone_as_json, status_on
from microblog.domain.timeline import timeline as dated
from microblog.service.calendar_file import Agenda, calendar_of
from microblog.service.dates import milestones_of, period_of
from microblog.service.plan import planned
from microblog.service.ports import StoredPlan
from microblog.service.workdays import Workdays

app = new_app("时间表。")


@dataclass(frozen=True, slots=True)
class Duties:
    """One interview with its milestones. key: stable, for calendar programs."""

    key: str
    interview: Interview
    milestones: tuple[Milestone, ...]

    @property
    def title(self) -> str:
        """`第 3 期 消防安全`."""
        return f"第 {self.interview.no} 期 {self.interview.topic}"

    def done_at(self, milestone: Milestone) -> datetime | None:
        """When a milestone was done, as far as the interview itself records it."""
        one = self.interview
        return {"preview": one.opened_at, "introduction": one.opened_at, "interview": one.ended_at}.get(milestone.id)


@app.command("timeline", cls=Command)
def timeline(
    source: Annotated[str, typer.Argument(metavar="来源", help="计划文件或 yaml；访谈编号如 3；已存计划如 plan/1。")],
    as_json: Json = False,
    ics: Annotated[Path | None, typer.Option("--ics", metavar="文件", help="另存为日历文件（.ics）。")] = None,
    rules: Annotated[
        str | None, typer.Option("--rules", metavar="规则", help="config/rules 里的规则名，仅用于计划文件。")
    ] = None,
    form: Annotated[Form, typer.Option("--form", help="访谈形式，仅用于计划文件。")] = Form.WEIBO,
) -> None:
    """列出各项工作的期限与状态；只有月份的不编造日期，给出最早到最晚的范围。"""
    workdays = Workdays()
    duties = _stored(source) if _is_number(source) else _in_file(Path(source), open_rules(), rules, form, workdays)
    now = datetime.now(UTC)
    for warning in workdays.warnings:
        warn(f"注意：{warning}")
    if as_json:
        show_json([_as_json(each, now) for each in duties])
    else:
        _show(duties, now)
    if ics is not None:
        ics.write_bytes(calendar_of([_agenda(each) for each in duties], name=Path(source).stem, stamp=now))
        warn(f"日历已写到 {ics}")


def _is_number(source: str) -> bool:
    return source.removeprefix("plan/").isdigit()


def _stored(source: str) -> list[Duties]:
    office = open_desk()
    number = int(source.removeprefix("plan/"))
    if source.startswith("plan/"):
        office.store.plans.get(number)
        interviews = [one for one in office.store.interviews.all() if one.plan == number]
    else:
        interviews = [office.store.interviews.get(number)]
    return [Duties(f"interview-{one.id}", one, milestones_of(office, one)) for one in interviews]


def _in_file(file: Path, known: Rules, named: str | None, form: Form, workdays: Workdays) -> list[Duties]:
    plan = read(file)
    rule_set = known.named(named or plan.rule_set)
    paper = StoredPlan(0, plan.title, plan.year or 0, plan.issuer, rule_set.name, "draft", datetime.now(UTC), {})
    return [
        Duties(
            f"{file.stem}-{row.no}",
            interview := planned(row, paper, form),
            dated(rule_set, period_of(interview), is_workday=workdays.is_workday, form=form, issued=plan.issued),
        )
        for row in plan.rows
    ]


def _show(duties: Sequence[Duties], now: datetime) -> None:
    for each in duties:
        rows = [_row(milestone, each.done_at(milestone), now) for milestone in each.milestones]
        show_table(("期限", "事项", "责任单位", "状态", "说明"), rows, title=each.title)
    if not duties:
        say("没有访谈：计划里没有安排表，无从排期")


def _row(milestone: Milestone, done_at: datetime | None, now: datetime) -> tuple[Cell, ...]:
    remarks = [] if milestone.hard else ["建议"]
    remarks += ["暂定"] if milestone.provisional and milestone.day else []
    remarks += [f"非工作日，建议 {milestone.proposed} 完成"] if milestone.proposed else []
    status = status_cell(status_on(milestone, now, done_at))
    return milestone.chinese, milestone.title, milestone.owner_title, status, "；".join(remarks)


def _as_json(duties: Duties, now: datetime) -> dict[str, object]:
    return {
        "interview": duties.interview.id or None,
        "no": duties.interview.no,
        "topic": duties.interview.topic,
        "milestones": [milestone_as_json(one, now, duties.done_at(one)) for one in duties.milestones],
    }


def _agenda(duties: Duties) -> Agenda:
    return Agenda(duties.key, duties.title, duties.milestones)
