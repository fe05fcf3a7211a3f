"""Weibo's JSON objects as our values. Fields may be missing, ids may be numbers, counters may be strings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from microblog.domain.errors import PlatformDown
from microblog.platforms.weibo_ids import parse_time, time_of
from microblog.service.ports import CommentPage, SeenComment

CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Own:
    """One of our own statuses or comments as a list shows it. status_id, reply_to: of a comment, where it says so."""

    platform_id: str
    text: str
    at: datetime
    status_id: str | None = None
    reply_to: str | None = None


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page of our own statuses or comments, newest first; next_max_id None at the end.

    total: how many the platform says there are in all.
    """

    items: tuple[Own, ...]
    next_max_id: str | None
    total: int


def id_of(body: Any) -> str | None:
    """The id of a status, comment or user as a string; None where the body has none."""
    if not isinstance(body, dict):
        return None
    for raw in (body.get("idstr"), body.get("id")):
        text = str(raw) if isinstance(raw, str | int) and not isinstance(raw, bool) else ""
        if text.isascii() and text.isdigit() and int(text):
            return text
    return None


def whole_number(raw: Any) -> int:
    """A counter that may come as a number or a string; 0 where it is neither."""
    text = str(raw).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0


def platform_time(body: Any) -> datetime | None:
    """The platform's clock, from a `rate_limit_status`: when the limits turn, less the seconds until then.

    `reset_time` is China's time without a zone. None where the body says no such thing.
    """
    if not isinstance(body, dict):
        return None
    try:
        turn = datetime.strptime(str(body.get("reset_time")), "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 - zone added below
        left = timedelta(seconds=int(str(body.get("reset_time_in_seconds"))))
        return turn.replace(tzinfo=CHINA) - left
    except (ValueError, OverflowError):
        return None


def own_page(body: Any, name: str, max_id: str | None, *, author: str | None = None) -> OwnPage:
    """Our own entries under `name` (`statuses` or `comments`). Raises PlatformDown where the body is no such list.

    author: our user id, where the list holds other people's entries too; its total is then ours alone.
    """
    entries = list(_entries(body, name))
    total = _total(body)
    if author is not None:
        entries = [(entry, identifier) for entry, identifier in entries if id_of(entry.get("user")) == author]
        total = len(entries)
    return OwnPage(tuple(_own(entry, identifier) for entry, identifier in entries), _next(body, max_id), total)


def comment_page(body: Any, max_id: str | None, me: str) -> CommentPage:
    """A page of comments; `me` is our own user id. Raises PlatformDown where the body is no such list."""
    comments = tuple(_comment(entry, identifier, me) for entry, identifier in _entries(body, "comments"))
    return CommentPage(comments, _next(body, max_id), _total(body))


def _total(body: Any) -> int:
    return whole_number(body.get("total_number")) if isinstance(body, dict) else len(body)


def _entries(body: Any, name: str) -> Iterator[tuple[dict[str, Any], str]]:
    """The entries with their ids; one without an id cannot be kept apart from others and is passed over."""
    listed = body.get(name) if isinstance(body, dict) else body
    if not isinstance(listed, list):
        raise PlatformDown(f"微博返回的列表里没有 {name}，稍后自动重试")
    for entry in listed:
        identifier = id_of(entry)
        if identifier is not None:
            yield entry, identifier


def _next(body: Any, max_id: str | None) -> str | None:
    """Where the next page starts. A cursor that does not move down would be walked for ever: it ends the list."""
    cursor = whole_number(body.get("next_cursor")) if isinstance(body, dict) else 0
    moves = max_id is None or cursor < int(max_id)
    return str(cursor) if cursor and moves else None


def _own(entry: dict[str, Any], identifier: str) -> Own:
    return Own(
        identifier,
        str(entry.get("text") or ""),
        parse_time(entry.get("created_at")) or time_of(identifier),
        status_id=id_of(entry.get("status")),
        reply_to=id_of(entry.get("reply_comment")),
    )


def _comment(entry: dict[str, Any], identifier: str, me: str) -> SeenComment:
    user = entry.get("user")
    fields = user if isinstance(user, dict) else {}
    user_id = id_of(fields) or ""
    return SeenComment(
        platform_id=identifier,
        user_id=user_id,
        user_name=_storable(fields.get("screen_name") or fields.get("name")),
        text=_decoded(_storable(entry.get("text"))),
        created_at=parse_time(entry.get("created_at")) or time_of(identifier),
        likes=whole_number(entry.get("like_count", entry.get("like_counts"))),
        reply_to=id_of(entry.get("reply_comment")),
        own=user_id == me,
        raw=entry,
    )


def _storable(text: Any) -> str:
    """Words that any database and file can hold: half an emoji, which JSON can carry, becomes U+FFFD."""
    return str(text or "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _decoded(text: str) -> str:
    """The words as typed: some lists of the platform arrive with these three encoded, some do not."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
