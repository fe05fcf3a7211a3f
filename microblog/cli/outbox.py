"""`microblog outbox …`: every post, and what only a person can decide about it."""

from pathlib import Path
from typing import Annotated

import typer

from microblog.cli.command import Command, new_app
from microblog.cli.desk import open_desk
from microblog.cli.keys import read_key
from microblog.cli.parameters import By, Json, Key, words_of
from microblog.cli.screen import local, plain, say, show_json, show_table
from microblog.cli.titles import state_cell
from microblog.domain.post import Post, PostState
from microblog.papers.cards import cards_html, cards_text
from microblog.service.cards import cards_of, give_back, posts_for_cards, tick
from microblog.service.outbox import (
    answer_openly,
    cancel,
    change_words,
    number_in,
    send_again,
    send_late,
    settle_absent,
    settle_posted,
)

app = new_app("发布：查看每条微博，处理要人决定的。")


@app.command("list", cls=Command)
def list_posts(
    interview: Annotated[int | None, typer.Option("--interview", metavar="编号", help="只看一期访谈。")] = None,
    states: Annotated[list[PostState] | None, typer.Option("--state", help="只看这些状态，可多次。")] = None,
    as_json: Json = False,
) -> None:
    """列出全部要发和已发的微博。"""
    posts = open_desk().store.outbox.posts(interview=interview, states=states or None)
    if as_json:
        show_json(posts)
        return
    rows = [
        (
            post.key,
            post.kind.chinese,
            state_cell(post.state),
            local(post.due_at),
            local(post.latest_at),
            local(post.posted_at),
            post.reason,
        )
        for post in posts
    ]
    columns = ("发布编号", "类别", "状态", "应发", "最晚", "发出", "说明")
    show_table(columns, rows, empty="没有符合条件的微博")


@app.command("show", cls=Command)
def show(key: Key, as_json: Json = False) -> None:
    """显示一条微博的原文、盖章和每次发送。"""
    office = open_desk()
    post = office.store.outbox.get(read_key(key))
    attempts = office.store.outbox.attempts(post.key)
    seals = office.store.reviews.seals([post.key])
    if as_json:
        show_json({**plain(post), "attempts": attempts, "seals": seals})
        return
    _tell(post)
    say(f"应发 {local(post.due_at)}，最晚 {local(post.latest_at)}，发出 {local(post.posted_at)}")
    say(f"平台编号：{post.platform_id or '—'}；跟在：{post.follows or '—'}")
    for seal in seals:
        holds = "" if seal.hash == post.hash else "（文字已改，此章无效）"
        say(f"盖章：{seal.body} {seal.by} {local(seal.at)}{holds}")
    for one in attempts:
        say(f"发送 {one.number}：{local(one.sent_at)} {one.worker} {one.outcome or '无结果'} {one.detail}".rstrip())
    say(post.text)


@app.command("settle", cls=Command)
def settle(
    key: Key,
    by: By,
    posted: Annotated[str, typer.Option("--posted", metavar="链接或编号", help="已在平台上：链接或数字编号。")] = "",
    absent: Annotated[bool, typer.Option("--not-posted", help="确认不在平台上：未过时限则原文重发一次。")] = False,
) -> None:
    """结果不明的微博，人工核实后登记。"""
    if bool(posted) == absent:
        raise typer.BadParameter("请在 --posted 链接 和 --not-posted 中选一个")
    office = open_desk()
    if absent:
        _tell(settle_absent(office, read_key(key), by=by))
    else:
        _tell(settle_posted(office, read_key(key), number_in(office, posted), by=by))


@app.command("late", cls=Command)
def late(key: Key, by: By) -> None:
    """同意补发一条已错过的微博，一小时内发出；盖章仍须有效。"""
    _tell(send_late(open_desk(), read_key(key), by=by))


@app.command("again", cls=Command)
def again(key: Key, by: By) -> None:
    """障碍已排除（验证码、禁言、接口恢复），同意把被拒绝的一条原文重发；盖章仍须有效。"""
    _tell(send_again(open_desk(), read_key(key), by=by))


@app.command("openly", cls=Command)
def openly(key: Key, by: By) -> None:
    """提问评论已被删除：答复改为微博下的单独评论，文字和盖章不变。"""
    _tell(answer_openly(open_desk(), read_key(key), by=by))


@app.command("edit", cls=Command)
def edit(
    key: Key,
    by: By,
    text: Annotated[str, typer.Option("--text", metavar="文字", help="新文字；@文件名 表示取文件内容。")],
) -> None:
    """修改还没发出的微博；改后须重新盖章。"""
    _tell(change_words(open_desk(), read_key(key), words_of(text), by=by))


@app.command("cancel", cls=Command)
def cancel_post(
    key: Key, by: By, reason: Annotated[str, typer.Option("--reason", metavar="原因", help="为什么不发。")]
) -> None:
    """决定不发一条微博。"""
    _tell(cancel(open_desk(), read_key(key), by=by, reason=reason))


@app.command("card", cls=Command)
def card(
    keys: Annotated[list[str] | None, typer.Argument(metavar="发布编号…", help="要人工发布的微博，可多个。")] = None,
    *,
    interview: Annotated[
        int | None, typer.Option("--interview", metavar="编号", help="一期访谈里接口发不了的全部。")
    ] = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="文件", help="存为可打印的网页。")] = None,
    back: Annotated[bool, typer.Option("--back", help="收回还没粘贴的卡片，恢复自动发布。")] = False,
    by: By,
) -> None:
    """做卡片：把盖过章的原文交给人工粘贴发布；从此不再自动发，发好后用 done 登记。"""
    if bool(keys) == (interview is not None):
        raise typer.BadParameter("请写出发布编号，或用 --interview 编号，二者选一")
    office = open_desk()
    if back:
        for key in keys or ():
            _tell(give_back(office, read_key(key), by=by))
        return
    if interview is not None:
        posts = posts_for_cards(office, office.store.interviews.get(interview))
    else:
        posts = [office.store.outbox.get(read_key(key)) for key in keys or ()]
    made = cards_of(office, posts, by=by)
    if html is not None:
        template = office.wording.source("cards.html.j2")
        html.write_text(cards_html(made, title="人工发布卡片", template=template), encoding="utf-8")
        say(f"{len(made)} 张卡片已存到 {html}")
        return
    say(cards_text(made) if made else "没有需要人工发布的微博")


@app.command("done", cls=Command)
def done(
    key: Key,
    by: By,
    posted: Annotated[
        str, typer.Option("--posted", metavar="链接或编号", help="发出后的链接或数字编号；不写则到平台上找。")
    ] = "",
) -> None:
    """登记一张卡片已经人工发布。"""
    office = open_desk()
    _tell(tick(office, read_key(key), number_in(office, posted) if posted else "", by=by))


def _tell(post: Post) -> None:
    say(f"{post.key}：{post.state.chinese}{f'（{post.reason}）' if post.reason else ''}")
