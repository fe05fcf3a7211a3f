"""Tables that hide in lines of text, found by their header words.

Here those with one row a line (domain reference section 7): (c) cells split by `|` · (f) by tabs, or by wide spaces.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from microblog.plans.align import align
from microblog.plans.clean import cleaned
from microblog.plans.document import Block, Cell, Table
from microblog.plans.header import header_kinds
from microblog.plans.lines import closed_texts, ends_table, ends_with_bar
from microblog.plans.stream import stream_table
from microblog.plans.units import looks_like_units
from microblog.plans.words import Words

_RULER = re.compile(r"[\s:|+=-]+")
_LONGEST_HEADER = 400
_MOST_COLUMNS = 12


def with_tables(lines: Sequence[str], words: Words) -> list[Block]:
    """The lines, with every table among them in its place. Page furniture between lines must be gone already."""
    blocks: list[Block] = []
    index = 0
    while index < len(lines):
        found = _table_at(lines, index, words)
        blocks.append(found[0] if found else lines[index])
        index = found[1] if found else index + 1
    return blocks


def _cut_bars(line: str) -> list[str]:
    inner = re.sub(r"^[|｜]|[|｜]$", "", line.strip(" \t"))
    return [cell.strip() for cell in re.split("[|｜]", inner)] if re.search("[|｜]", line) else []


def _cut_tabs(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip(" ").split("\t")] if "\t" in line.strip() else []


def _cut_wide(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"\u3000+|\s{2,}", line.strip())]


@dataclass(frozen=True, slots=True)
class _Style:
    """How a line is cut into cells."""

    cut: Callable[[str], list[str]]
    layout: str


_STYLES = (
    _Style(_cut_bars, "row per line, cells split by |"),
    _Style(_cut_tabs, "row per line, cells split by tabs"),
    _Style(_cut_wide, "row per line, cells split by wide spaces"),
)


def _table_at(lines: Sequence[str], start: int, words: Words) -> tuple[Table, int] | None:
    """The table whose header begins at `start`, and the index of the first line after it."""
    line = lines[start]
    if not line.strip() or len(line) > _LONGEST_HEADER:
        return None
    for style in _STYLES:
        cells = style.cut(line)
        kinds = header_kinds(cells, words) if 2 <= len(cells) <= _MOST_COLUMNS else None
        if kinds:
            read = _closed_rows if ends_with_bar(line) else _open_rows
            rows, after = read(lines, start, style, words)
            return Table(tuple(tuple(map(Cell, row)) for row in _fitted(rows, kinds, words)), style.layout), after
    return stream_table(lines, start, words)


def _closed_rows(lines: Sequence[str], start: int, style: _Style, words: Words) -> tuple[list[list[str]], int]:
    """Every row ends with `|`; a line without it goes on in the next."""
    texts, after = closed_texts(lines, start, words)
    return [style.cut(text) for text in texts if not _RULER.fullmatch(text)], after


def _open_rows(lines: Sequence[str], start: int, style: _Style, words: Words) -> tuple[list[list[str]], int]:
    """Rows are lines that hold the separator; a line without it goes on with the last cell while rows follow."""
    rows = [style.cut(lines[start])]
    after = start + 1
    for index in range(start + 1, len(lines)):
        line = lines[index]
        cells = style.cut(line)
        if not line.strip() or _RULER.fullmatch(line):
            continue
        if len(cells) >= 2:
            rows.append(cells)
        elif len(rows) > 1 and not ends_table(lines, index, words) and _goes_on(lines, index, style, words):
            rows[-1][-1] += "\n" + line.strip()
        else:
            break
        after = index + 1
    return rows, after


def _goes_on(lines: Sequence[str], index: int, style: _Style, words: Words) -> bool:
    """Whether a row follows soon, or the line is one more unit of the last row."""
    follow = [line for line in lines[index + 1 : index + 4] if line.strip()]
    return any(len(style.cut(line)) >= 2 for line in follow) or looks_like_units(cleaned(lines[index], words), words)


def _fitted(rows: list[list[str]], kinds: Sequence[str], words: Words) -> list[list[str]]:
    """Rows under their header; a row of another width is laid out by what its cells are."""
    fitted = rows[:1]
    for row in rows[1:]:
        filled = [cell for cell in row if cell]
        fitted += [row] if len(row) == len(kinds) else align(filled, kinds, words, one_row=True)
    return fitted
