"""Quirks of the wire: bodies and statuses other than a client hopes for. Nothing about the commit changes."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from html import escape
from typing import Any

from microblog.sandbox.asks import Answer, Ask
from microblog.sandbox.faults.fault import Fault, Interrupted, Params

FAMILY = "报文怪象"

_FRONT_PAGE = "<html><head><title>Sina Visitor System</title></head><body>请求过于频繁</body></html>"
_ID_KEYS = ("id", "uid", "rootid", "next_cursor", "previous_cursor", "total_number", "expires_in", "expire_in")

Change = Callable[[dict[str, Any]], dict[str, Any]]


def _through(value: Any, change: Change) -> Any:
    """The same JSON with every object changed, inner ones first."""
    if isinstance(value, dict):
        return change({name: _through(part, change) for name, part in value.items()})
    return [_through(part, change) for part in value] if isinstance(value, list) else value


def _rewritten(ask: Ask, answer: Answer, params: Params, *, change: Change) -> Answer:
    return answer if answer.text else replace(answer, body=_through(answer.body, change))


def _code_as_string(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "error_code": str(body["error_code"])} if "error_code" in body else body


def _swap_numbers(body: dict[str, Any]) -> dict[str, Any]:
    """Numbers of ids, cursors and lives as strings, and strings of them as numbers."""
    return {name: _swapped(value) if name in _ID_KEYS else value for name, value in body.items()}


def _swapped(value: Any) -> Any:
    if isinstance(value, str) and value.isdecimal():
        return int(value)
    return str(value) if isinstance(value, int) else value


def _sparse_user(body: dict[str, Any]) -> dict[str, Any]:
    """Users reduced to what is never missing."""
    return {name: body[name] for name in ("id", "idstr", "screen_name")} if "screen_name" in body else body


def _no_user(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "user": None} if "user" in body else body


def _odd_verified(body: dict[str, Any]) -> dict[str, Any]:
    if body.get("verified_type") != -1:
        return body
    return {**body, "verified_type": (200, 220)[body.get("id", 0) % 2]}


def _with_place(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "geo": {"type": "Point", "coordinates": [32.05, 118.62]}} if "geo" in body else body


def _encoded(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "text": escape(body["text"], quote=False)} if isinstance(body.get("text"), str) else body


def _error_status(ask: Ask, answer: Answer, params: Params) -> Answer:
    return replace(answer, http=params["http"]) if answer.code else answer


def _front_page(ask: Ask, params: Params) -> None:
    raise Interrupted(Answer(http=params["http"], text=_FRONT_PAGE))


def _truncated(ask: Ask, answer: Answer, params: Params) -> Answer:
    whole = json.dumps(answer.body)
    return replace(answer, text=whole[: len(whole) // 2], content_type="application/json;charset=UTF-8")


def _blank(ask: Ask, answer: Answer, params: Params) -> Answer:
    return replace(answer, text=" ", content_type="application/json;charset=UTF-8")


def _quirk(name: str, says: str, change: Change) -> Fault:
    return Fault(name, FAMILY, says, after=partial(_rewritten, change=change))


FAULTS = (
    _quirk("code-as-string", "error_code 变成字符串", _code_as_string),
    _quirk("numbers-swapped", "编号、游标、期限的数字变字符串，字符串变数字", _swap_numbers),
    _quirk("sparse-users", "用户只剩编号和昵称", _sparse_user),
    _quirk("no-user", "作者为空", _no_user),
    _quirk("odd-verified-type", "普通用户的 verified_type 变成 200 或 220", _odd_verified),
    _quirk("geo-point", "geo 不为空", _with_place),
    _quirk("encoded-text", "正文里的 < > & 变成 HTML 实体", _encoded),
    Fault(
        "error-status",
        FAMILY,
        "错误以 http 指定的状态码返回",
        after=_error_status,
        params={"http": 200},
    ),
    Fault("front-page", FAMILY, "没有办理，反爬页面以 http 状态码挡回", before=_front_page, params={"http": 418}),
    Fault("truncated-json", FAMILY, "照常办理，JSON 只到一半", after=_truncated),
    Fault("blank-body", FAMILY, "照常办理，正文为空白", after=_blank),
)
