"""How often one address may do something; counted in this process."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock

from microblog.domain.errors import Throttled
from microblog.service.ports import Clock

REMEMBERED = 50_000
"""Addresses kept at a time; the one longest quiet is forgotten first."""


class Limit:
    """At most `each` times within a span for each key."""

    def __init__(self, clock: Clock, each: int, within: timedelta) -> None:
        self._clock = clock
        self._each = each
        self._within = within
        self._times: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def take(self, key: str) -> None:
        """Count one. Raises Throttled, saying from when on it may be done again."""
        now = self._clock.now()
        with self._lock:
            times = self._times.setdefault(key, deque())
            self._times.move_to_end(key)
            while times and now - times[0] >= self._within:
                times.popleft()
            if len(times) >= self._each:
                minutes = max(1, round((times[0] + self._within - now).total_seconds() / 60))
                raise Throttled(f"操作太频繁，请约 {minutes} 分钟后再试", retry_at=times[0] + self._within)
            times.append(now)
            while len(self._times) > REMEMBERED:
                self._times.popitem(last=False)
