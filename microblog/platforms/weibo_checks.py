"""What is wrong with a post before it is sent: rules the platform would enforce less kindly, or silently."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from microblog.domain.post import Delivery, Verb
from microblog.platforms.weibo_match import LINK

_TOPIC = re.compile(r"#[^#]+#")
_GLUED_LINK = re.compile(LINK.pattern + r"(?=[^\x00-\x7f\s])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """What this app's posts must fit.

    length: 字 as the composer counts them, links at a fixed price. full_length: links at full length.
    safe_domains: the app's 安全域名; with none given, a shared status needs any link at all.
    """

    length: Callable[[str], int]
    full_length: Callable[[str], int]
    safe_domains: tuple[str, ...] = ()
    limit: int = 140


def refusals(delivery: Delivery, limits: Limits) -> tuple[str, ...]:
    """Why this must not be sent, one Chinese line each; empty where nothing is wrong."""
    text = delivery.text
    found = [
        _empty(text),
        _unwritable(text),
        _too_long(limits.length(text), limits.limit),
        *((_topic(text), _no_safe_link(text, limits.safe_domains)) if delivery.verb is Verb.SHARE else ()),
        _no_target(delivery),
    ]
    return tuple(line for line in found if line)


def risks(delivery: Delivery, limits: Limits) -> tuple[str, ...]:
    """What may yet go wrong, one Chinese line each; the post can be sent."""
    text, found = delivery.text, []
    if limits.length(text) <= limits.limit < limits.full_length(text):
        found.append(f"链接按全长计算为 {limits.full_length(text)} 字，微博接口可能认为超过 {limits.limit} 字")
    if delivery.verb is not Verb.SHARE and (topic := _topic_in(text)):
        found.append(f"评论里的话题“{topic}”可能被微博删掉")
    if _GLUED_LINK.search(text):
        found.append("链接后面紧跟汉字，可能被并入链接：请在链接后加一个空格")
    return tuple(found)


def _empty(text: str) -> str:
    return "" if text.strip() else "文字是空的"


def _unwritable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        return "文字里有残缺的字符（半个表情符号），请删除后重新送审"
    return ""


def _too_long(length: int, limit: int) -> str:
    return f"按微博计数为 {length} 字，超过 {limit} 字，请缩短或拆分" if length > limit else ""


def _topic(text: str) -> str:
    topic = _topic_in(text)
    return f"分享接口会悄悄删掉话题“{topic}”，请去掉 # 号" if topic else ""


def _topic_in(text: str) -> str:
    found = _TOPIC.search(LINK.sub(" ", text))
    return found[0][:20] if found else ""


def _no_safe_link(text: str, safe_domains: tuple[str, ...]) -> str:
    hosts = [_host(link) for link in LINK.findall(text)]
    if not safe_domains:
        return "" if any(hosts) else "文字里没有链接，微博要求带有安全域名下的链接"
    if any(host == safe or host.endswith(f".{safe}") for host in hosts for safe in safe_domains):
        return ""
    return f"文字里没有安全域名（{'、'.join(safe_domains)}）下的链接"


def _host(link: str) -> str:
    try:
        return (urlsplit(link).hostname or "").lower()
    except ValueError:
        return ""


def _no_target(delivery: Delivery) -> str:
    """A reply without its comment would become a plain comment; an id that is no number is a bug, not a target."""
    wanted = {
        Verb.SHARE: (),
        Verb.COMMENT: (delivery.status_id,),
        Verb.REPLY: (delivery.status_id, delivery.comment_id),
    }[delivery.verb]
    return "" if all(target and target.isdigit() for target in wanted) else "缺少要评论的微博或要回复的评论的编号"
