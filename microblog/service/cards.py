"""Copy-ready cards: what the machine cannot send, a person pastes, word for word, and ticks.

A post for which a card is made is taken out of the machine's hands first, so that the two never both publish it.
"""

from collections.abc import Collection, Iterable

from microblog.domain.errors import InvalidInput, NotAllowed, PlatformError
from microblog.domain.interview import Interview
from microblog.domain.outbox import PASTED_WITHIN, Change, delivery
from microblog.domain.post import Found, Post, PostState, Verb
from microblog.domain.question import Comment
from microblog.domain.script import sealed
from microblog.papers.cards import Card
from microblog.service.budget import spending
from microblog.service.office import Office
from microblog.service.outbox import went_out
from microblog.service.rehearse import rehearse
from microblog.service.shown import post_title

BY_MACHINE = (PostState.SEALED, PostState.DUE)
PASTEABLE = (*BY_MACHINE, PostState.REFUSED, PostState.MISSED)
TICKABLE = (*PASTEABLE, PostState.LANDED, PostState.UNKNOWN)
BY_HAND = "已转人工发布（卡片）"


def cards_of(office: Office, posts: Iterable[Post], *, by: str) -> list[Card]:
    """A card for each post, in the order they go out; those the machine still had are now a person's.

    Raises NotAllowed for a post whose words are not sealed, or that is out, being sent or of unknown fate: all are
    checked before any is taken.
    """
    chosen = sorted(posts, key=lambda post: (post.due_at, post.order, post.key))
    for post in chosen:
        _require_sealed(office, post)
        if post.state not in PASTEABLE:
            raise NotAllowed(f"“{post.key}”现在是“{post.state.chinese}”，不能做卡片，请用 microblog outbox show 查看")
    taken = [_take(office, post, by) for post in chosen]
    return [_card(office, post, _comments(office, post)) for post in taken]


def posts_for_cards(office: Office, interview: Interview) -> list[Post]:
    """The sealed posts of an interview that the platform will not take from us in time, by a rehearsal made now."""
    keys = set(rehearse(office, interview).cards)
    posts = office.store.outbox.posts(interview=interview.id, states=PASTEABLE)
    return [post for post in posts if post.key in keys and _sealed(office, post)]


def give_back(office: Office, key: str, *, by: str) -> Post:
    """Let the machine send again a post that was taken for a card and not pasted. Raises NotAllowed for any other."""
    post = office.store.outbox.get(key)
    change = Change(PostState.SEALED, reason="收回卡片，恢复自动发布")
    mine = post.state is PostState.MISSED and post.reason == BY_HAND
    if not (mine and office.store.outbox.move(key, change, expect=[PostState.MISSED], fence=post.fence)):
        raise NotAllowed(f"“{key}”不是已做卡片、还没登记的微博，请用 microblog outbox show 查看")
    office.note(by, "card-back", key)
    return office.store.outbox.get(key)


def tick(office: Office, key: str, platform_id: str, *, by: str) -> Post:
    """A person has published the post by hand. platform_id: its number, empty to look for it on the platform.

    Found nowhere, it counts as out with its number unknown. Raises NotAllowed when its words are not sealed, it is
    out already or being sent, or the number is another post's; InvalidInput when the number is none.
    """
    post = office.store.outbox.get(key)
    _require_sealed(office, post)
    if post.state not in TICKABLE:
        raise NotAllowed(f"“{key}”现在是“{post.state.chinese}”，不用登记，请用 microblog outbox show 查看")
    if platform_id and not platform_id.isdigit():
        raise InvalidInput(f"“{platform_id}”不是微博编号，请填写链接中的数字编号")
    found = platform_id or _found(office, post)
    holder = office.store.outbox.by_platform_id(found) if found else None
    if holder is not None:
        raise NotAllowed(f"编号 {found} 已登记为“{holder.key}”，请核对链接")
    now = office.clock.now()
    reason = f"由 {by} 人工发布" + ("" if found else "，编号待登记")
    at = went_out(office, found, now - PASTED_WITHIN) if found else now
    change = Change(PostState.POSTED if found else PostState.LANDED, found or None, at, reason=reason)
    if not office.store.outbox.move(key, change, expect=TICKABLE, fence=post.fence):
        raise NotAllowed(f"“{key}”刚刚被发送或修改，请用 microblog outbox show 查看后再登记")
    office.note(by, "paste", key, platform_id=found or None, hash=post.hash)
    return office.store.outbox.get(key)


def _take(office: Office, post: Post, by: str) -> Post:
    """Out of the machine's queue: a person's yes alone could put it back."""
    if post.state not in BY_MACHINE:
        return post
    outbox = office.store.outbox
    if not outbox.move(post.key, Change(PostState.MISSED, reason=BY_HAND), expect=BY_MACHINE, fence=post.fence):
        raise NotAllowed(f"“{post.key}”刚刚被发送，不要再人工发布，请用 microblog outbox show 查看")
    office.note(by, "card", post.key)
    return outbox.get(post.key)


def _card(office: Office, post: Post, comments: Collection[Comment]) -> Card:
    if post.verb is Verb.SHARE:
        return Card(post, "发一条新微博")
    under = office.store.outbox.find(post.under) if post.under else None
    link = office.platform.page(under.platform_id) if under and under.platform_id else ""
    first = "" if link else f"先发布“{post_title(post.under or '')}”；"
    asked = next((one for one in comments if post.replies_to == one.platform_id), None)
    if asked is not None:
        return Card(post, f"{first}回复 @{asked.user_name} 的评论“{asked.text[:30]}”", link)
    if post.verb is Verb.REPLY:
        return Card(post, f"{first}回复我们自己的评论“{post_title(post.follows or '')}”", link)
    return Card(post, f"{first}在这条微博下发评论", link)


def _comments(office: Office, post: Post) -> list[Comment]:
    return office.store.comments.of(post.interview) if post.replies_to else []


def _found(office: Office, post: Post) -> str:
    """The number of the pasted post where the platform shows it; empty where it does not, or cannot be asked."""
    outbox, now = office.store.outbox, office.clock.now()
    before = outbox.find(post.follows) if post.follows else None
    under = outbox.find(post.under) if post.under else None
    try:
        resolved = delivery(post, before, under)
        with spending(office, "look"):
            sighting = office.platform.look_for(resolved, sent_at=now - PASTED_WITHIN, now=now)
    except (NotAllowed, PlatformError):
        return ""
    return sighting.platform_id if isinstance(sighting, Found) else ""


def _sealed(office: Office, post: Post) -> bool:
    return sealed(post.key, post.hash, post.bodies, tuple(office.store.reviews.seals([post.key])))


def _require_sealed(office: Office, post: Post) -> None:
    if not _sealed(office, post):
        raise NotAllowed(f"“{post.key}”的文字没有全部盖章，不能发布，请先送审")
