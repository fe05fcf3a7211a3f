"""One thing one person wrote: the unit the whole text pipeline works on."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment, question or message as it was written.

    id: unique among the remarks grouped together.
    user: whoever wrote it; None where the source does not say, then every remark counts as a person of its own.
    time: aware.
    """

    id: str
    text: str
    user: str | None = None
    likes: int = 0
    time: datetime | None = None

    @property
    def asker(self) -> str:
        """Who stands behind the remark, for counting people instead of rows."""
        return f"user {self.user}" if self.user else f"remark {self.id}"
