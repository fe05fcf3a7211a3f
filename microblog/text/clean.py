"""What is left of a comment to compare, and what may be shown of it in public.

The order of the steps matters and follows what m.weibo.cn serves: markup first (it delimits the nicknames), then
repost chains and replies, then codes, links and topics, last the spelling (width, script, case, repetition).
"""

import re
from functools import cache
from html.parser import HTMLParser

from opencc import OpenCC

_CODE_PICTURE = re.compile(r"<span class=.url-icon.><img [^<>]*></span>")  # most of the markup there is
_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:[a-z]{2,8}|#\d{2,6});")
_REPOST = re.compile(r"//\s*@.*", re.DOTALL)
_REPLY_TO_GESTURE = re.compile(r"回[复復]\s*@[^:：]{1,40}?\s*的(?:表态|赞|表態|贊)\s*[:：].*", re.DOTALL)
_REPLY = re.compile(r"回[复復]\s*@[^:：\s]{1,40}\s*[:：]?")
_MENTION = re.compile(r"@[\w\-·]{1,30}")
_CODE = re.compile(r"\[[^\[\]\s]{1,8}\]")
_LINK = re.compile(r"(?:https?://|www\.)[!-~]+|O?网页链接|L[^\sL]{1,30}的(?:微博|秒拍|快手)视频")
_TOPIC = re.compile(r"#[^#\n]{1,60}#|【[^】\n]{0,6}超话】")
_STOCK = re.compile(r"^(?:转发微博|轉發微博|图片评论|評論配圖|评论配图|转发|repost|\s)+$", re.IGNORECASE)
_PICTURE = re.compile(r"图片评论|评论配图")
# Pictographs, joiners, private use (U+E627 is the topic icon), surrogates, combining keycaps, control characters.
_PICTOGRAPH = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u20e3\u2190-\u21ff\u2300-\u23ff"
    "\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\ufe00-\ufe0f\ufeff\ufffc\ufffd\ud800-\udfff\ue000-\uf8ff"
    "\U0001f000-\U0001faff\U000e0000-\U000e01ef]+"
)
_REPEATED = re.compile(r"(.{1,4}?)\1{2,}", re.DOTALL)
_REPEATS = re.compile(r"(.)\1\1|(..)\2\2|(...)\3\3|(....)\4\4", re.DOTALL)  # the same, found twice as fast
_SPACE = re.compile(r"\s+")
_NOTABLE = re.compile(r"[@\[#【:/<&]|网页|视频|www|转发|轉發|图片评论|评论配图|repost", re.IGNORECASE)
_WORDLIKE = re.compile(r"[^\W_]")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# Chinese marks stay as they are: they say what kind of sentence it is, and words never hold them.
_WIDTH = {code: to for code, to in _WIDE.items() if chr(code) not in "，！？；：（）"}
_MARKS = str.maketrans("?!,;:()", "？！，；：（）")
_WIDE_FOUND = re.compile(f"[{''.join(re.escape(chr(code)) for code in _WIDTH)}]")
_MARK_FOUND = re.compile(r"[?!,;:()]")

_LONG_NUMBER = re.compile(r"\d[\d -]{6}")
_ID_NUMBER = re.compile(r"(?<!\d)(\d{3})(\d{11}|\d{14})([\dXx])(?!\d)")
_MOBILE = re.compile(r"(?<!\d)((?:\+?86[- ]?)?1[3-9]\d)[- ]?\d{4}[- ]?\d{4}(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3})([- ]?)\d{7,8}(?!\d)")
_ROOM = re.compile(r"(?<=\D)\d{1,4}(栋|幢|号楼|座)\s*(?:\d{1,3}\s*单元)?\s*\d{2,5}\s*(室|号|房|户)?")


class _Words(HTMLParser):
    """Collects the words of a comment's markup; pictures are codes and go, each link ends with a space."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("a", "br", "p", "div"):
            self.parts.append(" ")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "p", "div"):
            self.parts.append(" ")


def clean(raw: str) -> str:
    """The words to compare, in simplified script, half width, lower case; empty where nothing is left.

    For matching only: what people read is always the text as it was written.
    """
    text = _CODE_PICTURE.sub("", raw)
    text = _without_markup(text) if _MARKUP.search(text) else text
    text = _narrow(text)
    if _NOTABLE.search(text):
        text = _without_platform_marks(text)
    text = _PICTOGRAPH.sub(" ", text)
    if _LONG_NUMBER.search(text):  # a person's number is nothing to compare, and must not become a keyword
        text = _LANDLINE.sub(" ", _MOBILE.sub(" ", _ID_NUMBER.sub(" ", text)))
    if not _WORDLIKE.search(text):
        return ""
    text = simplified(text.lower())
    if _MARK_FOUND.search(text):
        text = text.translate(_MARKS)
    if _REPEATS.search(text):
        text = _REPEATED.sub(r"\1\1", text)
    return _SPACE.sub(" ", text).strip()


def _narrow(text: str) -> str:
    """Full width as half; `translate` is slow, and few texts need it."""
    return text.translate(_WIDTH) if _WIDE_FOUND.search(text) else text


def shown(raw: str) -> str:
    """The text as a reader saw it: the words of its markup, nothing else changed."""
    return _without_markup(raw).strip() if _MARKUP.search(raw) else raw


def simplified(text: str) -> str:
    """Traditional characters as simplified ones."""
    return str(_converter().convert(text))


def mask(text: str) -> str:
    """The text with identity, phone and door numbers starred, as it may be published (domain.md A25)."""
    text = _ID_NUMBER.sub(lambda found: found[1] + "*" * (len(found[0]) - 3), text)
    text = _MOBILE.sub(lambda found: found[1] + "********", text)
    text = _LANDLINE.sub(lambda found: found[1] + found[2] + "********", text)
    return _ROOM.sub(lambda found: "**" + found[1] + ("**" + found[2] if found[2] else "**"), text)


def _without_markup(raw: str) -> str:
    words = _Words()
    words.feed(raw)
    words.close()
    return "".join(words.parts)


def _without_platform_marks(text: str) -> str:
    text = _REPLY_TO_GESTURE.sub(" ", _REPOST.sub(" ", text))
    text = _LINK.sub(" ", _MENTION.sub(" ", _REPLY.sub(" ", text)))
    text = _TOPIC.sub(" ", _CODE.sub(" ", text))
    return "" if _STOCK.match(text) else _PICTURE.sub(" ", text)


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
