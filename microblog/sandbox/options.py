"""Everything about the platform that is a choice or not verified, as one value.

The numbers of `Options()` are those of an ordinary reviewed app; `PROFILES` holds the named variations.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Options:
    """Switches of the sandbox. Times in seconds; a limit of 0 means there is none.

    calls_per_day: of one account in one app, reads and writes alike, turning at midnight +0800.
    posts_per_hour, comments_per_hour: accepted writes of one account, turning at the hour.
    ip_calls_per_hour: of one client address.
    post_gap: least time between two posts of one account (20016).
    comment_burst, burst_window, burst_ban: so many comments within the window shut the account out (20022).
    repeat_window: how long a text stays «repeated» (20019); same_url_repeats also judges by the link.
    similar_ratio: from this likeness (0-1) on a text is «similar» (20017); 0 is off.
    rip_required: whether writes without the acting user's address are refused (10016).
    topics: what share does with `#话题#`; topics_in_comments: what repost and comments do.
    discount_urls: whether a link costs 20 half-widths in the 140, or its full length.
    links_eat: whether characters right after a link, up to the next space, are taken into it.
    prefix_counts: whether `回复@昵称:` counts in the 140 of a reply.
    authorised_only: whether comments of users who did not authorise the app are withheld.
    page_max: most comments a page may hold; paging_cap: records after which paging ends.
    reserved_share: part of the comments (0-1) that the next page serves again.
    url_objects: whether statuses and comments carry the original links.
    destroy_open: whether an ordinary app may delete statuses.
    own_repost: whether one's own status may be reposted (else 20103).
    biz_routes: whether the commercial suffixes `/biz` and `/other` are served.
    refused_words: error code → words; a text holding one is refused with the code.
    """

    calls_per_day: int = 100
    posts_per_hour: int = 30
    comments_per_hour: int = 60
    ip_calls_per_hour: int = 15_000
    post_gap: float = 0.0
    comment_burst: int = 0
    burst_window: float = 60.0
    burst_ban: float = 1800.0
    repeat_window: float = 3600.0
    same_url_repeats: bool = False
    similar_ratio: float = 0.0
    rip_required: bool = True
    topics: Literal["strip", "refuse", "keep"] = "strip"
    topics_in_comments: Literal["strip", "refuse", "keep"] = "keep"
    discount_urls: bool = True
    links_eat: bool = True
    prefix_counts: bool = True
    authorised_only: bool = False
    page_max: int = 200
    paging_cap: int = 0
    reserved_share: float = 0.0
    url_objects: bool = False
    destroy_open: bool = True
    own_repost: bool = True
    biz_routes: bool = False
    refused_words: tuple[tuple[int, tuple[str, ...]], ...] = (
        (20021, ("违法内容样例",)),
        (20018, ("phishing.example",)),
        (20020, ("加微信领红包",)),
        (21602, ("违禁词样例",)),
    )

    def changed(self, changes: Mapping[str, Any]) -> "Options":
        """A copy with the named switches changed. Raises ValueError naming a switch that does not exist."""
        known = {field.name for field in fields(self)}
        for name in changes:
            if name not in known:
                raise ValueError(f"沙箱没有名为“{name}”的选项，可用的有：{'、'.join(sorted(known))}")
        values = dict(changes)
        if "refused_words" in values:
            values["refused_words"] = _words(values["refused_words"])
        return replace(self, **values)


OPEN = Options()
PROFILES: Mapping[str, Options] = {
    "open": OPEN,
    "demo": replace(OPEN, reserved_share=0.09),
    "commercial": replace(
        OPEN,
        calls_per_day=0,
        posts_per_hour=120,
        comments_per_hour=240,
        ip_calls_per_hour=50_000,
        biz_routes=True,
    ),
    "hidden": replace(OPEN, authorised_only=True),
}


def read_options(path: Path, base: Options = OPEN) -> Options:
    """Options from the `[options]` table of a scenario file (TOML), over its `profile` or `base`.

    Raises ValueError for an unknown profile or switch, OSError when the file cannot be read.
    """
    data = tomllib.loads(path.read_text("utf-8"))
    name = data.get("profile")
    if name is not None and name not in PROFILES:
        raise ValueError(f"没有名为“{name}”的沙箱方案，可用的有：{'、'.join(PROFILES)}")
    return (PROFILES[name] if name else base).changed(data.get("options", {}))


def _words(value: Any) -> tuple[tuple[int, tuple[str, ...]], ...]:
    pairs = value.items() if isinstance(value, Mapping) else value
    return tuple((int(code), tuple(words)) for code, words in pairs)
