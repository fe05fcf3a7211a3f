"""Sending what is due: at most once, never lost, never unsealed, never late unasked.

One post is claimed at a time; the attempt row is committed before the call, and no transaction is open during it.
A post whose fate is unknown is read back (`read_back.py`) before anything is sent again.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from microblog.domain.errors import NotAllowed
from microblog.domain.outbox import Change, Readiness, consequence, readiness
from microblog.domain.post import (
    Attempt,
    LoginNeeded,
    Outcome,
    Post,
    PostState,
    Refused,
    RetryAt,
    Verb,
    WaitUntil,
)
from microblog.domain.script import sealed
from microblog.service.budget import spending, verbs_left
from microblog.service.in_step import in_step
from microblog.service.office import Office
from microblog.service.ports import LOGIN, Pause
from microblog.service.read_back import found_meanwhile, look_at_news, target


@dataclass(frozen=True, slots=True)
class Dispatched:
    """What one round did, by number of posts."""

    released: int = 0
    sent: int = 0
    missed: int = 0


def dispatch(office: Office, *, keep_going: Callable[[], bool] = lambda: True) -> Dispatched:
    """Release what is ready, then send what is due until nothing is, a pause is in force or the pace says wait.

    keep_going: asked before each claim, so that a stopping worker finishes the call in flight and takes no other.
    Nothing is done by a clock that the platform's contradicts.
    """
    if not (_something_ripe(office) or _something_due(office)) or not in_step(office):
        return Dispatched()
    released, missed = release(office)
    sent = 0
    while keep_going() and (verbs := open_verbs(office)) and send_next(office, verbs):
        sent += 1
    return Dispatched(released, sent, missed)


def _something_ripe(office: Office) -> bool:
    now = office.clock.now()
    return any(_readiness(office, post, now) is not Readiness.WAIT for post in office.store.outbox.ripe(now))


def _something_due(office: Office) -> bool:
    """Whether a post could be claimed; in the half second between two rounds there mostly is none."""
    now, verbs = office.clock.now(), open_verbs(office)
    due = office.store.outbox.posts(states=[PostState.DUE]) if verbs else []
    return any(
        post.verb in verbs and not post.held and (post.not_before is None or post.not_before <= now) for post in due
    )


def open_verbs(office: Office) -> frozenset[Verb]:
    """The verbs that may be sent now: none while the pace says wait or a login is missing, fewer at a limit."""
    now = office.clock.now()
    last = office.store.outbox.last_sent_at()
    if last is not None and last <= now < last + office.practice.pace:  # a later one was written by a wrong clock
        return frozenset()
    paused = {pause.scope for pause in office.store.journal.pauses(now)}
    if paused & {"account", "ip", LOGIN}:
        return frozenset()
    return frozenset(verb for verb in verbs_left(office) if endpoint_scope(verb) not in paused)


def endpoint_scope(verb: Verb) -> str:
    """The name of the pause that stops one verb alone."""
    return f"endpoint:{verb.value}"


def release(office: Office) -> tuple[int, int]:
    """Make sealed posts due whose time has come, and mark those past their latest time as missed.

    Returns (released, missed).
    """
    outbox, now = office.store.outbox, office.clock.now()
    released = missed = 0
    for post in outbox.ripe(now):
        match _readiness(office, post, now):
            case Readiness.MISS:
                change = Change(PostState.MISSED, reason="已过最晚发布时间，请决定是否补发")
                missed += outbox.move(post.key, change, expect=[post.state])
            case Readiness.UNSEALED:
                change = Change(PostState.DRAFT, reason="文字与审核盖章的不一致，请重新送审")
                outbox.move(post.key, change, expect=[post.state])
            case Readiness.RELEASE if post.state is PostState.SEALED:
                released += outbox.move(post.key, Change(PostState.DUE), expect=[PostState.SEALED])
    return released, missed


def _readiness(office: Office, post: Post, now: datetime) -> Readiness:
    before = office.store.outbox.find(post.follows) if post.follows else None
    return readiness(post, before, office.store.reviews.seals([post.key]), now)


def send_next(office: Office, verbs: Collection[Verb]) -> bool:
    """Claim one due post, send it once and settle it. False: nothing was due."""
    outbox, practice = office.store.outbox, office.practice
    claimed = outbox.claim(office.clock.now(), practice.worker, practice.lease, verbs)
    if claimed is None:
        return False
    post, attempt = claimed
    history = [earlier for earlier in outbox.attempts(post.key) if earlier.number < attempt.number]
    settle(office, post, attempt, _deliver(office, post, history))
    return True


def _deliver(office: Office, post: Post, history: Collection[Attempt]) -> Outcome:
    """Check the seals of the claimed words, that they are not out already, nor too late; then call the platform."""
    seals = office.store.reviews.seals([post.key])
    if not sealed(post.key, post.hash, post.bodies, tuple(seals)):
        return Refused("文字没有全部盖章，拒绝发送，请送审")
    try:
        resolved = target(office, post)
    except NotAllowed as orphan:
        return Refused(str(orphan))
    outcome = found_meanwhile(office, post, history) or _too_late(office, post)
    if outcome is not None:
        return outcome
    with spending(office, post.verb.value):
        return office.platform.deliver(resolved, tuple(history))


def _too_late(office: Office, post: Post) -> RetryAt | None:
    """Why no call may be begun any more, though the post was claimed in time."""
    now = office.clock.now()
    if post.lease_until is not None and now >= post.lease_until:
        # Another worker may hold the post by now; two calls could both go through.
        return RetryAt(now, "发送前停顿过久，没有发出，等待重发")
    return RetryAt(now, "已过最晚发布时间，没有发出") if now > post.latest_at else None


def settle(office: Office, post: Post, attempt: Attempt, outcome: Outcome) -> bool:
    """Write down what an attempt came to. False: this worker had lost the post meanwhile; it is looked for again."""
    now = office.clock.now()
    change = consequence(outcome, now)
    moved = office.store.outbox.settle(
        attempt, type(outcome).__name__, change.reason, change, fence=post.fence, at=now
    )
    if not moved:
        look_at_news(office, post.key)
    if isinstance(outcome, WaitUntil):
        scope = endpoint_scope(post.verb) if outcome.scope == "endpoint" else outcome.scope
        office.store.journal.pause(Pause(scope, outcome.when, outcome.why))
    if isinstance(outcome, LoginNeeded) and change.not_before:
        office.store.journal.pause(Pause(LOGIN, change.not_before, outcome.why))
    office.note(office.practice.worker, "send", post.key, outcome=type(outcome).__name__, attempt=attempt.number)
    return moved
