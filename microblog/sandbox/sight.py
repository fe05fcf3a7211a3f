"""What can be seen of what exists: time, approval, filtering, deletion, and who asks. And how lists are paged."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from zlib import crc32

from microblog.sandbox.options import Options
from microblog.sandbox.rows import App, Comment, Status
from microblog.sandbox.world import World

Item = TypeVar("Item", Status, Comment)


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list is asked for: ids > since_id, <= max_id (0 is no bound), and which page of it."""

    since_id: int = 0
    max_id: int = 0
    count: int = 50
    page: int = 1


@dataclass(frozen=True, slots=True)
class Page:
    """ids: those shown, newest first. next_cursor: the id the next page starts at, 0 at the end."""

    ids: tuple[int, ...]
    next_cursor: int


def standing(world: World, status_id: int) -> list[Comment]:
    """Comments that exist now under a status, newest first; filtered and unapproved ones among them."""
    now = world.now()
    return [c for c in world.comments_under(status_id) if c.created <= now < c.deleted]


def shown_count(world: World, status_id: int) -> int:
    """The number the platform shows under a status: all that exist, seen or not."""
    return len(standing(world, status_id))


def can_see(world: World, comment: Comment, app: App) -> bool:
    """Whether the app is shown this comment: approved, not filtered, not deleted, and its author not withheld."""
    now = world.now()
    if comment.filtered or not comment.visible <= now < comment.deleted:
        return False
    return not world.options.authorised_only or world.authorised(comment.uid, app.key)


def can_see_status(world: World, status: Status) -> bool:
    """Whether readers see this status now."""
    return status.visible <= world.now() < status.deleted


def page_of(items: Sequence[Item], window: Window, seen: Callable[[Item], bool], options: Options) -> Page:
    """One page of a list sorted by falling id.

    The page is cut from all items and the unseen are left out afterwards, so a page may be short, even empty,
    and yet not be the last.
    """
    span = [i for i in items if i.id > window.since_id and (not window.max_id or i.id <= window.max_id)]
    size = max(1, min(window.count, options.page_max))
    start = (max(1, window.page) - 1) * size
    end = min(start + size, options.paging_cap) if options.paging_cap else start + size
    slots = span[start:end]
    more = slots and end < len(span) and not (options.paging_cap and end >= options.paging_cap)
    served = _served_again(items, slots, window, size, options) + slots
    return Page(tuple(i.id for i in served if seen(i)), span[end].id if more else 0)


def _served_again(
    items: Sequence[Item], slots: Sequence[Item], window: Window, size: int, options: Options
) -> list[Item]:
    """Those of the page before that this page repeats; only later pages do."""
    if not options.reserved_share or not slots or (not window.max_id and window.page <= 1):
        return []
    first = next(index for index, item in enumerate(items) if item.id == slots[0].id)
    return [item for item in items[max(0, first - size) : first] if _repeats(item.id, options.reserved_share)]


def _repeats(identifier: int, share: float) -> bool:
    return crc32(str(identifier).encode()) % 1000 < share * 1000
