"""Flattened tables with one cell a line: the header's cells, then those of all rows, in one stream.

Layouts (domain reference section 7): (a) a tab starts a cell · (b) `|` at the end of the line closes a cell ·
(d) a cell a paragraph · (e) a `|` on a line of its own closes a cell.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from microblog.plans.align import align
from microblog.plans.clean import cleaned
from microblog.plans.document import Cell, Table
from microblog.plans.header import header_kind, header_kinds
from microblog.plans.lines import closed_texts, ends_table, ends_with_bar
from microblog.plans.numerals import number
from microblog.plans.units import looks_like_units
from microblog.plans.words import Words

_MOST_COLUMNS = 12
_LONGEST = 100
_TAB_STARTS = re.compile(r"[ \u3000]*\t")


@dataclass(frozen=True, slots=True)
class _Stream:
    """cells in order; breaks: indices of cells after a blank line; after: index of the first line behind."""

    cells: list[str]
    layout: str
    after: int
    breaks: frozenset[int] = frozenset()


def stream_table(lines: Sequence[str], start: int, words: Words) -> tuple[Table, int] | None:
    """The table whose header begins at `start`, and the index of the first line after it; None where none does."""
    if not header_kind(lines[start].strip(" \t|｜"), words):
        return None
    for read in (_tabbed, _barred, _plain):
        stream = read(lines, start, words)
        table = _laid_out(stream, words) if stream else None
        if stream and table:
            return table, stream.after
    return None


def _laid_out(stream: _Stream, words: Words) -> Table | None:
    width = _header_width(stream.cells, words)
    kinds = header_kinds(stream.cells[:width], words) if width else None
    if kinds is None:
        return None
    breaks = {index - width for index in stream.breaks}
    rows = _without_stray_end(align(stream.cells[width:], kinds, words, breaks=breaks), kinds)
    laid = [stream.cells[:width], *rows]
    return Table(tuple(tuple(map(Cell, row)) for row in laid), stream.layout)


def _header_width(cells: Sequence[str], words: Words) -> int:
    """How many of the first cells are the header; an unknown word counts where a header word or a `1` follows."""
    width = 0
    for index, cell in enumerate(cells[:_MOST_COLUMNS]):
        follows = cells[index + 1] if index + 1 < len(cells) else ""
        if header_kind(cell, words):
            width = index + 1
        elif width == index and number(cell) is None and number(follows) == 1:
            return index + 1
        elif width != index or not header_kind(follows, words):
            break
    return width


def _without_stray_end(rows: list[list[str]], kinds: Sequence[str]) -> list[list[str]]:
    """Drop rows at the end that have neither a number nor a time: lines after the table."""
    keys = [column for column, kind in enumerate(kinds) if kind in ("no", "when")]
    while keys and rows and not any(rows[-1][column] for column in keys):
        rows = rows[:-1]
    return rows


def _tabbed(lines: Sequence[str], start: int, words: Words) -> _Stream | None:
    """(a): an untabbed line goes on with the cell before it; blank lines part rows but also stand inside cells."""
    if not _TAB_STARTS.match(lines[start]):
        return None
    cells: list[str] = []
    breaks: set[int] = set()
    width, after, blank = 0, start, False
    for index in range(start, len(lines)):
        line = lines[index]
        if not line.strip() and not _TAB_STARTS.match(line):
            blank = True
            width = width or _header_width(cells, words)
            continue
        if ends_table(lines, index, words) or (blank and _is_behind(line, cells, width, words)):
            break
        if _TAB_STARTS.match(line):
            breaks |= {len(cells)} if blank else set()
            cells.append(line.strip())
        else:
            cells[-1] = f"{cells[-1]}\n{line.strip()}".strip()
        blank, after = False, index + 1
    return _Stream(cells, "tab starts a cell, untabbed line continues it", after, frozenset(breaks))


def _is_behind(line: str, cells: Sequence[str], width: int, words: Words) -> bool:
    """An untabbed line after a blank one, when the row is full, is text behind the table unless it names a unit."""
    full = width > 0 and len(cells) % width == 0
    return full and not _TAB_STARTS.match(line) and not looks_like_units(cleaned(line, words).strip(), words)


def _barred(lines: Sequence[str], start: int, words: Words) -> _Stream | None:
    """(b) and (e)."""
    following = next((line for line in lines[start + 1 : start + 4] if line.strip()), "")
    if not ends_with_bar(lines[start]) and following.strip() not in ("|", "｜"):
        return None
    texts, after = closed_texts(lines, start, words)
    return _Stream([text.strip("|｜ \n") for text in texts], "cell per line, | closes each cell", after)


def _plain(lines: Sequence[str], start: int, words: Words) -> _Stream | None:
    """(d)."""
    cells: list[str] = []
    after = start
    for index in range(start, len(lines)):
        line = lines[index].strip()
        if not line:
            continue
        if len(line) > _LONGEST or line.endswith("。") or ends_table(lines, index, words):
            break
        cells.append(line)
        after = index + 1
    return _Stream(cells, "cell per paragraph", after)
