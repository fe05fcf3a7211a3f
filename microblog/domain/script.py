"""The script (访谈稿): sections of question and answer, and what two bodies seal of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from microblog.domain.post import text_hash


class SectionKind(StrEnum):
    """What a section of the script is."""

    OPENING = "opening"  # opening remarks
    BACKGROUND = "background"  # a question of the host's
    QUESTION = "question"  # a netizen's question, quoted exactly
    CLOSING = "closing"  # closing remarks

    @property
    def chinese(self) -> str:
        """The Chinese name, as printed in the Word document."""
        return {"opening": "开场", "background": "主持人提问", "question": "网友提问", "closing": "结束语"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class Section:
    """One section. slot: its stable name in the script, e.g. `question 7`; asker, comment, rank only for questions.

    askers: how many people the question speaks for. author: who wrote the answer last.
    """

    slot: str
    kind: SectionKind
    question: str = ""
    answer: str = ""
    unit: str = ""
    speaker: str = ""
    asker: str = ""
    comment: str = ""
    rank: int = 0
    askers: int = 0
    author: str = ""

    def printed(self) -> str:
        """The section as it stands in the script; the words that are counted and sealed."""
        lines = []
        if self.kind is SectionKind.QUESTION:
            lines.append(f"[网友 {self.asker}]{self.question}")
        elif self.question:
            lines.append(f"[主持人]{self.question}")
        lines.append(f"[{self.speaker or '主持人'}]{self.answer}")
        return "\n".join(lines)

    @property
    def hash(self) -> str:
        """Hash of the printed section: what a body seals."""
        return text_hash(self.printed())


class ScriptState(StrEnum):
    """Where a version of the script is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    REJECTED = "rejected"
    FINAL = "final"

    @property
    def chinese(self) -> str:
        """The Chinese name."""
        return {"draft": "草稿", "submitted": "送审中", "rejected": "已退回", "final": "定稿"}[self.value]


@dataclass(frozen=True, slots=True)
class Script:
    """One version of an interview's script. override: the reason given for going below the minimum count."""

    interview: int
    version: int
    sections: tuple[Section, ...]
    author: str
    written_at: datetime
    state: ScriptState = ScriptState.DRAFT
    override: str = ""

    def evolve(self, **changes: object) -> Self:
        """A copy with the named fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]  # dataclasses.replace checks the names

    def printed(self) -> str:
        """The whole script as text; its length by the word-processor count is the gate (P9)."""
        return "\n\n".join(section.printed() for section in self.sections)

    def subject(self, section: Section) -> str:
        """The name a seal of this section carries; the same over versions, so untouched sections stay sealed."""
        return f"interview {self.interview} · script · {section.slot}"

    def section(self, slot: str) -> Section | None:
        """The section in a slot, or None."""
        return next((section for section in self.sections if section.slot == slot), None)

    def questions(self) -> tuple[Section, ...]:
        """The netizens' questions in order of their rank."""
        return tuple(section for section in self.sections if section.kind is SectionKind.QUESTION)


@dataclass(frozen=True, slots=True)
class Seal:
    """A body's yes to exact words. subject: a post key or a script section."""

    subject: str
    hash: str
    body: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Rejection:
    """A body's no to a version of the script or to a post."""

    subject: str
    hash: str
    body: str
    by: str
    at: datetime
    note: str


def sealed(subject: str, words_hash: str, bodies: tuple[str, ...], seals: tuple[Seal, ...]) -> bool:
    """Whether every body has sealed exactly these words of this subject. No bodies named: never sealed."""
    given = {seal.body for seal in seals if seal.subject == subject and seal.hash == words_hash}
    return bool(bodies) and given.issuperset(bodies)
