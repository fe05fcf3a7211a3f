"""What a change, new words or a re-serve mean for what is stored; both stores ask here, so they cannot differ."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from microblog.domain.outbox import Change
from microblog.domain.post import Attempt, Post, PostState, Verb
from microblog.domain.question import Comment
from microblog.service.ports import Upsert


def moved(change: Change) -> dict[str, Any]:
    """The fields of a post that a change sets.

    A known id and its moment are kept when the change brings none: what is on the platform stays known.
    """
    fields: dict[str, Any] = {
        "state": change.state,
        "not_before": change.not_before,
        "reason": change.reason,
        "lease_until": None,
    }
    if change.platform_id is not None:
        fields["platform_id"] = change.platform_id
    if change.posted_at is not None:
        fields["posted_at"] = change.posted_at
    return fields


def reworded(text: str, author: str) -> dict[str, Any]:
    """The fields of a post that new words set: it is a draft again, and waits for nothing."""
    return moved(Change(PostState.DRAFT)) | {"text": text, "author": author}


def unhooked(change: Change) -> dict[str, Any]:
    """The fields of a post that no longer answers a stranger's comment."""
    return moved(change) | {"verb": Verb.COMMENT, "replies_to": None}


def attempt_at(post: Post, number: int, worker: str, now: datetime) -> Attempt:
    """The attempt a claim commits before the call is made, with the words as they go out."""
    return Attempt(post.key, number, post.hash, sent_at=now, worker=worker)


@dataclass(slots=True)
class Serving:
    """Served comments folded into those known, by (source, platform id).

    raw: payloads of the new ones, as first served. touched: keys to be written.
    """

    known: dict[tuple[str, str], Comment]
    raw: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    touched: set[tuple[str, str]] = field(default_factory=set)
    edited: int = 0

    def take(self, served: Iterable[tuple[Comment, dict[str, Any]]]) -> Upsert:
        """Fold in every comment served; returns what that changed."""
        for comment, payload in served:
            self._take_one(comment, payload)
        return Upsert(new=len(self.raw), edited=self.edited)

    def _take_one(self, comment: Comment, payload: dict[str, Any]) -> None:
        key = (comment.source, comment.platform_id)
        before = self.known.get(key)
        if before is None:
            self.known[key], self.raw[key] = comment, payload
        else:
            self.known[key] = after = seen_again(before, comment)
            self.edited += after.text != before.text
        self.touched.add(key)


def seen_again(before: Comment, served: Comment) -> Comment:
    """A known comment after it was served once more: seen later, liked more, perhaps edited, surely not deleted.

    A serving older than the last one tells nothing new (two sweeps may finish out of order).
    """
    if served.last_seen_at < before.last_seen_at:
        return before
    edited = served.text != before.text
    return replace(
        before,
        text=served.text,
        prior_texts=(*before.prior_texts, before.text) if edited else before.prior_texts,
        likes=served.likes,
        last_seen_at=served.last_seen_at,
        deleted_at=None,
    )
