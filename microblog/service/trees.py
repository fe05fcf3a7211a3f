"""The grown trees of the interviews at hand: growing one costs seconds, cutting it milliseconds."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from microblog.domain.question import Comment
from microblog.service.ports import Pulse

if TYPE_CHECKING:  # commands that never group anything start without numpy
    from microblog.text.grouping import Grown
    from microblog.text.join import Joiner
    from microblog.text.outline import Ground, Outline

log = logging.getLogger("microblog.trees")

MOST = 4
"""Interviews whose trees are kept at a time."""


@dataclass(frozen=True)
class Stand:
    """What the groups of an interview are cut from. comments: by id, all that were there; pulse: of them.

    excluded: remarks the tree was grown without. serial: another one for every stand of this process.
    """

    pulse: Pulse
    comments: dict[str, Comment]
    grown: Grown
    ground: Ground
    excluded: frozenset[str]
    serial: int

    @cached_property
    def outlines(self) -> dict[tuple[int, ...], Outline]:
        """The groups counted lately, by the corrections that held."""
        return {}

    @cached_property
    def joiners(self) -> dict[tuple[int, ...], Joiner]:
        """What places new remarks among the groups, by the corrections that held."""
        return {}

    @cached_property
    def place(self) -> dict[str, int]:
        """Where each remark is among the remarks."""
        return {remark.id: at for at, remark in enumerate(self.grown.remarks)}

    @property
    def said(self) -> list[tuple[str, str]]:
        """Who said what: equal only for stands whose trees are equal."""
        return [(remark.id, remark.text) for remark in self.grown.remarks]


Make = Callable[[Stand | None], Stand]
"""Makes a stand of what is stored now; given the last one, whose tree it keeps if nothing else was said."""


class Trees:
    """One stand an interview, which its analyst works on, and the next one, which waits to be taken.

    New remarks move groups, and nothing moves under an analyst's eyes: the next stand is taken when asked for.
    """

    def __init__(self) -> None:
        self._now: OrderedDict[int, Stand] = OrderedDict()
        self._next: dict[int, Stand] = {}
        self._making: dict[int, Future[None]] = {}
        self._locks: dict[int, Lock] = {}
        self._lock = Lock()
        self._pool: ThreadPoolExecutor | None = None

    def now(self, number: int) -> Stand | None:
        """What the analyst works on, if there is anything yet."""
        with self._lock:
            return self._now.get(number)

    def next(self, number: int) -> Stand | None:
        """What waits to be taken."""
        with self._lock:
            return self._next.get(number)

    def newest(self, number: int) -> Stand | None:
        """The last one made."""
        with self._lock:
            return self._next.get(number) or self._now.get(number)

    def make(self, number: int, make: Make) -> Stand:
        """Make a stand now, in this thread; one at a time an interview."""
        with self._lock:
            making = self._locks.setdefault(number, Lock())
        with making:
            last = self.newest(number)
            made = make(last)
            if made is not last:
                self._keep(number, made)
            return made

    def make_soon(self, number: int, make: Make) -> None:
        """Make one in the background, unless that is being done."""
        with self._lock:
            if number in self._making:
                return
            self._pool = self._pool or ThreadPoolExecutor(1, "trees")
            self._making[number] = self._pool.submit(self._made, number, make)

    def making(self, number: int) -> bool:
        """Whether one is being made in the background."""
        with self._lock:
            return number in self._making

    def wait(self, number: int, seconds: float) -> bool:
        """Wait until what is being made in the background is there; False when that takes longer."""
        with self._lock:
            future = self._making.get(number)
        if future is None:
            return True
        try:
            future.result(seconds)
        except TimeoutError:
            return False
        return True

    def take(self, number: int) -> Stand | None:
        """Let the analyst work on the newest."""
        with self._lock:
            waiting = self._next.pop(number, None)
            if waiting is not None:
                self._put(number, waiting)
            return self._now.get(number)

    def _made(self, number: int, make: Make) -> None:
        try:
            self.make(number, make)
        except Exception:
            # Nobody waits for this thread; the desk says that it is not ready and asks again.
            log.exception("growing the tree of interview %s", number)
        finally:
            with self._lock:
                self._making.pop(number, None)

    def _keep(self, number: int, made: Stand) -> None:
        with self._lock:
            now = self._now.get(number)
            if now is None or now.said == made.said:  # only likes or what is excluded differ: nothing new
                self._next.pop(number, None)
                self._put(number, made)
            else:
                self._next[number] = made

    def _put(self, number: int, stand: Stand) -> None:
        self._now[number] = stand
        self._now.move_to_end(number)
        while len(self._now) > MOST:
            gone, _ = self._now.popitem(last=False)
            self._next.pop(gone, None)
