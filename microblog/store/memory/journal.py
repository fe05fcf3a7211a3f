"""Journal, beats and pauses in memory."""

from collections import Counter
from datetime import datetime
from threading import RLock

from microblog.service.ports import Beat, Entry, Pause
from microblog.store.kept import kept
from microblog.store.moments import utc


class MemoryJournal:
    """`service.ports.Journal` in memory."""

    def __init__(self, lock: RLock) -> None:
        self._lock = lock
        self._entries: list[Entry] = []
        self._beats: dict[str, Beat] = {}
        self._pauses: dict[str, Pause] = {}
        self._calls: list[tuple[datetime, str, int]] = []

    def write(self, entry: Entry) -> None:
        """Append."""
        with self._lock:
            self._entries.append(kept(entry))

    def entries(self, subject: str | None = None) -> list[Entry]:
        """In the order written; all, or those of a subject."""
        with self._lock:
            return [kept(entry) for entry in self._entries if subject in (None, entry.subject)]

    def beat(self, beat: Beat) -> None:
        """Keep as the worker's latest."""
        with self._lock:
            self._beats[beat.worker] = kept(beat)

    def beats(self) -> list[Beat]:
        """The latest of each worker, by name."""
        with self._lock:
            return [beat for _, beat in sorted(self._beats.items())]

    def pause(self, pause: Pause) -> None:
        """Keep as the pause of its scope."""
        with self._lock:
            self._pauses[pause.scope] = kept(pause)

    def pauses(self, now: datetime) -> list[Pause]:
        """Those still in force, by scope."""
        with self._lock:
            return [pause for _, pause in sorted(self._pauses.items()) if pause.until > now]

    def spend(self, at: datetime, kind: str, calls: int) -> None:
        """Write down platform calls made."""
        with self._lock:
            self._calls.append((utc(at), kind, calls))

    def spent(self, since: datetime) -> dict[str, int]:
        """Calls made from `since` on, by kind."""
        total: Counter[str] = Counter()
        with self._lock:
            for at, kind, calls in self._calls:
                if at >= since:
                    total[kind] += calls
        return dict(sorted(total.items()))
