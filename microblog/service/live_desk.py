"""The live desk's read model: what is out, what goes next, what asks for a person, what netizens ask meanwhile."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from microblog.domain.interview import Interview, InterviewState
from microblog.domain.post import Post, PostState
from microblog.domain.question import Comment
from microblog.domain.rehearsal import HOUR, kept_back
from microblog.service.budget import day_start, reserve_today, room_now
from microblog.service.dates import event_hours
from microblog.service.doctor import SILENT_AFTER
from microblog.service.live import SENDABLE
from microblog.service.office import Office
from microblog.service.post_view import PostView, views_of
from microblog.service.threads import Thread, threads_of
from microblog.text.kind import Kind, kind_of

SHOWN = 60
"""Newest questions shown; the rest is at the analyst's desk."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A netizen's comment and what it does (提问, 建议, 投诉, 其他)."""

    comment: Comment
    kind: str
    wants_answer: bool


@dataclass(frozen=True, slots=True)
class Spare:
    """What the account may still do.

    calls_left: today, of calls; reserved: of those, for posts and look-ups; readings: for reading comments.
    posts, comments: made in the last hour, of so many allowed.
    """

    calls_left: int
    calls: int
    reserved: int
    readings: int
    posts: int
    posts_most: int
    comments: int
    comments_most: int


@dataclass(frozen=True, slots=True)
class LiveDesk:
    """Everything the live desk shows. waiting_for: pauses in force, in Chinese. alive: a worker is running.

    held: how many posts do not go out while a hold lasts.
    """

    interview: Interview
    hours: tuple[datetime, datetime] | None
    threads: tuple[Thread, ...]
    asking: tuple[PostView, ...]
    cards: int
    held: int
    next_post: Post | None
    arrived: tuple[Arrived, ...]
    arrived_since: datetime | None
    spare: Spare
    waiting_for: tuple[str, ...]
    alive: bool
    version: str

    @property
    def answers(self) -> tuple[Thread, ...]:
        """The threads that answer a question."""
        return tuple(thread for thread in self.threads if thread.question)

    @property
    def done(self) -> int:
        """Answers of which every part is out."""
        return sum(all(part.post.state.on_platform for part in thread.parts) for thread in self.answers)


def live_desk(office: Office, interview: Interview) -> LiveDesk:
    """What is going on in an interview now."""
    version = desk_version(office, interview)  # first: what changes meanwhile is shown again, never missed
    posts = office.store.outbox.posts(interview=interview.id)
    views = views_of(office, posts)
    since, arrived = _arrived(office, interview)
    return LiveDesk(
        interview=interview,
        hours=_hours(interview),
        threads=threads_of(office, interview, views, begun=_begun(office, interview)),
        asking=tuple(view for view in views if view.asks),
        cards=sum(view.by_hand for view in views),
        held=len(kept_back(posts)),
        next_post=_next(posts),
        arrived=arrived,
        arrived_since=since,
        spare=spare_now(office),
        waiting_for=tuple(pause.why for pause in office.store.journal.pauses(office.clock.now())),
        alive=any(office.clock.now() - beat.at <= SILENT_AFTER for beat in office.store.journal.beats()),
        version=version,
    )


def desk_version(office: Office, interview: Interview) -> str:
    """Another word whenever the live desk of an interview has something new; cheap to ask often."""
    now = office.clock.now()
    posts = office.store.outbox.posts(interview=interview.id)
    rows = [
        f"{post.key}|{post.state}|{post.held}|{post.due_at}|{post.not_before}|{post.reason}|{post.hash}"
        for post in posts
    ]
    state = office.store.interviews.get(interview.id).state
    pauses = [pause.scope for pause in office.store.journal.pauses(now)]
    arrived = office.store.comments.arrived(interview.id, None)
    return hashlib.sha256("\n".join([state, *rows, *pauses, str(arrived)]).encode()).hexdigest()[:16]


def spare_now(office: Office) -> Spare:
    """What the account may still do today and in this hour."""
    now, tier, journal = office.clock.now(), office.practice.tier, office.store.journal
    hour, reserve = journal.spent(now - HOUR), reserve_today(office)
    return Spare(
        calls_left=max(0, tier.calls_per_day - sum(journal.spent(day_start(now)).values())),
        calls=tier.calls_per_day,
        reserved=reserve.writes + reserve.looks,
        readings=room_now(office),
        posts=hour.get("share", 0),
        posts_most=tier.posts_per_hour,
        comments=hour.get("comment", 0) + hour.get("reply", 0),
        comments_most=tier.comments_per_hour,
    )


def desks(office: Office) -> list[Interview]:
    """Interviews that a live desk may be opened for: those under way first, then by date and number."""
    order = {InterviewState.LIVE: 0, InterviewState.SEALED: 1, InterviewState.COLLECTED: 2}
    found = [one for one in office.store.interviews.all() if one.state is not InterviewState.CANCELLED]
    return sorted(found, key=lambda one: (order.get(one.state, 3), str(one.date or "9"), one.id))


def _hours(interview: Interview) -> tuple[datetime, datetime] | None:
    return event_hours(interview) if interview.date and interview.start and interview.end else None


def _begun(office: Office, interview: Interview) -> bool:
    hours = _hours(interview)
    return hours is not None and office.clock.now() >= hours[0]


def _next(posts: Sequence[Post]) -> Post | None:
    """The post that goes out next, as far as can be told: nothing before it stands in its way."""
    out, kept = {post.key for post in posts if post.platform_id}, kept_back(posts)
    waiting = [
        post
        for post in posts
        if post.state in SENDABLE and post.key not in kept and (not post.follows or post.follows in out)
    ]
    return min(waiting, key=lambda post: (post.state is not PostState.DUE, post.due_at, post.order), default=None)


def _arrived(office: Office, interview: Interview) -> tuple[datetime | None, tuple[Arrived, ...]]:
    """What netizens wrote since the event began (before that: since the channel closed), newest first."""
    hours = _hours(interview)
    since = hours[0] if hours and _begun(office, interview) else interview.closes_at
    if since is None:
        return None, ()
    found = [one for one in office.store.comments.of(interview.id) if one.created_at >= since]
    alive = [one for one in reversed(found) if not one.own and one.deleted_at is None]
    return since, tuple(_told_apart(comment) for comment in alive[:SHOWN])


def _told_apart(comment: Comment) -> Arrived:
    kind = kind_of(comment.text)
    return Arrived(comment, _KINDS.get(kind, "其他"), kind.wants_answer)


_KINDS = {Kind.QUESTION: "提问", Kind.SUGGESTION: "建议", Kind.COMPLAINT: "投诉"}
