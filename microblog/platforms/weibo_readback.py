"""Reading back: whether words sent without a usable answer are on the platform. Pure, over pages already read.

A post is ours when the account is ours, it is not older than the sending (less the clocks' difference), it stands
where it was meant to, and its words are the same. Absence is proven only by a list that reaches back far enough.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from microblog.domain.post import Absent, Delivery, Found, Sighting, Undecidable, Verb, Withheld
from microblog.platforms.weibo_match import same_words
from microblog.platforms.weibo_payload import Own, OwnPage

CLOCK_SLACK = timedelta(minutes=2)
"""How far the platform's clock may be behind ours."""

SHOWN_STATUSES = 5
"""The platform lists our newest five statuses, however many are asked for."""


def among_statuses(delivery: Delivery, sent_at: datetime, page: OwnPage) -> Sighting:
    """Look in our newest statuses. With five newer ones, ours may have been pushed out: undecidable."""
    recent = _since(sent_at, _distinct([page]))
    matches = [status for status in recent if same_words(delivery.text, status.text)]
    if not matches and len(recent) >= SHOWN_STATUSES:
        return Undecidable(f"发送之后账号又发了 {len(recent)} 条微博，接口只显示最新五条：请到网页上核对这条是否已发")
    return _verdict(delivery, matches, complete=_complete([page], sent_at))


def among_comments(delivery: Delivery, sent_at: datetime, pages: Sequence[OwnPage]) -> Sighting:
    """Look in our own comments under the target, read back to before the sending."""
    recent = _since(sent_at, _distinct(pages))
    matches = [
        comment for comment in recent if _in_place(delivery, comment) and same_words(delivery.text, comment.text)
    ]
    return _verdict(delivery, matches, complete=_complete(pages, sent_at))


def reaches_back(page: OwnPage, sent_at: datetime) -> bool:
    """Whether the page holds something older than the sending, so that older pages cannot hold the post."""
    return any(item.at < sent_at - CLOCK_SLACK for item in page.items)


def _since(sent_at: datetime, items: Iterable[Own]) -> list[Own]:
    return [item for item in items if item.at >= sent_at - CLOCK_SLACK]


def _complete(pages: Sequence[OwnPage], sent_at: datetime) -> bool:
    """Whether the pages show all there is since the sending: they go further back, or hold as many as there are."""
    return any(reaches_back(page, sent_at) for page in pages) or len(_distinct(pages)) >= pages[0].total


def _distinct(pages: Iterable[OwnPage]) -> list[Own]:
    """Every entry once: a page may serve again what the one before it held."""
    return list({item.platform_id: item for page in pages for item in page.items}.values())


def _in_place(delivery: Delivery, comment: Own) -> bool:
    """Under our status. A reply may have become a plain comment there, so its own target does not count."""
    return comment.status_id is None or comment.status_id == delivery.status_id


def _verdict(delivery: Delivery, matches: Sequence[Own], *, complete: bool) -> Sighting:
    match matches:
        case [only]:
            misplaced = delivery.verb is Verb.REPLY and only.reply_to != delivery.comment_id
            return Found(only.platform_id, only.at, misplaced)
        case [] if complete:
            return Absent()
        case []:
            return Withheld("微博列出的少于它计的数，看不到的也许有这一条：请到网页上核对")
    ids = "、".join(item.platform_id for item in matches)
    return Undecidable(f"平台上有 {len(matches)} 条相同的文字（{ids}）：请人工指定哪一条是这次发布的")
