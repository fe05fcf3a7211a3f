"""Sandbox time: a moment is a Unix second (float); ids and printed times are made from it.

Rules: `id = (second - 515483463) << 22 | sequence`; `created_at` is `Tue May 31 17:46:55 +0800 2011`, always +0800
and always English, whatever the locale of the machine.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

ID_EPOCH = 515_483_463
SEQUENCE_BITS = 22
CHINA = timezone(timedelta(hours=8), "+0800")
DAY = 86_400
HOUR = 3_600

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Clock:
    """The sandbox's own time: a base moment that stands still, or runs at `speed` sandbox seconds a real second."""

    def __init__(self, start: datetime, speed: float = 0.0, timer: Callable[[], float] = time.monotonic) -> None:
        """start: aware. speed 0 holds the time; 1 is real time. timer: monotonic real seconds."""
        self._timer = timer
        self._base = moment_of(start)
        self._since = timer()
        self.speed = speed

    def now(self) -> float:
        """The present sandbox moment."""
        return self._base + (self._timer() - self._since) * self.speed

    def set(self, moment: float) -> None:
        """Jump to a moment, forwards or backwards; the speed stays."""
        self._base, self._since = moment, self._timer()

    def advance(self, seconds: float) -> None:
        """Jump by a number of seconds; the speed stays."""
        self.set(self.now() + seconds)

    def run(self, speed: float) -> None:
        """Go on from the present moment at another speed."""
        self.set(self.now())
        self.speed = speed


def moment_of(when: datetime) -> float:
    """Unix seconds of an aware datetime. Raises ValueError when it has no zone."""
    if when.tzinfo is None:
        raise ValueError(f"{when!r} has no time zone")
    return when.timestamp()


def aware(moment: float) -> datetime:
    """The moment as an aware datetime in UTC."""
    return datetime.fromtimestamp(moment, UTC)


def in_china(moment: float) -> datetime:
    """The moment as an aware datetime at +0800."""
    return datetime.fromtimestamp(moment, CHINA)


def created_at(moment: float) -> str:
    """The moment as the platform prints it, e.g. `Tue May 31 17:46:55 +0800 2011`."""
    at = in_china(int(moment))
    return f"{_DAYS[at.weekday()]} {_MONTHS[at.month - 1]} {at:%d %H:%M:%S} +0800 {at.year}"


def id_at(moment: float, sequence: int) -> int:
    """The id an object gets that is the `sequence`-th of its second."""
    return (int(moment) - ID_EPOCH) << SEQUENCE_BITS | sequence


def second_of(identifier: int) -> int:
    """The Unix second an id was made in."""
    return (identifier >> SEQUENCE_BITS) + ID_EPOCH


def window_start(moment: float, seconds: int) -> int:
    """Start of the hour or day (midnight +0800) the moment lies in."""
    shift = 8 * HOUR
    return int(moment + shift) // seconds * seconds - shift
