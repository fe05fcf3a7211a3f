"""Copy-ready cards: the exact sealed words of posts that a person publishes by hand, with where to paste them.

The words are never masked or tidied: they are what two bodies sealed. Only characters that hide or steer are left to
the page's escaping.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from jinja2 import Environment, StrictUndefined, TemplateError

from microblog.domain.errors import InvalidInput
from microblog.domain.period import SHANGHAI
from microblog.domain.post import Post


@dataclass(frozen=True, slots=True)
class Card:
    """One post to be pasted. where: what to do, in Chinese; link: page to open, empty for a status of its own."""

    post: Post
    where: str
    link: str = ""

    @property
    def kind(self) -> str:
        """What it is, in Chinese."""
        return self.post.kind.chinese

    @property
    def latest(self) -> str:
        """Until when it may go out, in China."""
        return clock(self.post.latest_at)

    @property
    def done(self) -> str:
        """The command that ticks it."""
        return f"microblog outbox done '{self.post.key}' --posted 链接 --by 姓名"


def clock(moment: datetime) -> str:
    """`2024-04-25 17:30` in China."""
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def cards_text(cards: Sequence[Card]) -> str:
    """The cards as plain text; the words stand between two rules, alone."""
    rule = "─" * 40
    blocks = [
        f"□ 第 {number} 张 · {card.kind} · {card.post.key} · 最晚 {card.latest}\n{card.where}"
        f"{f'：{card.link}' if card.link else ''}\n{rule}\n{card.post.text}\n{rule}\n发好后登记：{card.done}\n"
        for number, card in enumerate(cards, 1)
    ]
    return "\n".join(blocks)


def cards_html(cards: Sequence[Card], *, title: str, template: str) -> str:
    """The cards as one page to print or copy from. template: the source of `cards.html.j2`; everything is escaped.

    Raises InvalidInput when the template does not fit its values.
    """
    page = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    try:
        return page.from_string(template).render(title=title, cards=cards)
    except TemplateError as cause:
        raise InvalidInput(f"模板 config/templates/cards.html.j2 无法使用（{cause}），请修改后重试") from cause
