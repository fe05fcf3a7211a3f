"""What the terminal shows: tables, lines and JSON; times in China, nothing that could steer the terminal."""

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from microblog.domain.period import SHANGHAI

Cell = str | Text

_WIDE = 160  # a table written to a file or a pipe is not folded at the 80 columns assumed there

# Controls, and characters that hide or reorder their neighbours: a stranger's words must not steer the terminal,
# and a reviewer must see everything that is sealed.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_BROKEN = re.compile("[\ud800-\udfff]")


def visible(text: str) -> str:
    """The text with every invisible or unprintable character written out as `\\u202e`."""
    unified = text.replace("\r\n", "\n")
    return _BROKEN.sub(_spelled, _UNSEEN.sub(_spelled, unified))


def _spelled(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def one_line(text: str, most: int = 0) -> str:
    """Visible text on one line; cut at `most` characters, 0 for no limit."""
    line = " ".join(visible(text).split())
    return f"{line[: most - 1]}…" if most and len(line) > most else line


def local(moment: datetime | None) -> str:
    """`2024-03-25 09:00` in China; a dash for none."""
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if moment else "—"


def say(line: str = "") -> None:
    """A line, or several, on standard output."""
    print(visible(line))


def warn(line: str) -> None:
    """One line on standard error."""
    print(one_line(line), file=sys.stderr)


def show_table(columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, title: str = "", empty: str = "") -> None:
    """A table; the line `empty` instead when there are no rows. Words of strangers are shown, never interpreted."""
    listed = list(rows)
    if not listed and empty:
        say(empty)
        return
    table = Table(
        box=SIMPLE_HEAD, title=Text(visible(title)) if title else None, title_justify="left", pad_edge=False
    )
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in listed:
        table.add_row(*(cell if isinstance(cell, Text) else Text(visible(cell)) for cell in row))
    _console().print(table)


def _console() -> Console:
    fixed = sys.stdout.isatty() or "COLUMNS" in os.environ
    return Console(file=sys.stdout, width=None if fixed else _WIDE, highlight=False)


def show_json(value: object) -> None:
    """The value as JSON; half a surrogate pair, which no encoding can carry, is written as its escape."""
    text = json.dumps(plain(value), ensure_ascii=False, indent=2)
    print(text.encode("utf-8", "backslashreplace").decode("utf-8"))


def plain(value: object) -> Any:
    """Dataclasses as objects, moments in ISO 8601 at China's offset, paths and days as text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Path) else value
