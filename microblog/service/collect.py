"""Collecting every question that can be seen, and an honest count of those that cannot.

A poll reads what is newer than the newest comment held; a full sweep walks the whole list, which alone finds
comments approved late (they carry old ids) and deletions. Pages are stored together once the walk is done, so that
a crash in the middle of it cannot leave a hole behind a newer comment.
"""

from datetime import datetime

from microblog.domain.errors import PlatformError, PlatformRefused, TargetGone
from microblog.domain.interview import Interview
from microblog.domain.post import Post, PostKind
from microblog.domain.question import WEIBO, Comment, Completeness, Sweep, completeness, distinct
from microblog.service.budget import spending
from microblog.service.office import Office
from microblog.service.ports import CommentPage, SeenComment

MOST_DELETED_AT_ONCE = 20
"""More of the oldest comments than this do not vanish between two full readings: the list was cut."""

ASKED_UNDER = (PostKind.PREVIEW, PostKind.REMINDER, PostKind.OPENING)


def collect(office: Office, interview: Interview, *, full: bool = False) -> list[Sweep]:
    """Read the comments under each post that invites questions; one sweep a post.

    Raises the first PlatformError once every list was tried: one that is gone must not hide the others.
    """
    sweeps: list[Sweep] = []
    errors: list[PlatformError] = []
    for post in inviting_posts(office, interview):
        try:
            sweeps.append(_sweep(office, interview, post, full=full))
        except PlatformError as error:
            errors.append(error)
            if not isinstance(error, TargetGone | PlatformRefused):
                break  # a limit, a dead login or a platform that is down stops the others as well
    if errors:
        raise min(errors, key=lambda error: isinstance(error, TargetGone))
    return sweeps


def inviting_posts(office: Office, interview: Interview) -> list[Post]:
    """Our published posts that netizens ask under."""
    posts = office.store.outbox.posts(interview=interview.id)
    return [post for post in posts if post.kind in ASKED_UNDER and post.platform_id]


def ledger(office: Office, interview: Interview) -> Completeness:
    """What is held against what the platform counted at the last sweep of each post."""
    total = sum(sweep.total for sweep in office.store.comments.last_sweeps(interview.id))
    return completeness(tuple(distinct(office.store.comments.of(interview.id))), total)


def _sweep(office: Office, interview: Interview, post: Post, *, full: bool) -> Sweep:
    started = office.clock.now()
    under = str(post.platform_id)
    since = None if full else office.store.comments.newest(WEIBO, under)
    pages, whole = _walk(office, under, since, "sweep" if full else "poll")
    seen = [comment for page in pages for comment in page.comments]
    comments = [_kept(interview, under, post, comment, started) for comment in seen]
    new = office.store.comments.upsert(comments, [comment.raw for comment in seen]).new if comments else 0
    full = full and whole and not _cut_short(office, interview, under, seen)
    if full:
        office.store.comments.mark_deleted(WEIBO, under, seen_before=started, at=started)
    sweep = Sweep(interview.id, WEIBO, under, started, full, len(pages), len(seen), new, pages[0].total)
    office.store.comments.record(sweep)
    return sweep


def _walk(office: Office, status_id: str, since_id: str | None, kind: str) -> tuple[list[CommentPage], bool]:
    """Pages from the newest down to `since_id`; a short page with a cursor is not the end.

    False: the cursor stood still, so what lies deeper was not read.
    """
    pages: list[CommentPage] = []
    cursor: str | None = None
    with spending(office, kind):
        while True:
            page = office.platform.comments(status_id, since_id=since_id, max_id=cursor, count=office.practice.page)
            pages.append(page)
            before, cursor = cursor, page.next_max_id
            if cursor is None or cursor == before:
                return pages, cursor is None


def _cut_short(office: Office, interview: Interview, under: str, seen: list[SeenComment]) -> bool:
    """Whether the platform ended the list before its end, as lists beyond about 1,000 have been seen to.

    People delete single comments; many of the oldest missing at once are not shown, not gone.
    """
    oldest = min((int(one.platform_id) for one in seen), default=None)
    held = [one for one in office.store.comments.of(interview.id) if one.under == under and one.source == WEIBO]
    beyond = [one for one in held if not one.deleted_at and (oldest is None or int(one.platform_id) < oldest)]
    return len(beyond) > MOST_DELETED_AT_ONCE


def _kept(interview: Interview, under: str, post: Post, seen: SeenComment, now: datetime) -> Comment:
    closed = interview.closes_at
    return Comment(
        interview=interview.id,
        source=WEIBO,
        platform_id=seen.platform_id,
        user_id=seen.user_id,
        user_name=seen.user_name,
        text=seen.text,
        created_at=seen.created_at,
        first_seen_at=now,
        last_seen_at=now,
        under=under,
        likes=seen.likes,
        reply_to=seen.reply_to,
        late=post.kind is not PostKind.OPENING and closed is not None and seen.created_at >= closed,
        own=seen.own,
    )
