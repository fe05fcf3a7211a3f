"""Holes in what is read: comments that come late, go away, repeat, or hide behind a short page."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from microblog.sandbox.asks import Answer, Ask, read_id
from microblog.sandbox.bystanders import post_by_hand, say
from microblog.sandbox.faults.fault import Fault, Params
from microblog.sandbox.netizens import Said
from microblog.sandbox.rows import Comment
from microblog.sandbox.sight import standing
from microblog.sandbox.utterances import Words

FAMILY = "评论缺漏"


def _status_id(ask: Ask) -> int:
    """The status asked about, 0 when there is none."""
    identifier = read_id(ask.params.get("id", "")) or 0
    return identifier if identifier in ask.world.statuses else 0


def _about_to_show(ask: Ask, number: int) -> list[Comment]:
    """The first comments of others that the page asked for would hold."""
    most = ask.number("max_id", 0)
    under = (c for c in standing(ask.world, _status_id(ask)) if not c.app and (not most or c.id <= most))
    return list(islice((c for c in under if not c.filtered and c.visible <= ask.now), number))


def _delete(ask: Ask, params: Params) -> None:
    for comment in _about_to_show(ask, params["number"]):
        ask.world.change(comment, deleted=ask.now)


def _filter(ask: Ask, params: Params) -> None:
    for comment in _about_to_show(ask, params["number"]):
        ask.world.change(comment, filtered=True)


def _hold(ask: Ask, params: Params) -> None:
    for comment in _about_to_show(ask, params["number"]):
        ask.world.change(comment, visible=ask.now + params["minutes"] * 60)


def _grow(ask: Ask, params: Params) -> None:
    status = _status_id(ask)
    for number in range(params["number"] if status else 0):
        text = f"刚刚看到，请问第{len(ask.world.comments) + 1}位网友的问题会回复吗？"
        name = f"新来的网友{len(ask.world.accounts) + number}"
        say(ask.world, status, Said(name, Words(text), created=ask.now, visible=ask.now, likes=0))


def _push_out(ask: Ask, params: Params) -> None:
    for token in ask.world.tokens.values():
        if token.token in (ask.authorization.partition(" ")[2], ask.params.get("access_token")):
            for number in range(params["number"]):
                post_by_hand(ask.world, token.uid, f"【便民提示】值班人员手动发布的第{number + 1}条。", ask.now)


def _changed(answer: Answer, comments: list[Any], **envelope: int) -> Answer:
    return replace(answer, body={**answer.body, "comments": comments, **envelope})


def _listed(answer: Answer) -> list[Any] | None:
    """The comments of a list answer, None where it is none or empty."""
    found = answer.body.get("comments") if isinstance(answer.body, dict) else None
    return found or None


def _repeat(ask: Ask, answer: Answer, params: Params) -> Answer:
    comments = _listed(answer)
    return answer if comments is None else _changed(answer, [*comments, *comments[-params["number"] :]])


def _shorten(ask: Ask, answer: Answer, params: Params) -> Answer:
    comments, number = _listed(answer), params["number"]
    if comments is None or len(comments) <= number:
        return answer
    return _changed(answer, comments[:number], next_cursor=comments[number]["id"])


def _withhold(ask: Ask, answer: Answer, params: Params) -> Answer:
    comments = _listed(answer)
    if comments is None:
        return answer
    return _changed(answer, [c for c in comments if ask.world.authorised(_author(ask, c), ask.by.key)])


def _author(ask: Ask, shown: Mapping[str, Any]) -> int:
    """Who wrote a comment, by our own books: another fault may have taken the author out of the answer."""
    return ask.world.comments[int(shown["id"])].uid


FAULTS = (
    Fault("deleted-comments", FAMILY, "将要读到的前 number 条评论刚被删除", before=_delete, params={"number": 1}),
    Fault(
        "filtered-comments",
        FAMILY,
        "将要读到的前 number 条被过滤，计数但不再出现",
        before=_filter,
        params={"number": 1},
    ),
    Fault(
        "late-approval",
        FAMILY,
        "将要读到的前 number 条评论转为待审，minutes 分钟后带着旧编号出现",
        before=_hold,
        params={"number": 1, "minutes": 60.0},
    ),
    Fault("growing-list", FAMILY, "翻页时顶部又长出 number 条评论", before=_grow, params={"number": 3}),
    Fault("served-again", FAMILY, "一页末尾的 number 条评论再出现一次", after=_repeat, params={"number": 2}),
    Fault(
        "short-page",
        FAMILY,
        "一页只给 number 条而游标不为零，0 为空页",
        after=_shorten,
        params={"number": 3},
    ),
    Fault("authorised-only", FAMILY, "只返回授权用户的评论", after=_withhold),
    Fault("pushed-out", FAMILY, "账号手动又发 number 条，挤满时间线的五条", before=_push_out, params={"number": 5}),
)
