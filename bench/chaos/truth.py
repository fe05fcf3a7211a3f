"""What is really on the platform, as only its own books tell, and whether a machine could have told."""

from bench.chaos.stage import Stage
from microblog.domain.outbox import sent_attempts
from microblog.domain.post import Post, Verb
from microblog.platforms.weibo_match import same_words
from microblog.platforms.weibo_readback import SHOWN_STATUSES
from microblog.sandbox.rows import Comment, Status
from microblog.sandbox.server import UID

SHUT = (10005, 10014, 10020, 21321)
"""Refusals that close a list to us: permission, door, and an app that may not act for this account."""

SLACK = 120.0
"""Seconds by which the clocks may differ."""


def ours(stage: Stage, post: Post) -> list[Status | Comment]:
    """Everything of our account that has the post's words and stands where it was meant to, deleted ones too."""
    world = stage.world
    if post.verb is Verb.SHARE:
        found: list[Status | Comment] = [row for row in world.statuses.values() if row.uid == UID]
    else:
        under = stage.store.outbox.find(post.under or "")
        status = int(under.platform_id or 0) if under else 0
        found = [row for row in world.comments.values() if row.uid == UID and row.status == status]
    return [row for row in found if same_words(post.text, row.text)]


def standing(stage: Stage, post: Post) -> Status | Comment | None:
    """The post as it stands on the platform, if it is not another post's."""
    taken = {other.platform_id for other in stage.store.outbox.posts() if other.key != post.key}
    rows = [row for row in ours(stage, post) if row.deleted > stage.world.now() and str(row.id) not in taken]
    return min(rows, key=lambda row: row.id, default=None)


def why_undecidable(stage: Stage, post: Post) -> tuple[str, str]:
    """Why no machine could settle this post by weibo-api 6: the kind, and what proves it. No proof: it could have."""
    attempts = stage.store.outbox.attempts(post.key)
    sent = sent_attempts(attempts)
    since = min((attempt.sent_at.timestamp() for attempt in sent), default=0.0) - SLACK
    newer = _newer_statuses(stage, since)
    same = [row for row in ours(stage, post) if row.created >= since]
    if len(same) > 1 or (same and standing(stage, post) is None):
        return "same words twice", f"{len(same)} of ours have these words"
    shown = min(SHOWN_STATUSES, stage.world.options.page_max)
    if post.verb is Verb.SHARE and newer >= shown:
        return "five newer posts", f"{newer} statuses since the sending, {shown} are shown"
    if len(sent) > 1:
        return "lost twice", f"{len(sent)} sendings without an answer; one resend is allowed"
    own = "statuses/user_timeline" if post.verb is Verb.SHARE else "comments/by_me"
    if "列表读不到" in post.reason and _shut(stage, own):
        return "list closed", f"{own} was refused"
    if "一直查不到" in post.reason and not same:
        return "accepted, never shown", "the platform said released; nothing of the kind exists"
    return "decidable", ""


def _newer_statuses(stage: Stage, since: float) -> int:
    now = stage.world.now()
    statuses = (row for row in stage.world.statuses.values() if row.uid == UID)
    return sum(since <= row.created <= now < row.deleted and row.visible <= now for row in statuses)


def _shut(stage: Stage, endpoint: str) -> bool:
    return any(call.endpoint == endpoint and call.code in SHUT for call in stage.world.calls[-50:])
