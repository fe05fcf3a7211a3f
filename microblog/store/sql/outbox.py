"""Posts and attempts in SQL. Every guard is in the WHERE of the UPDATE it guards."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select
from sqlalchemy.exc import IntegrityError

from microblog.domain.outbox import Change
from microblog.domain.post import Attempt, Post, PostState, Verb
from microblog.store.changes import attempt_at, moved, reworded, unhooked
from microblog.store.kept import kept
from microblog.store.missing import id_taken, no_attempt, no_post
from microblog.store.sql.database import Database
from microblog.store.sql.due import due, holds_fence, in_states, of_interview, ripe, stalled, waiting_to_be_found
from microblog.store.sql.rows import added, read, selecting, values_of, write
from microblog.store.tables import ATTEMPTS, POSTS

_SELECT = selecting(POSTS, Post).order_by(POSTS.c.due_at, POSTS.c.order, POSTS.c.key)


class SqlOutbox:
    """`service.ports.Outbox` in SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def enqueue(self, post: Post) -> bool:
        """False: the key is there already. Raises NotAllowed when another post has its platform id."""
        insert = self._database.insert(POSTS).values(values_of(post)).on_conflict_do_nothing(index_elements=["key"])
        try:
            with self._database.writing() as connection:
                return added(connection, insert)
        except IntegrityError as taken:
            raise id_taken(post.key, post.platform_id) from taken

    def get(self, key: str) -> Post:
        """Raises NotFound."""
        post = self.find(key)
        if post is None:
            raise no_post(key)
        return post

    def find(self, key: str) -> Post | None:
        """The post, or None."""
        return next(iter(self._where(POSTS.c.key == key)), None)

    def posts(self, *, interview: int | None = None, states: Collection[PostState] | None = None) -> list[Post]:
        """By due time, order, key."""
        return self._where(of_interview(interview), in_states(states))

    def ripe(self, now: datetime) -> list[Post]:
        """Sealed posts whose time has come, and sealed or due ones past their latest time."""
        return self._where(ripe(now))

    def move(
        self, key: str, change: Change, *, expect: Collection[PostState], fence: int | None = None, by: str = ""
    ) -> bool:
        """False: not in an expected state, an older fence, or the id belongs to another post."""
        with self._database.writing() as connection:
            return _update(connection, key, moved(change), in_states(expect), holds_fence(fence))

    def reword(self, key: str, text: str, author: str, *, expect: Collection[PostState]) -> bool:
        """Give a post new words and make it a draft."""
        with self._database.writing() as connection:
            return _update(connection, key, reworded(text, author), in_states(expect))

    def reschedule(self, key: str, due_at: datetime, latest_at: datetime, *, expect: Collection[PostState]) -> bool:
        """Give a post new times."""
        with self._database.writing() as connection:
            return _update(connection, key, {"due_at": due_at, "latest_at": latest_at}, in_states(expect))

    def hold(self, key: str, held: str, *, expect: Collection[PostState]) -> bool:
        """Keep a post from being claimed, or let it go."""
        with self._database.writing() as connection:
            return _update(connection, key, {"held": held}, in_states(expect))

    def unhook(self, key: str, change: Change, *, expect: Collection[PostState]) -> bool:
        """Make a reply to a stranger's comment a comment of its own."""
        with self._database.writing() as connection:
            return _update(connection, key, unhooked(change), in_states(expect))

    def claim(
        self, now: datetime, worker: str, lease: timedelta, verbs: Collection[Verb]
    ) -> tuple[Post, Attempt] | None:
        """Take the first due post of these verbs; None: nothing is due, or others are taking it.

        PostgreSQL skips rows another worker is claiming; SQLite holds its one write lock and needs no row locks.
        """
        first = _SELECT.where(due(now, verbs)).limit(1).with_for_update(skip_locked=True)
        with self._database.writing() as connection:
            while candidates := read(connection, Post, first):
                claimed = _claim(connection, candidates[0], now, worker, lease)
                if claimed is not None:
                    return claimed
        return None

    def settle(
        self, attempt: Attempt, outcome: str, detail: str, change: Change, *, fence: int, at: datetime
    ) -> bool:
        """Record the outcome in any case; move the post only while this claim holds it. Raises NotFound."""
        this = (ATTEMPTS.c.key == attempt.key, ATTEMPTS.c.number == attempt.number)
        told = ATTEMPTS.update().where(*this).values(outcome=outcome, detail=detail, settled_at=at)
        with self._database.writing() as connection:
            if not connection.execute(told).rowcount:
                raise no_attempt(attempt.key, attempt.number)
            sending = in_states((PostState.SENDING,))
            return _update(connection, attempt.key, moved(change), sending, holds_fence(fence))

    def attempts(self, key: str) -> list[Attempt]:
        """By number."""
        made = selecting(ATTEMPTS, Attempt).where(ATTEMPTS.c.key == key).order_by(ATTEMPTS.c.number)
        with self._database.reading() as connection:
            return read(connection, Attempt, made)

    def stalled(self, now: datetime) -> list[Post]:
        """Posts in sending whose lease has run out."""
        return self._where(stalled(now))

    def to_look_for(self, now: datetime) -> list[Post]:
        """Landed and unknown posts whose next look-up is due."""
        return self._where(waiting_to_be_found(now))

    def last_sent_at(self) -> datetime | None:
        """When the newest attempt was made."""
        with self._database.reading() as connection:
            newest: datetime | None = connection.execute(select(func.max(ATTEMPTS.c.sent_at))).scalar_one()
        return newest

    def by_platform_id(self, platform_id: str) -> Post | None:
        """The post that became this status or comment."""
        return next(iter(self._where(POSTS.c.platform_id == platform_id)), None)

    def _where(self, *conditions: ColumnElement[bool]) -> list[Post]:
        with self._database.reading() as connection:
            return read(connection, Post, _SELECT.where(*conditions))


def _update(connection: Connection, key: str, values: Mapping[str, Any], *guards: ColumnElement[bool]) -> bool:
    """Change one post while the guards hold. False: they do not, or another post has the platform id."""
    update = POSTS.update().where(POSTS.c.key == key, *guards).values(values)
    try:
        with connection.begin_nested():
            return bool(connection.execute(update).rowcount)
    except IntegrityError:
        return False


def _claim(
    connection: Connection, post: Post, now: datetime, worker: str, lease: timedelta
) -> tuple[Post, Attempt] | None:
    """Guarded UPDATE and INSERT of the attempt, in the caller's transaction. None: another worker won."""
    taken = {"state": PostState.SENDING, "fence": post.fence + 1, "lease_until": now + lease}
    if not _update(connection, post.key, taken, in_states((PostState.DUE,))):
        return None
    made = select(func.coalesce(func.max(ATTEMPTS.c.number), 0)).where(ATTEMPTS.c.key == post.key)
    attempt = kept(attempt_at(post, connection.execute(made).scalar_one() + 1, worker, now))
    write(connection, ATTEMPTS, [attempt])
    return kept(post.evolve(**taken)), attempt
