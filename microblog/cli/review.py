"""`microblog review`: what a body still has to read, its yes and its no."""

from typing import Annotated

import typer

from microblog.cli.command import Command, new_app
from microblog.cli.desk import open_desk
from microblog.cli.keys import read_key
from microblog.cli.parameters import Json, Number
from microblog.cli.screen import say, show_json
from microblog.domain.errors import InvalidInput
from microblog.domain.interview import Interview
from microblog.service.dates import rule_set_of
from microblog.service.office import Office
from microblog.service.public_words import Pending
from microblog.service.review import approve, pending, reject

app = new_app("审核。")


@app.command("review", cls=Command)
def review(
    number: Number,
    *,
    role: Annotated[str, typer.Option("--as", metavar="单位", help="以哪个审核单位的身份，代号或名称均可。")],
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="审核人；盖章或退回时必填。")] = "",
    approved: Annotated[bool, typer.Option("--approve", help="盖章：对列出的原文负责。")] = False,
    note: Annotated[str, typer.Option("--reject", metavar="意见", help="退回访谈稿并写明意见。")] = "",
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="事项", help="只看或只盖这一项，可多次。")
    ] = None,
    as_json: Json = False,
) -> None:
    """列出待审的原文；--approve 盖章，--reject 退回。自己写的文字须由他人审核。"""
    if approved and note:
        raise typer.BadParameter("--approve 和 --reject 只能选一个")
    if (approved or note) and not by.strip():
        raise typer.BadParameter("盖章或退回须写明审核人：--by 姓名")
    office = open_desk()
    interview = office.store.interviews.get(number)
    body = body_named(office, interview, role)
    waiting = _wanted(pending(office, interview, body), only)
    if note:
        script = reject(office, interview, body=body, by=by, note=note)
        say(f"访谈稿第 {script.version} 版已退回，等待修改")
    elif approved:
        seals = approve(office, interview, body=body, by=by, subjects=[item.subject for item in waiting])
        say(f"已盖章 {seals} 项")
    else:
        _show(waiting, as_json=as_json)


def body_named(office: Office, interview: Interview, name: str) -> str:
    """A reviewing body by its id or its Chinese name. Raises InvalidInput listing those of this interview."""
    rules = rule_set_of(office, interview)
    for role in rules.reviewers:
        if name in (role.value, rules.roles[role]):
            return role.value
    known = "、".join(f"{role.value}（{rules.roles[role]}）" for role in rules.reviewers)
    raise InvalidInput(f"“{name}”不是第 {interview.id} 号访谈的审核单位，可用：{known}")


def _wanted(waiting: list[Pending], only: list[str] | None) -> list[Pending]:
    """All, or those named. Raises InvalidInput for a name that waits for nothing."""
    if not only:
        return waiting
    subjects = {item.subject for item in waiting}
    named = [name if name in subjects else _short(name) for name in only]
    for name in named:
        if name not in subjects:
            raise InvalidInput(f"“{name}”没有待审的文字，请先不加 --only 查看")
    return [item for item in waiting if item.subject in named]


def _short(name: str) -> str:
    try:
        return read_key(name)
    except InvalidInput:
        return name


def _show(waiting: list[Pending], *, as_json: bool) -> None:
    if as_json:
        show_json(waiting)
        return
    for item in waiting:
        say(f"── {item.subject}（撰写：{item.author}）")
        say(item.text)
        say()
    say(f"共 {len(waiting)} 项待审" if waiting else "没有待审的文字")
