"""Corrections and change requests, in memory."""

from dataclasses import replace
from datetime import datetime
from threading import RLock

from microblog.domain.request import ChangeRequest, Decision
from microblog.service.ports import StoredCorrection
from microblog.store.kept import kept
from microblog.store.missing import no_request


class MemoryCorrections:
    """`service.ports.Corrections` in memory."""

    def __init__(self, lock: RLock) -> None:
        self._lock = lock
        self._all: dict[int, StoredCorrection] = {}

    def add(self, correction: StoredCorrection) -> StoredCorrection:
        """Store under the next number; returns it with that number."""
        with self._lock:
            stored = kept(replace(correction, id=len(self._all) + 1))
            self._all[stored.id] = stored
            return kept(stored)

    def of(self, interview: int) -> list[StoredCorrection]:
        """All of an interview, oldest first, undone ones too."""
        with self._lock:
            return [kept(one) for one in self._all.values() if one.interview == interview]

    def undo(self, number: int, *, by: str, at: datetime) -> bool:
        """Mark as undone; False when it is already."""
        with self._lock:
            found = self._all.get(number)
            if found is None or not found.holds:
                return False
            self._all[number] = kept(replace(found, undone_by=by, undone_at=at))
            return True

    def redo(self, number: int) -> bool:
        """Let it hold again; False when it does."""
        with self._lock:
            found = self._all.get(number)
            if found is None or found.holds:
                return False
            self._all[number] = replace(found, undone_by="", undone_at=None)
            return True


class MemoryRequests:
    """`service.ports.Requests` in memory."""

    def __init__(self, lock: RLock) -> None:
        self._lock = lock
        self._all: dict[int, ChangeRequest] = {}

    def add(self, request: ChangeRequest) -> ChangeRequest:
        """Store under the next number; returns it with that number."""
        with self._lock:
            stored = kept(request.evolve(id=len(self._all) + 1))
            self._all[stored.id] = stored
            return stored

    def get(self, number: int) -> ChangeRequest:
        """Raises NotFound."""
        with self._lock:
            if number not in self._all:
                raise no_request(number)
            return self._all[number]

    def all(self, interview: int | None = None) -> list[ChangeRequest]:
        """Of one interview or of all, newest first."""
        with self._lock:
            newest = sorted(self._all.values(), key=lambda one: -one.id)
        return [one for one in newest if interview in (None, one.interview)]

    def decide(self, request: ChangeRequest) -> bool:
        """Keep the decision; False when the request was decided already."""
        with self._lock:
            if self.get(request.id).decision is not Decision.WAITING:
                return False
            self._all[request.id] = kept(request)
            return True
