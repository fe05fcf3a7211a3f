"""`microblog rehearse`: what an interview will ask of the account, before it begins."""

from collections.abc import Iterator

import typer

from microblog.cli.command import Command, new_app
from microblog.cli.desk import open_desk
from microblog.cli.parameters import Json, Number
from microblog.cli.screen import local, say, show_json, show_table
from microblog.domain.post import Verb
from microblog.service.rehearse import Rehearsal, rehearse

app = new_app("预演。")

VERBS = {Verb.SHARE: "发微博", Verb.COMMENT: "发评论", Verb.REPLY: "回复"}


@app.command("rehearse", cls=Command)
def run(number: Number, as_json: Json = False) -> None:
    """开播前预演：要发多少、用多少次接口、令牌够不够、排不排得进；有问题时退出码为 1。"""
    office = open_desk()
    found = rehearse(office, office.store.interviews.get(number))
    if as_json:
        show_json(found)
    else:
        _show(found)
    if found.warnings or not found.fits:
        raise typer.Exit(1)


def _show(found: Rehearsal) -> None:
    for line in _facts(found):
        say(line)
    rows = [
        (
            one.key,
            one.kind.chinese,
            VERBS[one.verb],
            local(one.due_at),
            local(one.sent_at) if one.sent_at else "暂缓" if one.held else "卡片",
            f"{one.length}/{one.full_length}" if one.full_length != one.length else str(one.length),
        )
        for one in found.lines
    ]
    show_table(("发布编号", "类别", "方式", "应发", "预计发出", "字数"), rows, empty="没有待发的微博")
    hours = [(local(one.start), str(one.posts), str(one.comments)) for one in found.hours]
    show_table(("时段", "微博", "评论"), hours)
    days = [(str(one.day), str(one.spent), str(one.writes), str(one.looks), str(one.left)) for one in found.days]
    show_table(("日期", "已用", "发布", "留作核实", "余下可读取"), days)
    if found.held:
        say(f"暂缓 {len(found.held)} 条，没有算在里面")
    for warning in found.warnings:
        say(f"注意：{warning}")
    if found.cards:
        say(f"要用卡片的 {len(found.cards)} 条：microblog outbox card --interview {found.interview}")


def _facts(found: Rehearsal) -> Iterator[str]:
    yield (
        f"微博 {found.posts} 条、评论 {found.parts} 条，共 {found.characters} 字；"
        f"接口约 {found.calls} 次（限额档：{found.tier}）"
    )
    slot = f"{local(found.slot[0])} 至 {local(found.slot[1])}" if found.slot else "未定"
    yield f"访谈时段：{slot}；答复预计 {local(found.ends_at)} 发完；{'排得进' if found.fits else '排不进'}"
    yield f"微博登录有效至：{local(found.login_until) if found.login_until else '平台未告知'}"
