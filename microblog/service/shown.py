"""Words and days as people may see them."""

from datetime import date

from microblog.domain.post import PostKind
from microblog.papers.characters import in_plain_sight
from microblog.papers.facts import printed_day
from microblog.text.clean import mask


def masked(text: str) -> str:
    """A stranger's words as the public may see them: numbers of persons starred, nothing hidden in them (A25)."""
    return mask(in_plain_sight(text))


def masked_name(name: str) -> str:
    """A nickname as the public may see it."""
    return masked(name).strip() or "匿名"


def day(date: date | None) -> str:
    """`2024年4月25日（星期四）`; a dash for none."""
    return printed_day(date) if date else "—"


def post_title(key: str) -> str:
    """What a key names: `答复 3 · 第 2 段`, `预告`, `汇总材料 5`; the key itself where it is no such name."""
    kind, _, part = key.partition(" · ")[2].partition(" · part ")
    name, _, rank = kind.partition(" ")
    if name in _BESIDE_POSTS:
        return f"{_BESIDE_POSTS[name]} {rank}".strip()
    if name not in {known.value for known in PostKind}:
        return key
    title = f"{PostKind(name).chinese} {rank}".strip()
    return f"{title} · 第 {part} 段" if part else title


_BESIDE_POSTS = {"introduction": "预告页（嘉宾、主持人、简介）", "material": "汇总材料"}


def post_anchor(key: str) -> str:
    """A name for the post or thread within a page about one interview: `answer-3-part-2`."""
    return key.partition(" · ")[2].replace(" · ", "-").replace(" ", "-")


_BODIES = {"data-centre": "数据中心", "media-centre": "融媒体中心", "organiser": "主办单位", "operator": "值班员"}


def body_title(body: str) -> str:
    """The Chinese name of a reviewing body."""
    return _BODIES.get(body, body)
