"""One post as a person looks at it: words with their links, length, whose seal is missing, what may be done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from microblog.domain.post import Post, PostState
from microblog.domain.script import Seal
from microblog.papers.characters import in_plain_sight
from microblog.service.cards import BY_HAND, PASTEABLE
from microblog.service.live import HOLDABLE
from microblog.service.office import Office
from microblog.service.outbox import CHANGEABLE, SETTLED_BY_HAND
from microblog.service.shown import post_anchor, post_title
from microblog.text.count import LINK, weibo_length


class Deed(StrEnum):
    """What a person may do with a post, the likeliest first."""

    SETTLE = "settle"
    LOOK = "look-again"
    LATE = "late"
    AGAIN = "again"
    GIVE_BACK = "card-back"
    LET_GO = "let-go"
    OPENLY = "openly"
    CARD = "card"
    HOLD = "hold"
    REWORD = "reword"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class PostView:
    """pieces: the words cut at their links, and whether each is one. length, limit: by the platform's count.

    missing: bodies whose seal the words still need. page: where to look for it, empty when nobody can tell.
    """

    post: Post
    pieces: tuple[tuple[str, bool], ...]
    length: int
    limit: int
    missing: tuple[str, ...]
    page: str
    deeds: tuple[Deed, ...]

    @property
    def title(self) -> str:
        """What it is, in Chinese."""
        return post_title(self.post.key)

    @property
    def anchor(self) -> str:
        """A name for it within a page about its interview."""
        return post_anchor(self.post.key)

    @property
    def links(self) -> int:
        """How many links are in the words."""
        return sum(is_link for _, is_link in self.pieces)

    @property
    def asks(self) -> bool:
        """Whether it stands still until a person decides."""
        return asks(self.post)

    @property
    def held(self) -> bool:
        """Whether a person keeps it from going out."""
        return bool(self.post.held) and self.post.state in HOLDABLE

    @property
    def by_hand(self) -> bool:
        """Whether a card was made and not ticked yet."""
        return taken(self.post)

    @property
    def marker(self) -> str:
        """`good`, `bad`, `wait` or nothing: how its state is coloured."""
        return marker(self.post)


def views_of(office: Office, posts: Sequence[Post]) -> tuple[PostView, ...]:
    """Each post as a person looks at it, in the order given; the seals are read in one go."""
    seals = office.store.reviews.seals({post.key for post in posts})
    pages = {post.key: post.platform_id for post in posts if post.platform_id}
    return tuple(_view(office, post, seals, pages) for post in posts)


def _view(office: Office, post: Post, seals: Iterable[Seal], pages: dict[str, str]) -> PostView:
    given = {seal.body for seal in seals if (seal.subject, seal.hash) == (post.key, post.hash)}
    status = pages.get(post.under, "") if post.under else post.platform_id
    return PostView(
        post=post,
        pieces=pieces_of(in_plain_sight(post.text)),
        length=weibo_length(post.text),
        limit=office.practice.post_limit,
        missing=tuple(body for body in post.bodies if body not in given),
        page=office.platform.page(status) if status else "",
        deeds=deeds_of(post),
    )


def pieces_of(text: str) -> tuple[tuple[str, bool], ...]:
    """The text cut at its links: (words, whether they are a link)."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for found in LINK.finditer(text):
        pieces += [(text[end : found.start()], False), (found[0], True)]
        end = found.end()
    return tuple(piece for piece in [*pieces, (text[end:], False)] if piece[0])


def asks(post: Post) -> bool:
    """Whether a post stands still until a person decides; one made into a card waits for its tick instead."""
    undecided = post.state in SETTLED_BY_HAND and post.not_before is None
    return (post.state.asks and not taken(post)) or undecided


def taken(post: Post) -> bool:
    """Whether a card was made for a post and it is not ticked yet."""
    return post.state is PostState.MISSED and post.reason == BY_HAND


def marker(post: Post) -> str:
    """How its state is coloured: `good`, `bad`, `wait` or nothing."""
    if post.state.on_platform and not asks(post):
        return "good"
    if asks(post) or post.state is PostState.UNKNOWN:
        return "bad"
    held = bool(post.held) and post.state in HOLDABLE
    return "wait" if held or taken(post) or post.state in (PostState.DRAFT, PostState.SENDING) else ""


def deeds_of(post: Post) -> tuple[Deed, ...]:
    """What may be done with a post now, the likeliest first."""
    may = {
        Deed.SETTLE: post.state in SETTLED_BY_HAND,
        Deed.LOOK: post.state in SETTLED_BY_HAND,
        Deed.LATE: post.state is PostState.MISSED and not taken(post),
        Deed.AGAIN: post.state is PostState.REFUSED,
        Deed.GIVE_BACK: taken(post),
        Deed.LET_GO: bool(post.held) and post.state in HOLDABLE,
        Deed.HOLD: not post.held and post.state in HOLDABLE,
        Deed.OPENLY: post.replies_to is not None and post.state in (PostState.REFUSED, PostState.SEALED),
        Deed.CARD: post.state in PASTEABLE and not taken(post),
        Deed.REWORD: post.state in CHANGEABLE,
        Deed.CANCEL: post.state in (*CHANGEABLE, PostState.DUE),
    }
    return tuple(deed for deed in Deed if may[deed])
