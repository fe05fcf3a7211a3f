"""What the people of the demo write, from `texts/*.toml`."""

import tomllib
from dataclasses import dataclass
from difflib import SequenceMatcher
from importlib.resources import files
from typing import Any

from microblog.domain.interview import Guest
from microblog.text.clean import clean

NO_MATCH = 0.45
"""Likeness below which a question is about none of the concerns the unit prepared for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A unit's answer to one concern."""

    concern: str
    unit: str
    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything written for one topic. wordings: how netizens put a concern, by concern."""

    introduction: str
    guests: tuple[Guest, ...]
    host: str
    opening: str
    background: tuple[tuple[str, str], ...]
    closing: str
    answers: dict[str, Answer]
    wordings: tuple[tuple[str, str], ...]

    def concern_of(self, question: str) -> str | None:
        """Which concern a reader takes a question to be about, by its likeness to what people say of each."""
        words = clean(question)
        score, concern = max((_likeness(words, wording), concern) for wording, concern in self.wordings)
        return concern if score >= NO_MATCH else None


def _likeness(words: str, wording: str) -> float:
    if wording in words:
        return 1.0
    return SequenceMatcher(None, words, wording, autojunk=False).ratio()


def load_texts(topic: str) -> Texts:
    """The texts of a topic by its slug, e.g. `fire-safety`."""
    written = _read("microblog.demo", "texts", topic)
    voices = _read("microblog.sandbox", "voices", topic)
    return Texts(
        introduction=written["introduction"],
        guests=tuple(Guest(guest["name"], guest["post"], guest["unit"]) for guest in written["guest"]),
        host=written["host"]["name"],
        opening=written["opening_remarks"],
        background=tuple((item["question"], item["answer"]) for item in written["background"]),
        closing=written["closing_remarks"],
        answers={item["concern"]: Answer(**item) for item in written["answer"]},
        wordings=tuple((clean(wording), item["id"]) for item in voices["concern"] for wording in item["wordings"]),
    )


def _read(package: str, folder: str, topic: str) -> dict[str, Any]:
    return tomllib.loads(files(package).joinpath(folder, f"{topic}.toml").read_text(encoding="utf-8"))
