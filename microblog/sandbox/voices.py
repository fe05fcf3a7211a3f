"""A voices file: what netizens care about on one topic, and the words they put it in."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VOICES_DIR = Path(__file__).parent / "voices"


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing people want to know or change.

    weight: its popularity against the others; among real people it falls off like Zipf's law.
    """

    id: str
    title: str
    weight: float
    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voices:
    """A topic's concerns, and the talk around them."""

    topic: str
    keywords: tuple[str, ...]
    concerns: tuple[Concern, ...]
    chatter: tuple[str, ...]
    emoji_codes: tuple[str, ...]
    openers: tuple[str, ...]
    closers: tuple[str, ...]
    nicknames: tuple[str, ...]


def find_voices(name: str) -> Path:
    """The file of that name among the bundled ones, or the path itself. Raises ValueError when there is neither."""
    for path in (VOICES_DIR / f"{name}.toml", Path(name)):
        if path.is_file():
            return path
    bundled = sorted(path.stem for path in VOICES_DIR.glob("*.toml"))
    raise ValueError(f"没有名为“{name}”的网民语料，自带的有：{'、'.join(bundled) or '无'}")


def read_voices(path: Path) -> Voices:
    """Read a voices file (TOML). Raises ValueError naming file and table when something is missing."""
    data = tomllib.loads(path.read_text("utf-8"))
    try:
        noise = data["noise"]
        return Voices(
            topic=data["topic"],
            keywords=tuple(data["keywords"]),
            concerns=tuple(_concern(values) for values in data["concern"]),
            chatter=tuple(data["chatter"]["lines"]),
            emoji_codes=tuple(noise["emoji_codes"]),
            openers=tuple(noise["openers"]),
            closers=tuple(noise["closers"]),
            nicknames=tuple(noise["nicknames"]),
        )
    except KeyError as missing:
        raise ValueError(f"{path.name} 缺少 {missing.args[0]}，请对照自带的语料文件补齐") from None


def _concern(values: dict[str, Any]) -> Concern:
    return Concern(values["id"], values["title"], float(values["weight"]), tuple(values["wordings"]))
