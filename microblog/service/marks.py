"""Marks words in a text for the eye."""

import re
from collections.abc import Sequence
from typing import NamedTuple


class Piece(NamedTuple):
    """A stretch of a text. marked: it is one of the words."""

    text: str
    marked: bool


def marked(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """The text cut at every occurrence of the words, longest first, whatever their case; joined it is the text."""
    wanted = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    if not wanted:
        return (Piece(text, False),)
    parts = re.split(f"({'|'.join(map(re.escape, wanted))})", text, flags=re.IGNORECASE)
    return tuple(Piece(part, bool(at % 2)) for at, part in enumerate(parts) if part)
