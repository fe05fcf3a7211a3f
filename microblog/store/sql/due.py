"""Which posts a question about the outbox means, as conditions on the table."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, true

from microblog.domain.post import PostState, Verb
from microblog.store.tables import POSTS


def in_states(states: Collection[PostState] | None) -> ColumnElement[bool]:
    """In one of the states; None: in any."""
    return true() if states is None else POSTS.c.state.in_(list(states))


def of_interview(interview: int | None) -> ColumnElement[bool]:
    """Of one interview; None: of any."""
    return true() if interview is None else POSTS.c.interview == interview


def holds_fence(fence: int | None) -> ColumnElement[bool]:
    """Claimed exactly this often; None: however often."""
    return true() if fence is None else POSTS.c.fence == fence


def due(now: datetime, verbs: Collection[Verb]) -> ColumnElement[bool]:
    """May be claimed: due, of these verbs, neither held nor told to wait, not too late."""
    return and_(
        POSTS.c.state == PostState.DUE, POSTS.c.verb.in_(list(verbs)), _not_waiting(now), POSTS.c.latest_at >= now
    )


def ripe(now: datetime) -> ColumnElement[bool]:
    """Sealed and its time has come; or sealed or due and past its latest time."""
    come = and_(POSTS.c.state == PostState.SEALED, POSTS.c.due_at <= now, _not_waiting(now))
    late = and_(in_states((PostState.SEALED, PostState.DUE)), POSTS.c.latest_at < now)
    return or_(come, late)


def stalled(now: datetime) -> ColumnElement[bool]:
    """In sending with a lease that has run out."""
    return and_(POSTS.c.state == PostState.SENDING, POSTS.c.lease_until <= now)


def waiting_to_be_found(now: datetime) -> ColumnElement[bool]:
    """Landed or unknown, and the next look-up is due; without a look-up time a person is asked instead."""
    return and_(in_states((PostState.LANDED, PostState.UNKNOWN)), POSTS.c.not_before <= now)


def _not_waiting(now: datetime) -> ColumnElement[bool]:
    return and_(POSTS.c.held == "", or_(POSTS.c.not_before.is_(None), POSTS.c.not_before <= now))
