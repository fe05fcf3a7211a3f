"""Words and days as people may see them."""

from datetime import date

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
