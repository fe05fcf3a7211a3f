"""Posts and attempts in memory."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from threading import RLock
from typing import Any

from microblog.domain.outbox import Change
from microblog.domain.post import Attempt, Post, PostState, Verb
from microblog.store.changes import attempt_at, moved, reworded, unhooked
from microblog.store.kept import kept
from microblog.store.missing import id_taken, no_attempt, no_post


def _order(post: Post) -> tuple[datetime, int, str]:
    return post.due_at, post.order, post.key


def _waits(post: Post, now: datetime) -> bool:
    return bool(post.held) or (post.not_before is not None and post.not_before > now)


class MemoryOutbox:
    """`service.ports.Outbox` in memory."""

    def __init__(self, lock: RLock) -> None:
        self._lock = lock
        self._posts: dict[str, Post] = {}
        self._attempts: dict[str, list[Attempt]] = {}

    def enqueue(self, post: Post) -> bool:
        """False: the key is there already. Raises NotAllowed when another post has its platform id."""
        with self._lock:
            if post.key in self._posts:
                return False
            if self._taken(post.key, post.platform_id):
                raise id_taken(post.key, post.platform_id)
            self._posts[post.key] = kept(post)
            return True

    def get(self, key: str) -> Post:
        """Raises NotFound."""
        post = self.find(key)
        if post is None:
            raise no_post(key)
        return post

    def find(self, key: str) -> Post | None:
        """The post, or None."""
        with self._lock:
            return self._posts.get(key)

    def posts(self, *, interview: int | None = None, states: Collection[PostState] | None = None) -> list[Post]:
        """By due time, order, key."""
        return self._where(
            lambda post: interview in (None, post.interview) and (states is None or post.state in states)
        )

    def ripe(self, now: datetime) -> list[Post]:
        """Sealed posts whose time has come, and sealed or due ones past their latest time."""
        return self._where(
            lambda post: (
                (post.state is PostState.SEALED and post.due_at <= now and not _waits(post, now))
                or (post.state in (PostState.SEALED, PostState.DUE) and post.latest_at < now)
            )
        )

    def move(
        self, key: str, change: Change, *, expect: Collection[PostState], fence: int | None = None, by: str = ""
    ) -> bool:
        """False: not in an expected state, an older fence, or the id belongs to another post."""
        with self._lock:
            post = self.find(key)
            if post is None or (fence is not None and post.fence != fence) or self._taken(key, change.platform_id):
                return False
            return self._update(key, moved(change), expect)

    def reword(self, key: str, text: str, author: str, *, expect: Collection[PostState]) -> bool:
        """Give a post new words and make it a draft."""
        return self._update(key, reworded(text, author), expect)

    def reschedule(self, key: str, due_at: datetime, latest_at: datetime, *, expect: Collection[PostState]) -> bool:
        """Give a post new times."""
        return self._update(key, {"due_at": due_at, "latest_at": latest_at}, expect)

    def hold(self, key: str, held: str, *, expect: Collection[PostState]) -> bool:
        """Keep a post from being claimed, or let it go."""
        return self._update(key, {"held": held}, expect)

    def unhook(self, key: str, change: Change, *, expect: Collection[PostState]) -> bool:
        """Make a reply to a stranger's comment a comment of its own."""
        return self._update(key, unhooked(change), expect)

    def claim(
        self, now: datetime, worker: str, lease: timedelta, verbs: Collection[Verb]
    ) -> tuple[Post, Attempt] | None:
        """Take the first due post of these verbs; None: nothing is due."""
        with self._lock:
            due = self._where(
                lambda post: (
                    post.state is PostState.DUE
                    and post.verb in verbs
                    and not _waits(post, now)
                    and post.latest_at >= now
                )
            )
            if not due:
                return None
            post = kept(due[0].evolve(state=PostState.SENDING, fence=due[0].fence + 1, lease_until=now + lease))
            made = self._attempts.setdefault(post.key, [])
            attempt = kept(attempt_at(post, len(made) + 1, worker, now))
            self._posts[post.key] = post
            made.append(attempt)
            return post, attempt

    def settle(
        self, attempt: Attempt, outcome: str, detail: str, change: Change, *, fence: int, at: datetime
    ) -> bool:
        """Record the outcome in any case; move the post only while this claim holds it. Raises NotFound."""
        with self._lock:
            made = self._attempts.get(attempt.key, [])
            if not 1 <= attempt.number <= len(made):
                raise no_attempt(attempt.key, attempt.number)
            settled = replace(made[attempt.number - 1], outcome=outcome, detail=detail, settled_at=at)
            made[attempt.number - 1] = kept(settled)
            return self.move(attempt.key, change, expect=(PostState.SENDING,), fence=fence)

    def attempts(self, key: str) -> list[Attempt]:
        """By number."""
        with self._lock:
            return list(self._attempts.get(key, ()))

    def stalled(self, now: datetime) -> list[Post]:
        """Posts in sending whose lease has run out."""
        return self._where(
            lambda post: post.state is PostState.SENDING and post.lease_until is not None and post.lease_until <= now
        )

    def to_look_for(self, now: datetime) -> list[Post]:
        """Landed and unknown posts whose next look-up is due."""
        return self._where(
            lambda post: (
                post.state in (PostState.LANDED, PostState.UNKNOWN)
                and post.not_before is not None
                and post.not_before <= now
            )
        )

    def last_sent_at(self) -> datetime | None:
        """When the newest attempt was made."""
        with self._lock:
            return max((attempt.sent_at for made in self._attempts.values() for attempt in made), default=None)

    def by_platform_id(self, platform_id: str) -> Post | None:
        """The post that became this status or comment."""
        return next(iter(self._where(lambda post: post.platform_id == platform_id)), None)

    def _where(self, holds: Callable[[Post], bool]) -> list[Post]:
        with self._lock:
            return sorted((post for post in self._posts.values() if holds(post)), key=_order)

    def _taken(self, key: str, platform_id: str | None) -> bool:
        holder = self.by_platform_id(platform_id) if platform_id is not None else None
        return holder is not None and holder.key != key

    def _update(self, key: str, values: Mapping[str, Any], expect: Collection[PostState]) -> bool:
        with self._lock:
            post = self._posts.get(key)
            if post is None or post.state not in expect:
                return False
            self._posts[key] = kept(post.evolve(**values))
            return True
