"""The machine's clock, and one that is set by hand."""

from datetime import UTC, datetime


class SystemClock:
    """The machine's time, in UTC."""

    def now(self) -> datetime:
        """The present moment."""
        return datetime.now(UTC)


class SetClock:
    """A clock that stands still until it is moved: weeks run in seconds on it."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        """The moment it was last set to."""
        return self._moment

    def set(self, moment: datetime) -> None:
        """Move to a moment; never backwards. Raises ValueError when asked to."""
        if moment < self._moment:
            raise ValueError(f"the clock stands at {self._moment} and cannot go back to {moment}")
        self._moment = moment.astimezone(UTC)
