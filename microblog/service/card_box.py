"""The cards of an interview: those to be pasted, and those a person has ticked."""

from collections.abc import Collection
from dataclasses import dataclass

from microblog.domain.interview import Interview
from microblog.domain.post import Post
from microblog.papers.cards import Card
from microblog.service.cards import PASTEABLE, cards_of
from microblog.service.office import Office
from microblog.service.post_view import PostView, taken, views_of

PASTED = "paste"


@dataclass(frozen=True, slots=True)
class CardBox:
    """waiting: cards to be pasted, each with its post as it will look. done: posts a person ticked.

    unsealed: taken for a card, but their words have lost a seal and may not be pasted.
    """

    interview: Interview
    waiting: tuple[tuple[Card, PostView], ...]
    unsealed: tuple[PostView, ...]
    done: tuple[Post, ...]


def card_box(office: Office, interview: Interview) -> CardBox:
    """Every card of an interview; changes nothing."""
    posts = office.store.outbox.posts(interview=interview.id)
    views = {view.post.key: view for view in views_of(office, [post for post in posts if taken(post)])}
    ready = [view.post for view in views.values() if not view.missing]
    # By nobody: a post that is taken already is not taken again.
    cards = cards_of(office, ready, by="")
    return CardBox(
        interview=interview,
        waiting=tuple((card, views[card.post.key]) for card in cards),
        unsealed=tuple(view for view in views.values() if view.missing),
        done=tuple(post for post in posts if post.state.on_platform and _pasted(office, post)),
    )


def offered(office: Office, interview: Interview, keys: Collection[str]) -> tuple[PostView, ...]:
    """Of the posts with these keys, those that a card may be made for now."""
    posts = office.store.outbox.posts(interview=interview.id, states=PASTEABLE)
    views = views_of(office, [post for post in posts if post.key in keys and not taken(post)])
    return tuple(view for view in views if not view.missing)


def _pasted(office: Office, post: Post) -> bool:
    return any(entry.verb == PASTED for entry in office.store.journal.entries(post.key))
