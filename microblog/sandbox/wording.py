"""What the platform does with the words of a post: refuse, strip, shorten. Pure."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Literal

from microblog.sandbox.links import Links, find_links, shorten, within
from microblog.sandbox.options import Options
from microblog.sandbox.refusals import Refusal
from microblog.text.count import WEIBO_LIMIT, weibo_length, weibo_length_undiscounted

TOPIC = re.compile(r"#[^#\s]+#")


def require_length(text: str, options: Options) -> None:
    """Refuse with 20012 a text beyond 140 字 by the count in force."""
    measure = weibo_length if options.discount_urls else weibo_length_undiscounted
    if measure(text) > WEIBO_LIMIT:
        raise Refusal(20012)


def require_secure_domain(text: str, domains: tuple[str, ...], options: Options) -> None:
    """Refuse with 10017 unless the text holds a link under one of the app's domains."""
    if not domains:
        raise Refusal(10017, "appkey not bind domain!")
    if not any(within(link, domains) for link in find_links(text, eat=options.links_eat)):
        raise Refusal(10017, "text not find domain!")


def require_clean(text: str, options: Options) -> None:
    """Refuse a text that holds a listed word, with that list's code."""
    for code, words in options.refused_words:
        if any(word in text for word in words):
            raise Refusal(code)


def require_fresh(text: str, earlier: Sequence[str], options: Options) -> None:
    """Refuse a repeat (20019) or a near copy (20017) of the texts posted within the window."""
    if text in earlier:
        raise Refusal(20019)
    if options.same_url_repeats:
        links = set(find_links(text, eat=options.links_eat))
        if any(links & set(find_links(other, eat=options.links_eat)) for other in earlier):
            raise Refusal(20019)
    if options.similar_ratio and any(_likeness(text, other) >= options.similar_ratio for other in earlier):
        raise Refusal(20017)


def shown(text: str, topics: Literal["strip", "refuse", "keep"], options: Options) -> tuple[str, Links]:
    """The text as readers see it and its links. Refuses `#话题#` with 10017 where the switch says so."""
    if topics == "refuse" and TOPIC.search(text):
        raise Refusal(10017, "Parameter (status)'s value invalid!")
    kept = TOPIC.sub("", text) if topics == "strip" else text
    return shorten(kept, eat=options.links_eat)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
