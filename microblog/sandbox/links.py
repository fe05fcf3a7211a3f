"""Links in a text: which hosts they point at, and the short `t.cn` form the platform shows instead."""

import re
from hashlib import sha256
from urllib.parse import urlsplit

_EATING = re.compile(r"https?://\S+", re.IGNORECASE)
_ASCII = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+", re.IGNORECASE)
_BASE62 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

Links = tuple[tuple[str, str], ...]


def find_links(text: str, *, eat: bool) -> list[str]:
    """Links in order. eat: whether a link goes on to the next white space, whatever the characters."""
    found: list[str] = (_EATING if eat else _ASCII).findall(text)
    return found


def short_link(link: str) -> str:
    """`http://t.cn/A6…`, the same for the same link."""
    number = int.from_bytes(sha256(link.encode("utf-8", "surrogatepass")).digest()[:8], "big")
    digits = ""
    for _ in range(6):
        number, digit = divmod(number, 62)
        digits += _BASE62[digit]
    return f"http://t.cn/A6{digits}"


def shorten(text: str, *, eat: bool) -> tuple[str, Links]:
    """The text as the platform shows it, and the (short, original) pairs; `t.cn` links stay."""
    pairs: list[tuple[str, str]] = []

    def short(match: re.Match[str]) -> str:
        link = match[0]
        if _host(link) == "t.cn":
            return link
        pairs.append((short_link(link), link))
        return pairs[-1][0]

    return (_EATING if eat else _ASCII).sub(short, text), tuple(pairs)


def within(link: str, domains: tuple[str, ...]) -> bool:
    """Whether the link's host is one of the domains or lies under one."""
    host = _host(link)
    return any(host == domain or host.endswith("." + domain) for domain in domains)


def _host(link: str) -> str:
    """Empty for what looks like a link and is none."""
    try:
        return urlsplit(link).hostname or ""
    except ValueError:
        return ""
