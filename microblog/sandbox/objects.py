"""Statuses, comments and users as the platform's JSON: its field names, its types, its gaps."""

from typing import Any

from microblog.sandbox.moments import created_at
from microblog.sandbox.rows import Account, App, Comment, Status
from microblog.sandbox.sight import shown_count
from microblog.sandbox.world import World

Json = dict[str, Any]

_JOINED = created_at(1_306_835_215)


def user_object(world: World, account: Account, app: App) -> Json:
    """A user. Who has not authorised the app goes without counts, description and reason of verification."""
    user: Json = {
        "id": account.uid,
        "idstr": str(account.uid),
        "screen_name": account.name,
        "name": account.name,
        "province": "32",
        "city": "1",
        "location": account.location,
        "profile_url": f"u/{account.uid}",
        "gender": "m",
        "created_at": _JOINED,
        "following": False,
        "verified": account.verified_type >= 0,
        "verified_type": account.verified_type,
        "lang": "zh-cn",
    }
    if world.authorised(account.uid, app.key):
        user |= {
            "description": "",
            "verified_reason": account.verified_reason,
            "followers_count": 120_000,
            "friends_count": 80,
            "statuses_count": sum(1 for _ in world.own_statuses(account.uid)),
            "favourites_count": 0,
        }
    return user


def status_object(world: World, status: Status, app: App, *, trim_user: bool = False, stale: bool = False) -> Json:
    """A status. trim_user: the user's id alone. stale: embedded in a comment, where the counters stay at 0."""
    body: Json = {
        "created_at": created_at(status.created),
        "id": status.id,
        "idstr": str(status.id),
        "mid": str(status.id),
        "text": status.text,
        "textLength": len(status.text.encode("gb18030", "replace")),
        "source": source_label(world, status.app),
        "favorited": False,
        "truncated": False,
        "in_reply_to_status_id": "",
        "in_reply_to_user_id": "",
        "in_reply_to_screen_name": "",
        "pic_urls": [{"thumbnail_pic": status.picture}] if status.picture else [],
        "geo": None,
        "user": status.uid if trim_user else user_object(world, world.accounts[status.uid], app),
        "reposts_count": 0 if stale else reposts_of(world, status.id),
        "comments_count": 0 if stale else shown_count(world, status.id),
        "attitudes_count": 0,
        "isLongText": False,
        "mlevel": 0,
        "visible": {"type": 0, "list_id": 0},
        "pic_num": 1 if status.picture else 0,
    }
    if status.picture:
        body |= dict.fromkeys(("thumbnail_pic", "bmiddle_pic", "original_pic"), status.picture)
    if world.options.url_objects:
        body["url_objects"] = [{"url_short": short, "url_ori": link} for short, link in status.links]
    if status.of:
        body["retweeted_status"] = _original(world, status.of, app)
    return body


def _original(world: World, identifier: int, app: App) -> Json:
    original = world.statuses[identifier]
    if original.deleted <= world.now():
        return {"id": identifier, "idstr": str(identifier), "text": "此微博已被原作者删除。", "deleted": "1"}
    return status_object(world, original, app)


def comment_object(world: World, comment: Comment, app: App, *, embed: bool = True) -> Json:
    """A comment with its status, and the comment it replies to; the inner one (embed=False) has neither."""
    body: Json = {
        "created_at": created_at(comment.created),
        "id": comment.id,
        "idstr": str(comment.id),
        "mid": comment_mid(comment.id),
        "rootid": comment.root,
        "text": comment.text,
        "source": source_label(world, comment.app) if comment.app else "",
        "user": user_object(world, world.accounts[comment.uid], app),
        "like_count": comment.likes,
        "floor_number": 0,
    }
    if world.options.url_objects:
        body["url_objects"] = [{"url_short": short, "url_ori": link} for short, link in comment.links]
    if embed:
        body["status"] = status_object(world, world.statuses[comment.status], app, stale=True)
        if comment.reply_to:
            body["reply_comment"] = comment_object(world, world.comments[comment.reply_to], app, embed=False)
    return body


def comment_mid(identifier: int) -> str:
    """A comment's `mid`: another number than its id, as captures show."""
    return f"21{identifier % 10**13:013d}"


def source_label(world: World, key: str) -> str:
    """The app a post came through, as a link; of an unreviewed app the platform says only that."""
    app = world.apps.get(key)
    if app is None:
        return ""
    name = app.name if app.reviewed else "未通过审核应用"
    return f'<a href="http://app.weibo.com/t/feed/{app.key}" rel="nofollow">{name}</a>'


def reposts_of(world: World, identifier: int) -> int:
    """How many standing statuses repost this one."""
    now = world.now()
    return sum(status.of == identifier and status.deleted > now for status in world.statuses.values())
