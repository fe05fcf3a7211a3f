"""Scripts, seals and rejections in memory."""

from collections.abc import Collection
from threading import RLock

from microblog.domain.script import Rejection, Script, Seal
from microblog.store.kept import kept
from microblog.store.missing import no_script


class MemoryReviews:
    """`service.ports.Reviews` in memory."""

    def __init__(self, lock: RLock) -> None:
        self._lock = lock
        self._scripts: dict[tuple[int, int], Script] = {}
        self._seals: dict[tuple[str, str, str], Seal] = {}
        self._rejections: list[Rejection] = []

    def add_script(self, script: Script) -> bool:
        """Store a new version; False when that version is there already."""
        with self._lock:
            key = (script.interview, script.version)
            if key in self._scripts:
                return False
            self._scripts[key] = kept(script)
            return True

    def save_script(self, script: Script) -> None:
        """Change state or words of a stored version. Raises NotFound."""
        with self._lock:
            key = (script.interview, script.version)
            if key not in self._scripts:
                raise no_script(*key)
            self._scripts[key] = kept(script)

    def scripts(self, interview: int) -> list[Script]:
        """By version."""
        with self._lock:
            return [script for key, script in sorted(self._scripts.items()) if script.interview == interview]

    def seal(self, seal: Seal) -> bool:
        """False: this body has sealed these words already."""
        with self._lock:
            key = (seal.subject, seal.hash, seal.body)
            if key in self._seals:
                return False
            self._seals[key] = kept(seal)
            return True

    def seals(self, subjects: Collection[str]) -> list[Seal]:
        """All seals of the subjects, by time."""
        with self._lock:
            found = [seal for seal in self._seals.values() if seal.subject in subjects]
        return sorted(found, key=lambda seal: seal.at)

    def reject(self, rejection: Rejection) -> None:
        """Keep a no."""
        with self._lock:
            self._rejections.append(kept(rejection))

    def rejections(self, subjects: Collection[str]) -> list[Rejection]:
        """By time."""
        with self._lock:
            found = [rejection for rejection in self._rejections if rejection.subject in subjects]
        return sorted(found, key=lambda rejection: rejection.at)
