"""`microblog interview …`: dates, papers and the preview of one interview."""

from collections.abc import Iterable
from datetime import date, time
from typing import Annotated

import typer

from microblog.cli.command import Command, new_app
from microblog.cli.desk import open_desk
from microblog.cli.parameters import ByLogin, Json, Number, parse_day, parse_guest, parse_hour, words_of
from microblog.cli.screen import local, one_line, plain, say, show_json, show_table
from microblog.cli.titles import state_cell
from microblog.domain.interview import DateState, Guest, Interview
from microblog.service.announce import announce, prepare, set_date
from microblog.service.collect import ledger
from microblog.service.draft import latest_script
from microblog.service.office import Office
from microblog.service.posts import chinese_guests

app = new_app("访谈：查看、定日期、备材料、发预告。")

_DATE_STATES = {DateState.NONE: "未定", DateState.PROVISIONAL: "暂定", DateState.CONFIRMED: "已确定"}


@app.command("list", cls=Command)
def list_interviews(as_json: Json = False) -> None:
    """列出全部访谈。"""
    interviews = open_desk().store.interviews.all()
    if as_json:
        show_json(interviews)
        return
    rows = [
        (
            str(one.id),
            str(one.plan),
            str(one.no),
            one.topic,
            one.lead or "待定",
            one.form.chinese,
            held(one),
            one.state.chinese,
        )
        for one in interviews
    ]
    columns = ("编号", "计划", "期号", "主题", "第一责任单位", "形式", "时间", "状态")
    show_table(columns, rows, empty="还没有访谈，请先用 microblog plan import 文件 --save 导入计划")


@app.command("show", cls=Command)
def show(number: Number, as_json: Json = False) -> None:
    """显示一期访谈的全部情况。"""
    office = open_desk()
    interview = office.store.interviews.get(number)
    posts = office.store.outbox.posts(interview=number)
    script = latest_script(office, interview)
    if as_json:
        show_json({**plain(interview), "script": script and script.state, "posts": posts})
        return
    for line in _facts(interview):
        say(line)
    if interview.opened_at:
        say(_completeness(office, interview))
    say(f"访谈稿：{f'第 {script.version} 版，{script.state.chinese}' if script else '未起草'}")
    rows = [(post.key, state_cell(post.state), local(post.due_at)) for post in posts]
    show_table(("发布编号", "状态", "应发"), rows, empty="发布：还没有")


def _completeness(office: Office, interview: Interview) -> str:
    """How much of what the platform counts is held; nothing read yet is not the same as nothing there."""
    if not office.store.comments.last_sweeps(interview.id):
        return "评论：还没有读到，数量不明，请用 microblog doctor 查看原因"
    kept = ledger(office, interview)
    return f"评论：平台计数 {kept.total}，已存 {kept.stored}，看不到 {kept.unseen}"


def held(interview: Interview) -> str:
    """When it is held, as well as it is known."""
    if interview.date is None:
        return interview.when or "待定"
    hours = "—".join(f"{hour:%H:%M}" for hour in (interview.start, interview.end) if hour)
    return f"{interview.date} {hours}（{_DATE_STATES[interview.date_state]}）"


def _facts(interview: Interview) -> Iterable[str]:
    yield f"第 {interview.no} 期“{interview.topic}”（编号 {interview.id}，计划 {interview.plan}）"
    yield f"状态：{interview.state.chinese} · {interview.form.chinese} · 规则 {interview.rule_set}"
    yield f"时间：{held(interview)}"
    yield f"单位：{'、'.join(interview.units)}；第一责任单位：{interview.lead or '待定'}"
    yield f"嘉宾：{chinese_guests(interview.guests) or '未定'}；主持人：{interview.host or '未定'}"
    yield f"简介：{interview.introduction or '未提交'}"
    yield f"提问通道：{local(interview.opened_at)} 至 {local(interview.closes_at)}"
    if missing := interview.missing_for_preview():
        yield f"预告前还缺：{'、'.join(missing)}"


@app.command("date", cls=Command)
def set_day(
    number: Number,
    day: Annotated[date, typer.Argument(metavar="日期", parser=parse_day, help="如 2024-04-25。")],
    start: Annotated[time, typer.Argument(metavar="开始", parser=parse_hour, help="如 15:00，北京时间。")],
    end: Annotated[time, typer.Argument(metavar="结束", parser=parse_hour, help="如 17:00，北京时间。")],
    *,
    confirmed: Annotated[bool, typer.Option("--confirmed", help="各方已确认；不加则为暂定。")] = False,
    by: ByLogin,
) -> None:
    """定下访谈日期和时段，并列出随之变动的期限。"""
    moves = set_date(open_desk(), number, day=day, start=start, end=end, confirmed=confirmed, by=by)
    say(f"第 {number} 号访谈{'确定' if confirmed else '暂定'}在 {day} {start:%H:%M}—{end:%H:%M}")
    for move in moves:
        say(f"变动：{move.chinese}")


@app.command("prepare", cls=Command)
def prepare_papers(
    number: Number,
    *,
    introduction: Annotated[
        str, typer.Option("--introduction", metavar="文字", help="文字简介；@文件名 表示取文件内容。")
    ] = "",
    guests: Annotated[
        list[Guest] | None,
        typer.Option("--guest", metavar="单位|职务|姓名", parser=parse_guest, help="嘉宾，可多次；专家再加 |专家。"),
    ] = None,
    host: Annotated[str, typer.Option("--host", metavar="姓名", help="主持人。")] = "",
    by: ByLogin,
) -> None:
    """提交简介、嘉宾、主持人；不写的保持原样。"""
    words = words_of(introduction)
    interview = prepare(open_desk(), number, by=by, introduction=words, guests=guests or (), host=host)
    missing = interview.missing_for_preview()
    say(f"已保存；预告前还缺：{'、'.join(missing)}" if missing else "已保存，预告所需材料已齐")


@app.command("announce", cls=Command)
def draft_preview(number: Number, *, by: ByLogin) -> None:
    """起草预告微博，交审核单位盖章后按期发出。"""
    office = open_desk()
    post = announce(office, office.store.interviews.get(number), by=by)
    if post is None:
        say(f"预告已在发布清单里，见 microblog outbox show {number}/preview")
        return
    say(f"已起草，{local(post.due_at)} 发出，须先由{'、'.join(post.bodies)}盖章（microblog review {number}）：")
    say(one_line(post.text))
