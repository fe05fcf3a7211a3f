"""The outbox as a list that can be narrowed, and the file of one post."""

from collections.abc import Mapping
from dataclasses import dataclass

from microblog.domain.interview import Interview
from microblog.domain.outbox import sent_attempts
from microblog.domain.post import Attempt, Post, PostKind, PostState
from microblog.domain.script import Seal
from microblog.service.answer import thread_of
from microblog.service.live import parts_of
from microblog.service.office import Office
from microblog.service.ports import Entry
from microblog.service.post_view import PostView, asks, views_of


@dataclass(frozen=True, slots=True)
class OutboxList:
    """Posts by due time. counts: how many there are in each state before that filter is applied. asking: of any."""

    views: tuple[PostView, ...]
    counts: Mapping[PostState, int]
    asking: int


@dataclass(frozen=True, slots=True)
class PostFile:
    """All that is known of one post. thread: it and its fellows. sent: attempts that may have got through."""

    interview: Interview
    view: PostView
    thread: tuple[PostView, ...]
    before: Post | None
    seals: tuple[Seal, ...]
    attempts: tuple[Attempt, ...]
    sent: int
    entries: tuple[Entry, ...]


def outbox_list(
    office: Office,
    *,
    interview: int | None = None,
    state: PostState | None = None,
    kind: PostKind | None = None,
    asking: bool = False,
) -> OutboxList:
    """The posts of an interview, state and kind, each None for all; asking: those alone that need a person."""
    posts = [post for post in office.store.outbox.posts(interview=interview) if kind in (None, post.kind)]
    shown = [post for post in posts if state in (None, post.state) and (asks(post) or not asking)]
    counts = {one: sum(post.state is one for post in posts) for one in PostState}
    return OutboxList(views_of(office, shown), counts, sum(asks(post) for post in posts))


def post_file(office: Office, key: str) -> PostFile:
    """Everything about one post. Raises NotFound."""
    post = office.store.outbox.get(key)
    interview = office.store.interviews.get(post.interview)
    attempts = tuple(office.store.outbox.attempts(key))
    entries = [entry for subject in sorted({key, thread_of(key)}) for entry in office.store.journal.entries(subject)]
    fellows = views_of(office, parts_of(office, interview, thread_of(key)))
    under = [found for found in [office.store.outbox.find(post.under or "")] if found]
    view = next(one for one in views_of(office, [post, *under]) if one.post.key == key)
    return PostFile(
        interview=interview,
        view=view,
        thread=fellows,
        before=office.store.outbox.find(post.follows) if post.follows else None,
        seals=tuple(office.store.reviews.seals([key])),
        attempts=attempts,
        sent=len(sent_attempts(attempts)),
        entries=tuple(sorted(entries, key=lambda entry: entry.at, reverse=True)),
    )
