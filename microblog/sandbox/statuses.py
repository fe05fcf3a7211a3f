"""The status endpoints. Each takes an admitted ask and gives the JSON body, or raises Refusal."""

from collections.abc import Iterable, Sequence
from typing import Any

from microblog.sandbox.asks import Ask
from microblog.sandbox.gate import require_good_standing, require_write_budget
from microblog.sandbox.objects import Json, reposts_of, status_object
from microblog.sandbox.pictures import require_picture
from microblog.sandbox.refusals import Refusal
from microblog.sandbox.rows import Status
from microblog.sandbox.sight import Page, Window, can_see_status, page_of, shown_count
from microblog.sandbox.wording import require_clean, require_length, require_secure_domain, shown
from microblog.sandbox.writing import commit_comment, commit_status, require_new_text, require_rip

TIMELINE_MOST = 5


def share(ask: Ask) -> Json:
    """A new post: 140 字, a link of a secure domain, no topics, perhaps one picture."""
    options = ask.world.options
    if ask.multipart and "status" not in ask.params:
        raise Refusal(10017, "text not find domain!")  # a malformed multipart body leaves the text unread
    sent = ask.text("status")
    require_rip(ask)
    picture = require_picture(ask)
    require_good_standing(ask)
    require_write_budget(ask)
    require_length(sent, options)
    require_secure_domain(sent, ask.by.secure_domains, options)
    require_clean(sent, options)
    require_new_text(ask, sent, 0)
    status = commit_status(ask, sent, shown(sent, options.topics, options), picture=picture)
    return status_object(ask.world, status, ask.by)


def repost(ask: Ask) -> Json:
    """Repost a status; `is_comment` 1, 2, 3 also comments on it, on the original, on both."""
    options = ask.world.options
    target = target_status(ask, ask.number("id"))
    require_rip(ask)
    sent = ask.params.get("status", "").strip() or "转发微博"
    require_good_standing(ask)
    require_write_budget(ask)
    if target.uid == ask.me.uid and not options.own_repost:
        raise Refusal(20103)
    require_length(sent, options)
    require_clean(sent, options)
    require_new_text(ask, sent, target.of or target.id)
    words = shown(sent, options.topics_in_comments, options)
    status = commit_status(ask, sent, words, of=target.of or target.id)
    asked = ask.number("is_comment", 0)
    for wanted, under in ((1, target.id), (2, target.of)):
        if asked & wanted and under:
            commit_comment(ask, under, sent, words)
    return status_object(ask.world, status, ask.by)


def destroy(ask: Ask) -> Json:
    """Delete one's own status."""
    if not ask.world.options.destroy_open:
        raise Refusal(10014)
    status = target_status(ask, ask.number("id"))
    if status.uid != ask.me.uid:
        raise Refusal(20102)
    body = status_object(ask.world, status, ask.by)
    ask.world.change(status, deleted=ask.now)
    return body


def target_status(ask: Ask, identifier: int) -> Status:
    """The status a call is about. Raises Refusal 20101 when there is none, 20104 when it was taken down."""
    status = ask.world.statuses.get(identifier)
    if status is None or not status.created <= ask.now < status.deleted:
        raise Refusal(20101)
    if status.illegal:
        raise Refusal(20104)
    return status


def user_timeline(ask: Ask) -> Json:
    """The account's own statuses: the newest five, whatever `count` says."""
    _require_myself(ask)
    now = ask.now
    mine = [s for s in ask.world.own_statuses(ask.me.uid) if s.created <= now < s.deleted]
    newest = [s for s in mine if can_see_status(ask.world, s)][:TIMELINE_MOST]
    window = window_of(ask, default=20)
    page = page_of(newest, window, lambda _: True, ask.world.options)
    return _envelope(ask, page, len(mine))


def _require_myself(ask: Ask) -> None:
    uid, name = ask.params.get("uid"), ask.params.get("screen_name")
    if (uid and uid != str(ask.me.uid)) or (name and name != ask.me.name):
        raise Refusal(21335, "uid's value invalid, only the authorised user", http=403)


def show(ask: Ask) -> Json:
    """One status, which must be by the authorised user."""
    status = target_status(ask, ask.number("id"))
    if status.uid != ask.me.uid:
        raise Refusal(20112, "Permission Denied!", http=403)
    if not can_see_status(ask.world, status):
        raise Refusal(20101)
    return status_object(ask.world, status, ask.by)


def mentions(ask: Ask) -> Json:
    """Statuses of others that mention the account; authors who did not authorise the app are withheld."""
    world, me = ask.world, ask.me
    others = (s for s in world.statuses.values() if s.uid != me.uid and can_see_status(world, s))
    named = sorted((s for s in others if f"@{me.name}" in s.text), key=lambda s: -s.id)
    page = page_of(named, window_of(ask), lambda s: world.authorised(s.uid, ask.by.key), world.options)
    return _envelope(ask, page, len(named))


def count(ask: Ask) -> list[Json]:
    """The counts shown under up to 100 statuses."""
    known = (ask.world.statuses.get(identifier) for identifier in ask.numbers("ids", most=100))
    return [
        {
            "id": s.id,
            "idstr": str(s.id),
            "comments": shown_count(ask.world, s.id),
            "reposts": reposts_of(ask.world, s.id),
            "attitudes": 0,
            "number_display_strategy": {"apply_scenario_flag": 0},
        }
        for s in known
        if s is not None and can_see_status(ask.world, s)
    ]


def window_of(ask: Ask, default: int = 50) -> Window:
    """The part of a list the call asks for."""
    return Window(
        since_id=ask.number("since_id", 0),
        max_id=ask.number("max_id", 0),
        count=ask.number("count", default),
        page=ask.number("page", 1),
    )


def envelope(name: str, items: Iterable[Any], page: Page, total: int) -> Json:
    """The object lists travel in."""
    return {
        name: list(items),
        "marks": [],
        "hasvisible": False,
        "previous_cursor": 0,
        "next_cursor": page.next_cursor,
        "total_number": total,
    }


def _envelope(ask: Ask, page: Page, total: int) -> Json:
    trim = ask.flag("trim_user")
    statuses: Sequence[Status] = [ask.world.statuses[identifier] for identifier in page.ids]
    items = (status_object(ask.world, status, ask.by, trim_user=trim) for status in statuses)
    return envelope("statuses", items, page, total)
