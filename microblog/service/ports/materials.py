"""What a roundup gathers, as a protocol."""

from typing import Protocol

from microblog.domain.material import Material


class Materials(Protocol):
    """Entries of roundups."""

    def add(self, material: Material) -> Material:
        """Store under the next number; returns it with that number."""

    def get(self, number: int) -> Material:
        """Raises NotFound."""

    def of(self, interview: int) -> list[Material]:
        """All of an interview, in the order they were added."""

    def save(self, material: Material) -> None:
        """Keep it as it is now. Raises NotFound."""

    def remove(self, number: int) -> bool:
        """Forget it; False when it is not there."""
