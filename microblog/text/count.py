"""How long a text is: as an official reads it off a word processor, and as Weibo measures a post.

Which count the script gate uses is a setting; the limit of a post is always in `weibo_length`.
"""

import re
from math import ceil

_IDEOGRAPHS = r"〇\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\U00020000-\U0002FA1F\U00030000-\U000323AF"
# Marks that take a whole square in Chinese print. Full-width letters and digits are among them, because a word
# processor counts each of those as one.
_MARKS = r"\u3001-\u3006\u3008-\u303F\u30FB\uFE30-\uFE4F\uFF01-\uFF65\uFFE0-\uFFE6‘’“”…—·"
_LATIN = r"A-Za-z0-9\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u024F"

_IDEOGRAPH = re.compile(f"[{_IDEOGRAPHS}]")
_WORD = re.compile(rf"[{_IDEOGRAPHS}{_MARKS}]|[{_LATIN}]+(?:[.,:/'\-_@]+[{_LATIN}]+)*%?")

# What Weibo's own composer takes for a link; a host with a hyphen is not one and gets no discount.
LINK = re.compile(r"https?://[a-zA-Z0-9]+(?:\.[a-zA-Z0-9]+)+[-A-Za-z0-9_$.+!*()/,:;@&=?~#%]*", re.IGNORECASE)
_OWN_SITE = re.compile(r"https?://(?:t\.sina\.com\.cn|t\.sina\.cn|weibo\.com|weibo\.cn)", re.IGNORECASE)
_SHORT = re.compile(r"https?://t\.cn", re.IGNORECASE)

WEIBO_LIMIT = 140


def word_count(text: str) -> int:
    """字数 as a word processor shows it.

    Chinese characters, full-width marks, and each run of Latin letters and digits as one; white space and
    half-width marks count nothing.
    """
    return sum(1 for _ in _WORD.finditer(text))


def strict_count(text: str) -> int:
    """Chinese characters alone, extensions and 〇 included."""
    return sum(1 for _ in _IDEOGRAPH.finditer(text))


def non_space_count(text: str) -> int:
    """Code points that are not white space."""
    return sum(not char.isspace() for char in text)


def weibo_length(text: str) -> int:
    """Length of a post in 字 as Weibo's composer counts it: links cost a fixed price. The limit is 140.

    Half a 字 for each unit up to U+00FF, one for any other UTF-16 unit, rounded up at the end.
    """
    unified = text.replace("\r\n", "\n")
    links: list[str] = LINK.findall(unified)
    rest = LINK.sub("", unified)
    return ceil((_weight(rest) + sum(_link_weight(link) for link in links)) / 2)


def weibo_length_undiscounted(text: str) -> int:
    """The same with every link at full length: the platform's API may count so, which no public page settles."""
    return ceil(_weight(text.replace("\r\n", "\n")) / 2)


def _weight(text: str) -> int:
    """Twice the length in 字: 1 up to U+00FF, 2 for another UTF-16 unit, so 4 beyond the basic plane."""
    return sum(1 if char <= "\u00ff" else 2 if char <= "\uffff" else 4 for char in text)


def _link_weight(link: str) -> int:
    """The composer shortens a link to 20; t.cn links are short already, its own site's up to 41 stay as they are."""
    length = len(link)
    if _SHORT.match(link) or (_OWN_SITE.match(link) and length <= 41):
        return length
    return 20 + max(0, length - 140)
