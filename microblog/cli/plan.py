"""`microblog plan …`: the year's plan, from the document to publication."""

from pathlib import Path
from typing import Annotated, Any

import typer

from microblog.cli.command import Command, new_app
from microblog.cli.desk import open_desk, open_rules
from microblog.cli.parameters import ByLogin, Json, PlanNumber
from microblog.cli.plan_files import read, write_yaml
from microblog.cli.plan_view import show_plan
from microblog.cli.screen import local, plain, say, show_json, show_table
from microblog.cli.titles import PLAN_STATES
from microblog.domain.errors import InvalidInput, NotAllowed
from microblog.domain.interview import Form
from microblog.domain.plan import Plan
from microblog.plans import plan_as_json
from microblog.service.plan import NEXT_STATE, adopt, advance_plan
from microblog.service.ports import StoredPlan

app = new_app("年度计划：导入、查看、报送、批准、公布。")

Files = Annotated[
    list[Path], typer.Argument(metavar="文件", help="计划文件：txt、docx、xlsx、html，或 schedules 里的 yaml。")
]


@app.command("import", cls=Command)
def import_files(
    files: Files,
    *,
    as_json: Json = False,
    rules: Annotated[str | None, typer.Option("--rules", metavar="规则", help="config/rules 里的规则名。")] = None,
    form: Annotated[Form, typer.Option("--form", help="各期访谈的形式。")] = Form.WEIBO,
    save: Annotated[bool, typer.Option("--save", help="存为计划草稿；不加则只看不存。")] = False,
    yaml: Annotated[
        Path | None, typer.Option("--yaml", metavar="文件", help="另存为可修改的 yaml（一次一个文件）。")
    ] = None,
    by: ByLogin,
) -> None:
    """读取计划文件并显示读到的内容；加 --save 才存入数据库。"""
    if yaml is not None and len(files) > 1:
        raise InvalidInput("--yaml 一次只能转一个文件，请分别运行")
    plans = [read(file) for file in files]
    if as_json:
        contents = [plan_as_json(plan) for plan in plans]
        show_json(contents[0] if len(contents) == 1 else contents)
    else:
        for file, plan in zip(files, plans, strict=True):
            show_plan(plan_as_json(plan), source=file.name)
    if yaml is not None:
        write_yaml(plans[0], yaml, rules=rules)
    if save:
        _save(plans, rules, form, by, quiet=as_json)


def _save(plans: list[Plan], rules: str | None, form: Form, by: str, *, quiet: bool) -> None:
    known = open_rules()
    named = [known.named(rules or plan.rule_set).name for plan in plans]
    office = open_desk()
    for plan, rule_set in zip(plans, named, strict=True):
        stored = adopt(office, plan, rule_set=rule_set, form=form, by=by)
        if not quiet:
            say(f"已存为计划 {stored.id}（草稿，规则 {rule_set}）；核对后用 microblog plan submit {stored.id} 报送")


@app.command("list", cls=Command)
def list_plans(as_json: Json = False) -> None:
    """列出全部计划。"""
    plans = open_desk().store.plans.all()
    if as_json:
        show_json([without_content(plan) for plan in plans])
        return
    rows = [
        (
            str(plan.id),
            str(plan.year or "未写明"),
            plan.title,
            plan.issuer,
            plan.rule_set,
            PLAN_STATES[plan.state],
            local(plan.imported_at),
        )
        for plan in plans
    ]
    columns = ("编号", "年度", "名称", "发文机关", "规则", "状态", "导入时间")
    show_table(columns, rows, empty="还没有计划，请用 microblog plan import 文件 --save 导入")


def without_content(plan: StoredPlan) -> dict[str, Any]:
    """A stored plan as plain values but for its rows, which `plan show` gives."""
    return {name: value for name, value in plain(plan).items() if name != "content"}


@app.command("show", cls=Command)
def show(number: PlanNumber, as_json: Json = False) -> None:
    """显示一个计划的全部内容。"""
    plan = open_desk().store.plans.get(number)
    if as_json:
        show_json(plan)
        return
    show_plan(plan.content, source=f"计划 {plan.id}（{PLAN_STATES[plan.state]}，规则 {plan.rule_set}）")


@app.command("submit", cls=Command)
def submit(number: PlanNumber, *, by: ByLogin) -> None:
    """报送计划草稿，等主办单位批准。"""
    _advance(number, "submitted", by)


@app.command("approve", cls=Command)
def approve(number: PlanNumber, *, by: ByLogin) -> None:
    """批准已报送的计划；批准后各期访谈开始按期办理。"""
    _advance(number, "approved", by)


@app.command("publish", cls=Command)
def publish(number: PlanNumber, *, by: ByLogin) -> None:
    """登记计划已向社会公布。"""
    _advance(number, "published", by)


def _advance(number: int, wanted: str, by: str) -> None:
    """Only the step named: the service takes whichever comes next."""
    office = open_desk()
    plan = office.store.plans.get(number)
    if NEXT_STATE.get(plan.state) != wanted:
        raise NotAllowed(f"计划 {number} 现在是“{PLAN_STATES[plan.state]}”，不能改为“{PLAN_STATES[wanted]}”")
    say(f"计划 {number}：{PLAN_STATES[plan.state]} → {PLAN_STATES[advance_plan(office, number, by=by)]}")
