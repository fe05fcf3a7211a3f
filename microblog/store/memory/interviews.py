"""Interviews in memory."""

from threading import RLock

from microblog.domain.interview import Interview
from microblog.store.kept import kept
from microblog.store.missing import no_interview


class MemoryInterviews:
    """`service.ports.Interviews` in memory."""

    def __init__(self, lock: RLock) -> None:
        self._lock = lock
        self._interviews: dict[int, Interview] = {}

    def add(self, interview: Interview) -> Interview:
        """Store under the next number."""
        with self._lock:
            stored = kept(interview.evolve(id=len(self._interviews) + 1))
            self._interviews[stored.id] = stored
            return stored

    def get(self, number: int) -> Interview:
        """Raises NotFound."""
        with self._lock:
            if number not in self._interviews:
                raise no_interview(number)
            return self._interviews[number]

    def all(self) -> list[Interview]:
        """By number."""
        with self._lock:
            return [interview for _, interview in sorted(self._interviews.items())]

    def save(self, interview: Interview) -> bool:
        """Store with the next revision, unless the revision moved. Raises NotFound."""
        with self._lock:
            if self.get(interview.id).revision != interview.revision:
                return False
            self._interviews[interview.id] = kept(interview.evolve(revision=interview.revision + 1))
            return True
