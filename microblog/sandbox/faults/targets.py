"""Replies in the wrong place, and targets that vanish before they are reached."""

from dataclasses import replace
from functools import partial

from microblog.sandbox.asks import Ask, read_id
from microblog.sandbox.faults.fault import Fault, Params
from microblog.sandbox.rows import Comment, Status

GONE, PLACE = "目标消失", "回错地方"


def _comment(ask: Ask) -> Comment | None:
    return ask.world.comments.get(read_id(ask.params.get("cid", "")) or 0)


def _status(ask: Ask) -> Status | None:
    return ask.world.statuses.get(read_id(ask.params.get("id", "")) or 0)


def _misplace(ask: Ask, params: Params) -> None:
    if "cid" in ask.params:
        ask.params["cid"] = "1"


def _delete_comment(ask: Ask, params: Params) -> None:
    comment = _comment(ask)
    if comment is not None:
        ask.world.put(replace(comment, deleted=min(comment.deleted, ask.now)))


def _delete_status(ask: Ask, params: Params) -> None:
    status = _status(ask)
    if status is not None:
        ask.world.put(replace(status, deleted=min(status.deleted, ask.now)))


def _take_down(ask: Ask, params: Params) -> None:
    status = _status(ask)
    if status is not None:
        ask.world.change(status, illegal=True)


def _shut_out(ask: Ask, params: Params, *, code: int) -> None:
    """The author of the target, comment or status, refuses us from now on."""
    target = _comment(ask) or _status(ask)
    if target is not None:
        ask.world.change(ask.world.accounts[target.uid], refuses=code)


FAULTS = (
    Fault("misplaced", PLACE, "回复的目标失效，变成一条普通评论，且不报错", before=_misplace),
    Fault("comment-gone", GONE, "要回复的评论刚被删除（20201）", before=_delete_comment),
    Fault("status-gone", GONE, "目标微博刚被删除（20101）", before=_delete_status),
    Fault("status-illegal", GONE, "目标微博被判违规（20104）", before=_take_down),
    Fault("user-gone", GONE, "对方账号不存在了（20003）", before=partial(_shut_out, code=20003)),
    Fault("privacy-forbids", GONE, "对方的隐私设置不许评论（20508）", before=partial(_shut_out, code=20508)),
    Fault("blacklisted", GONE, "被对方拉黑（20512）", before=partial(_shut_out, code=20512)),
)
