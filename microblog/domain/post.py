"""A post on its way to a platform: its states, its attempts, and what an attempt can come to.

At most once, never lost: a post row exists before anything is sent (intent first), it is sent only while its
exact words are sealed, and every attempt ends in exactly one `Outcome`. `docs/architecture.md` draws the states.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self


class PostState(StrEnum):
    """Where a post is; the text beside each says what is true in it."""

    DRAFT = "draft"  # words written, not sealed by every body the rules ask for
    SEALED = "sealed"  # exact words sealed; its time or its predecessor has not come
    DUE = "due"  # may be claimed by one worker now
    SENDING = "sending"  # claimed under a lease; the attempt row is committed, the call may be out
    POSTED = "posted"  # on the platform, id known
    LANDED = "landed"  # on the platform, id not yet known
    REFUSED = "refused"  # the platform said no for good; a person edits, re-seals or cancels
    UNKNOWN = "unknown"  # may or may not be on the platform; read back or settled by a person, never resent blind
    MISSED = "missed"  # its latest time passed before it was sent; goes out only with a person's yes
    CANCELLED = "cancelled"  # will not be sent

    @property
    def on_platform(self) -> bool:
        """True where readers can see the post, its id known or not."""
        return self in (PostState.POSTED, PostState.LANDED)

    @property
    def asks(self) -> bool:
        """True where only a person can move it on."""
        return self in (PostState.REFUSED, PostState.MISSED)

    @property
    def chinese(self) -> str:
        """The Chinese name."""
        return _STATE_TITLES[self.value]


_STATE_TITLES = {
    "draft": "待盖章",
    "sealed": "已盖章",
    "due": "待发送",
    "sending": "发送中",
    "posted": "已发布",
    "landed": "已发布，待登记编号",
    "refused": "被拒绝",
    "unknown": "结果不明",
    "missed": "已错过",
    "cancelled": "已取消",
}


class PostKind(StrEnum):
    """What a post is for, in the order of a microblog interview."""

    PREVIEW = "preview"
    REMINDER = "reminder"
    OPENING = "opening"
    ANSWER = "answer"
    CLOSING = "closing"
    ROUNDUP = "roundup"

    @property
    def chinese(self) -> str:
        """The Chinese name."""
        return _KIND_TITLES[self.value]


_KIND_TITLES = {
    "preview": "预告",
    "reminder": "提醒",
    "opening": "开场",
    "answer": "答复",
    "closing": "结束",
    "roundup": "实录",
}


class Verb(StrEnum):
    """How a post reaches the platform."""

    SHARE = "share"  # a status of its own
    COMMENT = "comment"  # a comment under one of our statuses
    REPLY = "reply"  # a reply to a comment: an asker's, or our own part before


def text_hash(text: str) -> str:
    """SHA-256 of the exact words, in hex: what a reviewer seals and what dispatch checks."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Post:
    """One intended publication.

    key: the business fact, e.g. `interview 3 · answer 7 · part 2`; unique in the store.
    bodies: who must have sealed the exact words before they may go out; never empty on a real post.
    follows: key of the post that must be on the platform, id known, before this one is due.
    under: key of our own status that a COMMENT or REPLY belongs to.
    replies_to: platform id of the asker's comment; None on a REPLY means «the comment `follows` became».
    due_at, latest_at: aware; past `latest_at` the post is missed and asks.
    not_before: nothing is tried (sent, or looked up) before this moment; None in UNKNOWN means «asks a person».
    held: who holds it back and why, in Chinese; while not empty, nobody can claim the post; `latest_at` still holds.
    fence: raised by one at each claim; settling with an older fence is refused.
    """

    key: str
    interview: int
    kind: PostKind
    verb: Verb
    text: str
    author: str
    due_at: datetime
    latest_at: datetime
    bodies: tuple[str, ...]
    follows: str | None = None
    under: str | None = None
    replies_to: str | None = None
    state: PostState = PostState.DRAFT
    order: int = 0
    fence: int = 0
    lease_until: datetime | None = None
    platform_id: str | None = None
    posted_at: datetime | None = None
    not_before: datetime | None = None
    reason: str = ""
    held: str = ""

    def __post_init__(self) -> None:
        for name in ("due_at", "latest_at", "lease_until", "posted_at", "not_before"):
            moment = getattr(self, name)
            if moment is not None and moment.tzinfo is None:
                raise ValueError(f"{self.key}: {name} has no time zone")

    @property
    def hash(self) -> str:
        """Hash of the words as they would go out now."""
        return text_hash(self.text)

    def evolve(self, **changes: object) -> Self:
        """A copy with the named fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]  # dataclasses.replace checks the names


@dataclass(frozen=True, slots=True)
class Attempt:
    """One call that may have reached the platform; committed before the call is made.

    outcome: name of the outcome, empty while the call is out or when the worker died.
    """

    key: str
    number: int
    text_hash: str
    sent_at: datetime
    worker: str
    outcome: str = ""
    detail: str = ""
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A post with its targets resolved to platform ids: all a platform needs to send it."""

    key: str
    verb: Verb
    text: str
    status_id: str | None = None
    comment_id: str | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """On the platform. misplaced: a reply that became a plain comment because its target was bad."""

    platform_id: str
    at: datetime
    misplaced: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Landed:
    """On the platform, but its id must be looked up from `look_at` on."""

    look_at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Not on the platform, and sending the same again is pointless. gone: the target vanished."""

    why: str
    gone: bool = False


@dataclass(frozen=True, slots=True)
class RetryAt:
    """Proven not sent; the identical text may be sent again from `when` on."""

    when: datetime
    why: str


@dataclass(frozen=True, slots=True)
class WaitUntil:
    """Not sent because a limit was reached; nothing of this scope is worth trying before `when`.

    scope: `account`, `endpoint` or `ip`.
    """

    when: datetime
    scope: str
    why: str


@dataclass(frozen=True, slots=True)
class LoginNeeded:
    """Not sent because the account cannot act until a person logs in or clears it."""

    why: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """May or may not be on the platform; look from `look_at` on, never send again unseen."""

    look_at: datetime
    why: str


Outcome = Posted | Landed | Refused | RetryAt | WaitUntil | LoginNeeded | Unknown


@dataclass(frozen=True, slots=True)
class Found:
    """Reading back found our words, with this id. misplaced: as a plain comment where a reply was meant."""

    platform_id: str
    at: datetime
    misplaced: bool = False


@dataclass(frozen=True, slots=True)
class Absent:
    """Reading back proves that the post is not on the platform."""


@dataclass(frozen=True, slots=True)
class Undecidable:
    """Reading back can prove neither; a person must look. why: one line of Chinese."""

    why: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """Reading back saw less than there is, or nothing: what is held back may be ours, and may yet show."""

    why: str


Sighting = Found | Absent | Undecidable | Withheld
