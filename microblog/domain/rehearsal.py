"""What an interview will ask of the platform, told before it begins: pure, over posts and the account's limits."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import ceil

from microblog.domain.period import SHANGHAI, shanghai_day
from microblog.domain.post import Post, PostKind, PostState, Verb
from microblog.domain.tier import Tier

READ_BACK_SHARE = 0.15
"""Calls kept per planned post for looking up the ones whose fate is unknown."""

HOUR = timedelta(hours=1)

UNSENT = (PostState.DRAFT, PostState.SEALED, PostState.DUE)
"""States in which a hold has its effect: not sent, and the machine would send it."""

BEHIND_HOLD = "前一条暂缓"


@dataclass(frozen=True, slots=True)
class Check:
    """What can be told of a post without a call. length: by the platform's count; full_length: links at full length.

    refusals: why it would certainly be refused; risks: what may yet go wrong. One Chinese line each.
    """

    length: int
    full_length: int
    refusals: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What posts must keep to. spent: calls already made today. login_until: None when it does not end in sight."""

    tier: Tier
    pace: timedelta
    spent: int = 0
    login_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One post as it will go. sent_at: when, as far as can be told; None: it will not by itself, `why` says why.

    held: a person keeps it back, or the one before it; otherwise what will not go falls back to a card.
    """

    key: str
    kind: PostKind
    verb: Verb
    due_at: datetime
    latest_at: datetime
    length: int
    full_length: int
    sent_at: datetime | None
    why: str = ""
    risks: tuple[str, ...] = ()
    held: bool = False


@dataclass(frozen=True, slots=True)
class HourLoad:
    """Writes in one hour of the clock, by what the hour's limits count."""

    start: datetime
    posts: int
    comments: int


@dataclass(frozen=True, slots=True)
class DayLoad:
    """Calls of one day in China: made already, planned writes, kept for looking up; left: for reading comments."""

    day: date
    spent: int
    writes: int
    looks: int
    left: int


@dataclass(slots=True)
class _Course:
    """The posts gone so far in a rehearsal."""

    limits: Limits
    today: date
    sent: dict[str, datetime] = field(default_factory=dict)
    verbs: list[tuple[datetime, Verb]] = field(default_factory=list)
    days: Counter[date] = field(default_factory=Counter)

    def earliest(self, post: Post, now: datetime) -> datetime:
        """The first moment pace, predecessor, hour and day allow."""
        last = self.verbs[-1][0] + self.limits.pace if self.verbs else now
        moment = max(now, post.due_at, last, self.sent.get(post.follows or "", now))
        while (after := self._blocked_until(moment, post.verb)) is not None:
            moment = after
        return moment

    def _blocked_until(self, moment: datetime, verb: Verb) -> datetime | None:
        tier, share = self.limits.tier, verb is Verb.SHARE
        alike = [at for at, other in self.verbs if (other is Verb.SHARE) is share and at > moment - HOUR]
        if len(alike) >= tier.per_hour(verb):
            return alike[-tier.per_hour(verb)] + HOUR
        day = shanghai_day(moment)
        writes = self.days[day] + 1
        spent = self.limits.spent if day == self.today else 0
        if spent + writes + look_ups(writes) > tier.calls_per_day:
            return datetime.combine(day + timedelta(days=1), datetime.min.time(), SHANGHAI).astimezone(moment.tzinfo)
        return None

    def go(self, post: Post, moment: datetime) -> None:
        """Count the post as sent."""
        self.sent[post.key] = moment
        self.verbs.append((moment, post.verb))
        self.days[shanghai_day(moment)] += 1


def look_ups(posts: int) -> int:
    """Calls to keep for looking up posts of unknown fate."""
    return ceil(posts * READ_BACK_SHARE)


def course(posts: Sequence[Post], checks: Mapping[str, Check], limits: Limits, now: datetime) -> tuple[Line, ...]:
    """How the posts not yet on the platform will go out from `now` on. checks: by key of each of them."""
    so_far = _Course(limits, shanghai_day(now))
    waiting = [post for post in posts if not post.state.on_platform and post.state is not PostState.CANCELLED]
    names, kept = {post.key for post in waiting}, kept_back(posts)
    lines = []
    for post in sorted(waiting, key=lambda one: (one.due_at, one.order, one.key)):
        moment = so_far.earliest(post, now)
        stuck = post.follows in names and post.follows not in so_far.sent
        why = kept.get(post.key) or _why_not(post, checks[post.key], moment, limits, stuck=stuck)
        if not why:
            so_far.go(post, moment)
        lines.append(_line(post, checks[post.key], None if why else moment, why, held=post.key in kept))
    return tuple(lines)


def kept_back(posts: Sequence[Post]) -> dict[str, str]:
    """The posts that do not go out while a person's hold lasts: whose hold it is, or that the one before is held."""
    waiting = {post.key: post for post in posts if post.state in UNSENT}
    return {key: why for key, post in waiting.items() if (why := _hold_on(post, waiting))}


def _hold_on(post: Post, waiting: Mapping[str, Post]) -> str:
    if post.held:
        return post.held
    before = waiting.get(post.follows or "")
    return BEHIND_HOLD if before is not None and _hold_on(before, waiting) else ""


def _why_not(post: Post, check: Check, moment: datetime, limits: Limits, *, stuck: bool) -> str:
    """Why the machine will not get it out; empty where it will."""
    if post.state in (PostState.REFUSED, PostState.MISSED):
        return post.reason or "平台拒绝或已错过"
    if check.refusals:
        return "；".join(check.refusals)
    if stuck:
        return "前一条要用卡片发布"
    if limits.login_until is not None and moment >= limits.login_until:
        return f"微博登录 {_clock(limits.login_until)} 到期"
    if moment > post.latest_at:
        return f"排不进：最早 {_clock(moment)} 才能发，最晚 {_clock(post.latest_at)}"
    return ""


def _line(post: Post, check: Check, sent_at: datetime | None, why: str, *, held: bool) -> Line:
    return Line(
        post.key,
        post.kind,
        post.verb,
        post.due_at,
        post.latest_at,
        check.length,
        check.full_length,
        sent_at,
        why,
        check.risks,
        held,
    )


def hour_loads(lines: Sequence[Line]) -> tuple[HourLoad, ...]:
    """Writes by the hour, in the order of the hours."""
    loads: Counter[tuple[datetime, bool]] = Counter()
    for at, line in _sent(lines):
        loads[at.replace(minute=0, second=0, microsecond=0), line.verb is Verb.SHARE] += 1
    hours = sorted({start for start, _ in loads})
    return tuple(HourLoad(start, loads[start, True], loads[start, False]) for start in hours)


def day_loads(lines: Sequence[Line], limits: Limits, now: datetime) -> tuple[DayLoad, ...]:
    """Calls by the day in China, in the order of the days."""
    writes = Counter(shanghai_day(at) for at, _ in _sent(lines))
    loads = []
    for day in sorted(writes):
        spent = limits.spent if day == shanghai_day(now) else 0
        looks = look_ups(writes[day])
        loads.append(DayLoad(day, spent, writes[day], looks, limits.tier.calls_per_day - spent - writes[day] - looks))
    return tuple(loads)


def _sent(lines: Sequence[Line]) -> Iterator[tuple[datetime, Line]]:
    return ((line.sent_at, line) for line in lines if line.sent_at is not None)


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%m-%d %H:%M}"
