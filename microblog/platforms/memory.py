"""A platform in memory that behaves like Weibo where it hurts, for rehearsals and for the tests of services."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from itertools import count as numbers

from microblog.domain.errors import TargetGone
from microblog.domain.outbox import sent_attempts
from microblog.domain.post import (
    Attempt,
    Delivery,
    Landed,
    Outcome,
    Posted,
    Refused,
    RetryAt,
    Sighting,
    Unknown,
    Verb,
)
from microblog.domain.rehearsal import Check
from microblog.platforms.weibo_ids import id_in
from microblog.platforms.weibo_payload import Own, OwnPage
from microblog.platforms.weibo_readback import SHOWN_STATUSES, among_comments, among_statuses
from microblog.service.ports import Clock, CommentPage, Login, SeenComment

OURS = "1000000001"
_LOOK_AFTER = timedelta(seconds=10)
_HIDDEN_FOR = timedelta(minutes=3)


class Mishap(Enum):
    """What may befall the next delivery."""

    NOT_SENT = auto()  # no connection: proven not sent
    LOST_BEFORE = auto()  # no answer, and nothing was posted
    LOST_AFTER = auto()  # no answer, although it was posted
    HIDDEN = auto()  # posted, said so without an id, invisible for three minutes
    MISPLACED = auto()  # a reply that becomes a plain comment


@dataclass(frozen=True, slots=True)
class Entry:
    """A status (status_id None) or a comment, by anyone. visible_from: readers see it from then on."""

    platform_id: str
    user_id: str
    user_name: str
    text: str
    created_at: datetime
    visible_from: datetime
    status_id: str | None = None
    reply_to: str | None = None
    likes: int = 0


class MemoryPlatform:
    """Implements `service.ports.Platform`; netizens and mishaps are put in by hand."""

    def __init__(self, clock: Clock, *, expires_at: datetime | None = None) -> None:
        self._clock = clock
        self._expires_at = expires_at
        self._entries: dict[str, Entry] = {}
        self._mishaps: deque[Mishap] = deque()
        self._ids = numbers(5_118_500_000_000_001)
        self._calls = 0

    @property
    def calls(self) -> int:
        """Deliveries, look-ups and reads so far, a call each."""
        return self._calls

    def suffer(self, *mishaps: Mishap) -> None:
        """Let the next deliveries go wrong, one after the other."""
        self._mishaps.extend(mishaps)

    def netizen(
        self, status_id: str, text: str, *, user_id: str = "2000000001", name: str = "网友", likes: int = 0
    ) -> str:
        """Somebody comments under a status; returns the comment's id."""
        return self._put(text, self._clock.now(), user_id=user_id, name=name, status_id=status_id, likes=likes)

    def by_hand(self, text: str) -> str:
        """An operator posts on the web as our account; returns the status's id."""
        return self._put(text, self._clock.now())

    def remove(self, platform_id: str) -> None:
        """Somebody deletes a status or comment; nothing tells its readers."""
        del self._entries[platform_id]

    def posted(self) -> list[Entry]:
        """All our statuses and comments, visible or not, oldest first."""
        return [entry for entry in self._entries.values() if entry.user_id == OURS]

    def check(self, delivery: Delivery) -> Check:
        """Nothing is ever too long here, and nothing a risk."""
        return Check(len(delivery.text), len(delivery.text))

    def page(self, status_id: str) -> str:
        """An address that leads nowhere."""
        return f"https://platform.invalid/{status_id}"

    def id_in(self, pasted: str) -> str | None:
        """A number, the end of an address that leads nowhere, or what the real one would find."""
        number = pasted.strip().removeprefix(self.page(""))
        return number if number.isascii() and number.isdigit() else id_in(number)

    def moment_of(self, platform_id: str) -> datetime | None:
        """Its numbers tell nothing; it remembers."""
        entry = self._entries.get(platform_id)
        return entry.created_at if entry else None

    def time(self) -> datetime | None:
        """The clock given at the start."""
        return self._clock.now()

    def deliver(self, delivery: Delivery, history: Sequence[Attempt]) -> Outcome:
        """Post, unless a mishap is waiting, the target is gone or the very words are there already."""
        now = self._clock.now()
        self._calls += 1
        mishap = self._mishaps.popleft() if self._mishaps else None
        if mishap is Mishap.NOT_SENT:
            return RetryAt(now + timedelta(seconds=5), "连不上平台，没有发出，稍后自动重试")
        if mishap is Mishap.LOST_BEFORE:
            return Unknown(now + _LOOK_AFTER, "没有收到平台的回应，稍后自动核实")
        if any(target and target not in self._entries for target in (delivery.status_id, delivery.comment_id)):
            return Refused("要评论或回复的内容已不存在：请改为单独发布", gone=True)
        if self._repeats(delivery):
            return self._repeated(sent_attempts(history), now)
        return self._commit(delivery, mishap, now)

    def look_for(self, delivery: Delivery, *, sent_at: datetime, now: datetime) -> Sighting:
        """Look among our newest five statuses, or all our comments."""
        self._calls += 1
        statuses = delivery.verb is Verb.SHARE
        ours = [entry for entry in self._visible() if entry.user_id == OURS and (entry.status_id is None) is statuses]
        own = tuple(Own(e.platform_id, e.text, e.created_at, e.status_id, e.reply_to) for e in ours)
        if statuses:
            return among_statuses(delivery, sent_at, OwnPage(own[:SHOWN_STATUSES], None, len(own)))
        return among_comments(delivery, sent_at, [OwnPage(own, None, len(own))])

    def comments(
        self, status_id: str, *, since_id: str | None = None, max_id: str | None = None, count: int = 200
    ) -> CommentPage:
        """One page, newest first. Raises TargetGone where the status is not there."""
        self._calls += 1
        everything = self._under(status_id)
        asked = [
            entry
            for entry in everything
            if int(entry.platform_id) > int(since_id or 0)
            and (max_id is None or int(entry.platform_id) <= int(max_id))
        ]
        after = asked[count].platform_id if len(asked) > count else None
        return CommentPage(tuple(_seen(entry) for entry in asked[:count]), after, len(everything))

    def shown_count(self, status_id: str) -> int:
        """How many comments readers see. Raises TargetGone where the status is not there."""
        self._calls += 1
        return len(self._under(status_id))

    def login(self) -> Login:
        """Our account; the end given at the start."""
        return Login(OURS, self._expires_at)

    def _commit(self, delivery: Delivery, mishap: Mishap | None, now: datetime) -> Outcome:
        misplaced = mishap is Mishap.MISPLACED and delivery.verb is Verb.REPLY
        visible_from = now + _HIDDEN_FOR if mishap is Mishap.HIDDEN else now
        reply_to = None if misplaced else delivery.comment_id
        identifier = self._put(delivery.text, visible_from, status_id=delivery.status_id, reply_to=reply_to)
        if mishap is Mishap.LOST_AFTER:
            return Unknown(now + _LOOK_AFTER, "没有收到平台的回应，稍后自动核实")
        if mishap is Mishap.HIDDEN:
            return Landed(visible_from, "已发布，平台正在审核，稍后自动登记编号")
        return Posted(identifier, now, misplaced=misplaced)

    def _repeats(self, delivery: Delivery) -> bool:
        return any(entry.text == delivery.text and entry.status_id == delivery.status_id for entry in self.posted())

    def _repeated(self, earlier: Sequence[Attempt], now: datetime) -> Outcome:
        why = "与已发内容重复：请核对是否已发，改写后重新送审"
        return Landed(now + _LOOK_AFTER, why) if earlier else Refused(why)

    def _put(
        self,
        text: str,
        visible_from: datetime,
        *,
        user_id: str = OURS,
        name: str = "本单位",
        status_id: str | None = None,
        reply_to: str | None = None,
        likes: int = 0,
    ) -> str:
        identifier = str(next(self._ids))
        now = self._clock.now()
        self._entries[identifier] = Entry(
            identifier, user_id, name, text, now, visible_from, status_id, reply_to, likes
        )
        return identifier

    def _visible(self) -> list[Entry]:
        now = self._clock.now()
        return [entry for entry in reversed(self._entries.values()) if entry.visible_from <= now]

    def _under(self, status_id: str) -> list[Entry]:
        if status_id not in self._entries:
            raise TargetGone(f"微博 {status_id} 已不存在：请核对编号")
        return [entry for entry in self._visible() if entry.status_id == status_id]


def _seen(entry: Entry) -> SeenComment:
    return SeenComment(
        entry.platform_id,
        entry.user_id,
        entry.user_name,
        entry.text,
        entry.created_at,
        likes=entry.likes,
        reply_to=entry.reply_to,
        own=entry.user_id == OURS,
        raw={"idstr": entry.platform_id, "text": entry.text},
    )
