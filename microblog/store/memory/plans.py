"""Plans in memory."""

from dataclasses import replace
from threading import RLock

from microblog.service.ports import StoredPlan
from microblog.store.kept import kept
from microblog.store.missing import no_plan


class MemoryPlans:
    """`service.ports.Plans` in memory."""

    def __init__(self, lock: RLock) -> None:
        self._lock = lock
        self._plans: dict[int, StoredPlan] = {}

    def add(self, plan: StoredPlan) -> StoredPlan:
        """Store under the next number."""
        with self._lock:
            stored = kept(replace(plan, id=len(self._plans) + 1))
            self._plans[stored.id] = stored
            return kept(stored)

    def get(self, number: int) -> StoredPlan:
        """Raises NotFound."""
        with self._lock:
            if number not in self._plans:
                raise no_plan(number)
            return kept(self._plans[number])

    def all(self) -> list[StoredPlan]:
        """By number."""
        with self._lock:
            return [kept(plan) for _, plan in sorted(self._plans.items())]

    def set_state(self, number: int, state: str) -> None:
        """Raises NotFound."""
        with self._lock:
            self._plans[number] = replace(self.get(number), state=state)
