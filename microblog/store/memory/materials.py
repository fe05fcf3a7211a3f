"""What roundups gather, in memory."""

from threading import RLock

from microblog.domain.material import Material
from microblog.store.kept import kept
from microblog.store.missing import no_material


class MemoryMaterials:
    """`service.ports.Materials` in memory."""

    def __init__(self, lock: RLock) -> None:
        self._lock = lock
        self._all: dict[int, Material] = {}
        self._last = 0

    def add(self, material: Material) -> Material:
        """Store under the next number; returns it with that number."""
        with self._lock:
            self._last += 1
            self._all[self._last] = kept(material.evolve(id=self._last))
            return self._all[self._last]

    def get(self, number: int) -> Material:
        """Raises NotFound."""
        with self._lock:
            if number not in self._all:
                raise no_material(number)
            return self._all[number]

    def of(self, interview: int) -> list[Material]:
        """All of an interview, in the order they were added."""
        with self._lock:
            return [one for one in self._all.values() if one.interview == interview]

    def save(self, material: Material) -> None:
        """Keep it as it is now. Raises NotFound."""
        with self._lock:
            self.get(material.id)
            self._all[material.id] = kept(material)

    def remove(self, number: int) -> bool:
        """Forget it; False when it is not there."""
        with self._lock:
            return self._all.pop(number, None) is not None
