"""What an analyst corrected, and what was asked to be changed, as protocols."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from microblog.domain.request import ChangeRequest


@dataclass(frozen=True, slots=True)
class StoredCorrection:
    """One thing an analyst did to the groups of an interview; undone or not, it is never removed.

    title: what was done, in Chinese. content: the rules it stands for, as plain data.
    id: number in the store, 0 before it is stored.
    """

    interview: int
    by: str
    at: datetime
    title: str
    content: dict[str, Any]
    id: int = 0
    undone_by: str = ""
    undone_at: datetime | None = None

    @property
    def holds(self) -> bool:
        """Whether it is not undone."""
        return self.undone_at is None


class Corrections(Protocol):
    """Corrections in the order they were made."""

    def add(self, correction: StoredCorrection) -> StoredCorrection:
        """Store under the next number; returns it with that number."""

    def of(self, interview: int) -> list[StoredCorrection]:
        """All of an interview, oldest first, undone ones too."""

    def undo(self, number: int, *, by: str, at: datetime) -> bool:
        """Mark as undone; False when it is already."""

    def redo(self, number: int) -> bool:
        """Let it hold again; False when it does."""


class Requests(Protocol):
    """Requests to change a topic or a time."""

    def add(self, request: ChangeRequest) -> ChangeRequest:
        """Store under the next number; returns it with that number."""

    def get(self, number: int) -> ChangeRequest:
        """Raises NotFound."""

    def all(self, interview: int | None = None) -> list[ChangeRequest]:
        """Of one interview or of all, newest first."""

    def decide(self, request: ChangeRequest) -> bool:
        """Keep the decision; False when the request was decided already."""
