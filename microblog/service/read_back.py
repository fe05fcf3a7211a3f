"""Reading back: what became of a post whose fate is not known. Nothing is sent here.

A landed or unknown post is looked for on the platform until it is found, proven absent, or left to a person.
"""

from collections.abc import Collection
from datetime import datetime

from microblog.domain.errors import PlatformError
from microblog.domain.outbox import FOUND, LOOK_AGAIN, LOOK_AT_LEAST, Change, after_looking, delivery, out_since
from microblog.domain.post import (
    Absent,
    Attempt,
    Delivery,
    Found,
    Outcome,
    Post,
    Posted,
    PostState,
    RetryAt,
    Sighting,
    Undecidable,
)
from microblog.service.budget import spending
from microblog.service.in_step import in_step
from microblog.service.office import Office

LOOK_UP_RECOVERED = "发送进程中断，结果不明，等待回查"
LOOK_UP_NEWS = "停顿的发送进程补报了结果，重新回查"


def reconcile(office: Office) -> int:
    """Look on the platform for landed and unknown posts whose look-up is due; returns how many were settled."""
    outbox, now = office.store.outbox, office.clock.now()
    if not (outbox.stalled(now) or outbox.to_look_for(now)) or not in_step(office):
        return 0
    recover(office)
    settled = 0
    for post in office.store.outbox.to_look_for(office.clock.now()):
        settled += _look_for(office, post)
    return settled


def recover(office: Office) -> int:
    """Posts left in sending by a worker that died or stalled become unknown; returns how many."""
    now = office.clock.now()
    change = Change(PostState.UNKNOWN, not_before=now, reason=LOOK_UP_RECOVERED)
    stalled = office.store.outbox.stalled(now)
    return sum(
        office.store.outbox.move(post.key, change, expect=[PostState.SENDING], fence=post.fence) for post in stalled
    )


def look_at_news(office: Office, key: str) -> bool:
    """Have a post looked for again that asks a person, now that a stalled worker has told what its attempt came to.

    What nobody could tell then may be told now: the attempt perhaps never made its call.
    """
    post = office.store.outbox.get(key)
    if post.state not in (PostState.UNKNOWN, PostState.LANDED) or post.not_before is not None:
        return False
    change = Change(post.state, not_before=office.clock.now(), reason=LOOK_UP_NEWS)
    return office.store.outbox.move(key, change, expect=[post.state], fence=post.fence)


def found_meanwhile(office: Office, post: Post, history: Collection[Attempt]) -> Outcome | None:
    """Look once more before words that may have been sent go out a second time: an older look may be out of date."""
    since = out_since(post, tuple(history))
    if since is None:
        return None
    try:
        sighting = _sighting(office, post, since)
    except PlatformError as error:
        return RetryAt(office.clock.now() + LOOK_AGAIN, str(error))
    if not isinstance(sighting, Found):
        return None
    return Posted(sighting.platform_id, sighting.at, sighting.misplaced, FOUND)


def target(office: Office, post: Post) -> Delivery:
    """The post with the ids of what it follows and lies under. Raises NotAllowed when one of them is not out."""
    outbox = office.store.outbox
    before = outbox.find(post.follows) if post.follows else None
    under = outbox.find(post.under) if post.under else None
    return delivery(post, before, under)


def _look_for(office: Office, post: Post) -> bool:
    outbox, now = office.store.outbox, office.clock.now()
    attempts = outbox.attempts(post.key)
    since = out_since(post, attempts)
    try:
        sighting = _sighting(office, post, since) if since else Absent()
    except PlatformError as error:
        # Nothing is proven; the longer it has been dark, the rarer the calls spent on looking.
        pause = min(max(LOOK_AGAIN, (now - (since or now)) / 4), LOOK_AT_LEAST)
        later = Change(post.state, not_before=now + pause, reason=str(error))
        outbox.move(post.key, later, expect=[post.state], fence=post.fence)
        return False
    change = after_looking(post, attempts, sighting, now, office.practice.lease)
    moved = outbox.move(post.key, change, expect=[post.state], fence=post.fence)
    office.note(office.practice.worker, "look", post.key, sighting=type(sighting).__name__, state=change.state.value)
    return moved and change.state is not post.state


def _sighting(office: Office, post: Post, since: datetime) -> Sighting:
    """Read back. Raises PlatformError when the platform gives no answer."""
    with spending(office, "look"):
        sighting = office.platform.look_for(target(office, post), sent_at=since, now=office.clock.now())
    if isinstance(sighting, Found) and office.store.outbox.by_platform_id(sighting.platform_id):
        return Undecidable("平台上的同文已登记为另一条发布，请人工核实")
    return sighting
