"""What grouping comes to: topics holding questions holding remarks, and the place of every remark."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from microblog.text.kind import Kind


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Remarks that say the same thing.

    id: made of its earliest remark's words, so it stays when more join. members: remark ids, most central first.
    kind: what most of its people do. askers: distinct people. copies: remarks beyond the first of each wording.
    best: its clearest, most central remark, fit to be quoted; pinned: an analyst chose it.
    """

    id: str
    topic: str
    keywords: tuple[str, ...]
    members: tuple[str, ...]
    askers: int
    likes: int
    first: datetime | None
    last: datetime | None
    copies: int
    kind: Kind
    best: str
    name: str = ""
    pinned: bool = False

    def as_json(self) -> dict[str, Any]:
        """Plain values, times in ISO 8601."""
        return {
            "id": self.id,
            "topic": self.topic,
            "name": self.name,
            "keywords": list(self.keywords),
            "members": list(self.members),
            "askers": self.askers,
            "likes": self.likes,
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "copies": self.copies,
            "kind": self.kind.value,
            "best": self.best,
            "pinned": self.pinned,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The inverse of `as_json`."""
        return cls(
            **{
                **data,
                "keywords": tuple(data["keywords"]),
                "members": tuple(data["members"]),
                "first": datetime.fromisoformat(data["first"]) if data["first"] else None,
                "last": datetime.fromisoformat(data["last"]) if data["last"] else None,
                "kind": Kind(data["kind"]),
            }
        )


@dataclass(frozen=True, slots=True)
class Topic:
    """Questions about one matter, most asked first. askers: distinct people; size: remarks; name: its keywords."""

    id: str
    name: str
    keywords: tuple[str, ...]
    questions: tuple[QuestionGroup, ...]
    askers: int
    size: int
    kind: Kind

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "id": self.id,
            "name": self.name,
            "keywords": list(self.keywords),
            "questions": [question.as_json() for question in self.questions],
            "askers": self.askers,
            "size": self.size,
            "kind": self.kind.value,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The inverse of `as_json`."""
        return cls(
            **{
                **data,
                "keywords": tuple(data["keywords"]),
                "questions": tuple(QuestionGroup.from_json(question) for question in data["questions"]),
                "kind": Kind(data["kind"]),
            }
        )


@dataclass(frozen=True, slots=True)
class Placement:
    """Where one remark went and why (Chinese); no topic and no question only where cleaning leaves nothing."""

    id: str
    topic: str | None
    question: str | None
    kind: Kind
    reason: str

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "id": self.id,
            "topic": self.topic,
            "question": self.question,
            "kind": self.kind.value,
            "reason": self.reason,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The inverse of `as_json`."""
        return cls(**{**data, "kind": Kind(data["kind"])})


@dataclass(frozen=True, slots=True)
class Flood:
    """One wording posted again and again. copies: remarks; askers: the people behind them; text: one as written."""

    text: str
    question: str
    members: tuple[str, ...]
    copies: int
    askers: int

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "text": self.text,
            "question": self.question,
            "members": list(self.members),
            "copies": self.copies,
            "askers": self.askers,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The inverse of `as_json`."""
        return cls(**{**data, "members": tuple(data["members"])})


@dataclass(frozen=True, slots=True)
class Grouping:
    """All topics, most asked first; a placement for each remark in the order given; the floods, largest first."""

    topics: tuple[Topic, ...]
    placements: tuple[Placement, ...]
    floods: tuple[Flood, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values for storing."""
        return {
            "topics": [topic.as_json() for topic in self.topics],
            "placements": [placement.as_json() for placement in self.placements],
            "floods": [flood.as_json() for flood in self.floods],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The inverse of `as_json`."""
        return cls(
            topics=tuple(Topic.from_json(topic) for topic in data["topics"]),
            placements=tuple(Placement.from_json(placement) for placement in data["placements"]),
            floods=tuple(Flood.from_json(flood) for flood in data["floods"]),
        )
