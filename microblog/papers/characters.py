"""Making any text safe to put on paper: nothing that breaks a file, nothing invisible that misleads a reader."""

import re

# What XML 1.0 cannot carry: C0 controls but tab and line feed, surrogates, and the two non-characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

# Characters that reorder or hide their neighbours. The joiner U+200D stays: emoji are made with it.
_MISLEADING = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")

_DELETE = 0x7F


def printable(text: str) -> str:
    """The text as XML can carry it: line ends are LF, each forbidden character becomes a visible picture of it."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub(lambda found: _picture(ord(found[0])), unified)


def _picture(code: int) -> str:
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == _DELETE else "\ufffd"


def in_plain_sight(text: str) -> str:
    """Printable text without the characters that reorder or hide others; what the public may be shown."""
    return _MISLEADING.sub("", printable(text))


def on_one_line(text: str) -> str:
    """All white space as single spaces, so that no word of a stranger can start a line of ours."""
    return " ".join(text.split())
