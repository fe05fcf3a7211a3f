"""What was made a moment ago is served again, so that a crowd costs the database no more than one visitor."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, TypeVar

from microblog.service.ports import Clock

T = TypeVar("T")

MOST = 500
"""Things kept at a time."""


class Shelf:
    """Values by key, each good for a span; whoever comes while one is being made waits for it."""

    def __init__(self, clock: Clock, good_for: timedelta) -> None:
        self._clock = clock
        self._good_for = good_for
        self._values: OrderedDict[tuple[object, ...], tuple[datetime, Any]] = OrderedDict()
        self._making: dict[tuple[object, ...], Lock] = {}
        self._lock = Lock()

    def get(self, key: tuple[object, ...], make: Callable[[], T], *, good_for: timedelta | None = None) -> T:
        """The value under the key, made now when there is none that is still good.

        good_for: another span than the shelf's, which still decides whether anything is kept at all.
        """
        if not self._good_for:
            return make()
        with self._lock:
            making = self._making.setdefault(key, Lock())
        with making:
            now = self._clock.now()
            until, value = self._values.get(key, (now, None))
            if until <= now:
                value = make()
                self._put(key, now + (good_for or self._good_for), value)
            found: T = value
            return found

    def _put(self, key: tuple[object, ...], until: datetime, value: object) -> None:
        with self._lock:
            self._values[key] = (until, value)
            self._values.move_to_end(key)
            while len(self._values) > MOST:
                gone, _ = self._values.popitem(last=False)
                self._making.pop(gone, None)
