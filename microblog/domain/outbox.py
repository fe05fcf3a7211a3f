"""Every decision about a post, as pure functions; `service/dispatch.py` and `read_back.py` carry them out.

The edges of the state machine (`docs/architecture.md`) are exactly the changes named here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from microblog.domain.errors import NotAllowed
from microblog.domain.post import (
    Absent,
    Attempt,
    Delivery,
    Found,
    Landed,
    LoginNeeded,
    Outcome,
    Post,
    Posted,
    PostState,
    Refused,
    RetryAt,
    Sighting,
    Undecidable,
    Unknown,
    Verb,
    WaitUntil,
    Withheld,
)
from microblog.domain.script import Seal, sealed

LOGIN_RETRY = timedelta(minutes=10)
"""How long a post waits for a person to log in before it is tried again."""

LANDED_PATIENCE = timedelta(minutes=30)
"""How long a post the platform accepted, or may be holding back, can stay invisible before a person is asked."""

LOOK_AGAIN = timedelta(minutes=1)
"""Shortest pause between two look-ups of a post that is accepted but not visible yet."""

LOOK_AT_LEAST = timedelta(hours=1)
"""Longest pause between two look-ups while the platform gives no answer."""

LEASE = timedelta(minutes=2)
"""How long a worker may hold a post it is sending, unless the office sets another time."""

QUEUED_MOST = timedelta(seconds=150)
"""How long the platform may leave a call lying that our end gave up; documented nowhere, we assume it."""

REVIEWED_MOST = timedelta(minutes=3)
"""How long it may then keep the post under review, unseen (20053, weibo-api 2.2)."""

HIDDEN_MOST = QUEUED_MOST + REVIEWED_MOST + timedelta(seconds=20)
"""How long after a call not seeing its post proves nothing: first one, then the other, and the length of a call that
was begun in the last moment of a lease."""

PASTED_WITHIN = timedelta(hours=12)
"""How long before a person says so a post may have been pasted by hand."""

MISPLACED = "回复落成了普通评论，请核对"
FOUND = "回查找到，已登记编号"


class Readiness(StrEnum):
    """What a sealed post whose time has come may do."""

    RELEASE = "release"
    WAIT = "wait"
    MISS = "miss"
    UNSEALED = "unsealed"


@dataclass(frozen=True, slots=True)
class Change:
    """A guarded move of a post: the new state and the fields that go with it."""

    state: PostState
    platform_id: str | None = None
    posted_at: datetime | None = None
    not_before: datetime | None = None
    reason: str = ""


def readiness(post: Post, before: Post | None, seals: Sequence[Seal], now: datetime) -> Readiness:
    """What may happen to a sealed post now. before: the post it follows, if any.

    A post whose time has passed is missed even while it is held or waits for the one before it: lateness is a
    person's decision, whatever the cause.
    """
    if now > post.latest_at:
        return Readiness.MISS
    if not sealed(post.key, post.hash, post.bodies, tuple(seals)):
        return Readiness.UNSEALED
    if post.held or now < post.due_at or (post.not_before is not None and now < post.not_before):
        return Readiness.WAIT
    if post.follows is not None and (before is None or before.platform_id is None):
        return Readiness.WAIT
    return Readiness.RELEASE


def delivery(post: Post, before: Post | None, under: Post | None) -> Delivery:
    """The post with its targets as platform ids.

    Raises NotAllowed when a target is not on the platform: the part would be an orphan.
    """
    if post.verb is Verb.SHARE:
        return Delivery(post.key, post.verb, post.text)
    if under is None or under.platform_id is None:
        raise NotAllowed(f"“{post.key}”所在的微博“{post.under}”还没有发出，不能发布，请先处理那一条")
    comment_id = post.replies_to or (before.platform_id if before and post.verb is Verb.REPLY else None)
    if post.verb is Verb.REPLY and comment_id is None:
        raise NotAllowed(f"“{post.key}”要回复的评论没有编号，不能发布，请先核实“{post.follows}”")
    return Delivery(post.key, post.verb, post.text, under.platform_id, comment_id)


def consequence(outcome: Outcome, now: datetime) -> Change:
    """Where an outcome takes a post that was being sent."""
    match outcome:
        case Posted(platform_id, at, misplaced, why):
            reason = MISPLACED if misplaced else why
            return Change(PostState.POSTED, platform_id, at, reason=reason)
        case Landed(look_at, why):
            return Change(PostState.LANDED, not_before=look_at, reason=why)
        case Refused(why):
            return Change(PostState.REFUSED, reason=why)
        case RetryAt(when, why) | WaitUntil(when, _, why):
            return Change(PostState.DUE, not_before=when, reason=why)
        case LoginNeeded(why):
            return Change(PostState.DUE, not_before=now + LOGIN_RETRY, reason=why)
        case Unknown(look_at, why):
            return Change(PostState.UNKNOWN, not_before=look_at, reason=why)


def after_looking(
    post: Post, attempts: Sequence[Attempt], sighting: Sighting, now: datetime, lease: timedelta = LEASE
) -> Change:
    """Where reading back takes a landed or unknown post. lease: how long its sender may have held it.

    Found: its id is adopted. Absent: once nothing sent can still be hidden, an unknown post may be sent once more,
    and once only, with the identical words; a landed one is looked for again until patience ends. Withheld: looked
    for again as long. Anything else asks a person (not_before None).
    """
    match sighting:
        case Found(platform_id, at, misplaced):
            return Change(PostState.POSTED, platform_id, at, reason=MISPLACED if misplaced else FOUND)
        case Undecidable(why):
            return Change(post.state, reason=why)
        case Absent() | Withheld() if post.state is PostState.LANDED:
            asks = "平台称已发布，但一直查不到，请人工核实"
            return _in_patience(post, attempts, now, waits="平台称已发布，等待显示", asks=asks)
        case Absent() | Withheld() if now < (shows_by := shown_by(attempts, lease)):
            again = min(shows_by, now + REVIEWED_MOST)
            return Change(PostState.UNKNOWN, not_before=again, reason="还没有看到，可能还在审核，稍后再核实")
        case Withheld(why):
            return _in_patience(post, attempts, now, waits=why, asks=why)
        case Absent():
            return _not_there(post, attempts, now)


def _not_there(post: Post, attempts: Sequence[Attempt], now: datetime) -> Change:
    if post.posted_at is not None:
        return Change(PostState.UNKNOWN, reason="有人登记为已人工发布，但查不到，请到网页上核对")
    if len(sent_attempts(attempts)) > 1:
        return Change(PostState.UNKNOWN, reason="已经重发过一次仍未找到，请人工核实")
    if now > post.latest_at:
        return Change(PostState.MISSED, reason="核实未发出，但已过最晚时间")
    return Change(PostState.DUE, reason="核实未发出，原文重发一次")


def _in_patience(post: Post, attempts: Sequence[Attempt], now: datetime, *, waits: str, asks: str) -> Change:
    """Look again until patience ends, then ask a person. waits, asks: the reason for either, in Chinese."""
    pasted = post.posted_at or now  # by a person, where there is no attempt
    waited = now - max((attempt.sent_at for attempt in attempts), default=pasted)
    if waited >= LANDED_PATIENCE:
        return Change(PostState.UNKNOWN, reason=asks)
    # The longer it stays invisible, the rarer the calls spent on looking.
    return Change(post.state, not_before=now + max(LOOK_AGAIN, waited / 4), reason=waits)


def shown_by(attempts: Sequence[Attempt], lease: timedelta) -> datetime:
    """When everything that may have been sent is visible, if it was taken at all.

    An attempt without an outcome is a dead or stalled worker's: it may make its call until its lease ends.
    """
    ends = [attempt.settled_at or attempt.sent_at + lease for attempt in sent_attempts(attempts)]
    return max((end + HIDDEN_MOST for end in ends), default=datetime.min.replace(tzinfo=UTC))


def out_since(post: Post, attempts: Sequence[Attempt]) -> datetime | None:
    """Since when a post may be on the platform: its first sending, or a person's pasting; None: it cannot be."""
    sent_at = [attempt.sent_at for attempt in sent_attempts(attempts)]
    pasted = post.posted_at - PASTED_WITHIN if post.posted_at else None
    return min(sent_at, default=pasted)


def sent_attempts(attempts: Sequence[Attempt]) -> tuple[Attempt, ...]:
    """The attempts that may have reached the platform: all but those proven not sent."""
    return tuple(attempt for attempt in attempts if attempt.outcome not in NOT_SENT)


NOT_SENT = frozenset({"RetryAt", "WaitUntil", "LoginNeeded", "Refused"})
"""Names of the outcomes that prove an attempt did not reach the readers."""
