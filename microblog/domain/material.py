"""What the roundup of an interview gathers: policy files, work updates, press coverage (G18)."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from microblog.domain.post import text_hash


class MaterialKind(StrEnum):
    """The three sections of a roundup, in their order."""

    POLICY = "policy"
    UPDATE = "update"
    PRESS = "press"

    @property
    def chinese(self) -> str:
        """The Chinese name of the section."""
        return {"policy": "政策文件", "update": "工作动态", "press": "媒体报道"}[self.value]


@dataclass(frozen=True, slots=True)
class Material:
    """One entry of a roundup. source: who published it; day: when, None where unknown; link: its web address.

    by: who wrote the entry last. id: number in the store, 0 before it is stored.
    """

    interview: int
    kind: MaterialKind
    title: str
    link: str
    by: str
    at: datetime
    source: str = ""
    day: date | None = None
    id: int = 0

    def evolve(self, **changes: object) -> Self:
        """A copy with the named fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]  # dataclasses.replace checks the names

    @property
    def subject(self) -> str:
        """The name a seal of this entry carries."""
        return f"interview {self.interview} · material {self.id}"

    def printed(self) -> str:
        """The entry as it stands in the roundup; the words that are sealed."""
        origin = "，".join(word for word in (self.source, self.day.isoformat() if self.day else "") if word)
        return f"{self.kind.chinese}：{self.title}{f'（{origin}）' if origin else ''}\n{self.link}"

    @property
    def hash(self) -> str:
        """Hash of the printed entry: what a body seals."""
        return text_hash(self.printed())
