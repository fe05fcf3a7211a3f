"""Whether two texts are the same words once the platform has worked on one of them."""

import html
import re

LINK = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+", re.IGNORECASE)
_EATING_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_ADDRESSEE = re.compile(r"\A\s*回复\s*@[^\s:：@]{1,60}\s*[:：]")
_SPACE = re.compile(r"\s+")


def same_words(sent: str, shown: str) -> bool:
    """True where `shown` is what the platform makes of `sent`.

    It shortens links, may let one swallow what follows up to the next space, drops `#`, puts `回复@昵称:` in
    front of a reply, escapes `<` and moves white space about.
    """
    return any(normalise(sent, link) == normalise(shown, link) for link in (LINK, _EATING_LINK))


def normalise(text: str, link: re.Pattern[str] = LINK) -> str:
    """The words alone: links as one sign, no `#`, no `回复@昵称:` in front, no white space, entities decoded."""
    linked = link.sub("\N{LINK SYMBOL}", html.unescape(text))
    return _SPACE.sub("", _ADDRESSEE.sub("", linked)).replace("#", "")
