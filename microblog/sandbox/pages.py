"""The pages people see: consent, refusal, and the timeline as readers see it. Everything is escaped."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader

from microblog.sandbox.moments import in_china
from microblog.sandbox.refusals import OAuthRefusal
from microblog.sandbox.rows import App, Comment, Status
from microblog.sandbox.sight import can_see_status, shown_count, standing
from microblog.sandbox.world import World

STATUSES_SHOWN = 30
THREADS_SHOWN = 60


@cache
def _templates() -> Environment:
    return Environment(loader=PackageLoader("microblog.sandbox"), autoescape=True, trim_blocks=True)


def _render(name: str, **values: Any) -> str:
    page = _templates().get_template(name).render(**values)
    return page.encode("utf-8", "replace").decode("utf-8")  # half an emoji must not break the page


def consent_page(app: App, accounts: list[tuple[int, str]], params: Mapping[str, str]) -> str:
    """The page that asks a person to let the app act for an account."""
    kept = {name: params[name] for name in ("client_id", "redirect_uri", "response_type", "state") if name in params}
    return _render("consent.html", app=app, accounts=accounts, params=kept)


def refusal_page(refusal: OAuthRefusal) -> str:
    """The page shown where a redirect would be unsafe."""
    return _render("refusal.html", refusal=refusal)


@dataclass(frozen=True, slots=True)
class Line:
    """One comment as readers see it."""

    name: str
    official: bool
    text: str
    at: str
    likes: int
    replies: tuple["Line", ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One status with its threads, newest thread first."""

    name: str
    text: str
    at: str
    picture: str
    count: int
    threads: tuple[Line, ...]
    more: int


def timeline_page(world: World) -> str:
    """Every status with its comments in threads, and the sandbox clock; reloads itself."""
    seen = [s for s in world.statuses.values() if can_see_status(world, s)]
    newest = sorted(seen, key=lambda s: -s.id)[:STATUSES_SHOWN]
    entries = [_entry(world, status) for status in newest]
    clock = f"{in_china(world.now()):%Y-%m-%d %H:%M:%S}"
    return _render("timeline.html", entries=entries, clock=clock, speed=world.clock.speed, total=len(seen))


def _entry(world: World, status: Status) -> Entry:
    now = world.now()
    seen = [c for c in standing(world, status.id) if not c.filtered and c.visible <= now]
    below: dict[int, list[Comment]] = {}
    for comment in reversed(seen):
        below.setdefault(comment.root, []).append(comment)
    shown_ids = {c.id for c in seen}
    roots = [c for c in seen if c.id == c.root or c.root not in shown_ids]
    threads = [_line(world, c, below.get(c.root, [])) for c in roots[:THREADS_SHOWN]]
    return Entry(
        name=world.accounts[status.uid].name,
        text=status.text,
        at=_at(status.created),
        picture=status.picture,
        count=shown_count(world, status.id),
        threads=tuple(threads),
        more=max(0, len(roots) - THREADS_SHOWN),
    )


def _line(world: World, comment: Comment, below: list[Comment]) -> Line:
    author = world.accounts[comment.uid]
    replies = tuple(_line(world, c, []) for c in below if c.id != comment.id) if comment.id == comment.root else ()
    return Line(author.name, author.verified_type >= 0, comment.text, _at(comment.created), comment.likes, replies)


def _at(moment: float) -> str:
    return f"{in_china(moment):%m-%d %H:%M:%S}"
