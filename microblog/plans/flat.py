"""Tables that hide in lines of text: found by their header words, cut into cells by how the lines are closed.

Layouts (domain reference section 7): (a) a tab starts a cell · (b) a cell a line, closed by `|` · (c) a row a line,
cells split by `|` · (d) a cell a paragraph · (e) a lone `|` closes a cell · (f) tabs or wide spaces between cells.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from microblog.plans.align import align
from microblog.plans.clean import cleaned
from microblog.plans.document import Block, Cell, Table
from microblog.plans.header import header_kind, header_kinds
from microblog.plans.numerals import is_date, number
from microblog.plans.units import looks_like_units
from microblog.plans.words import Words

_ENDS = re.compile(
    r"\s*[（(【\[]?\s*(?:备\s*注|注|说\s*明|附\s*注)\s*[:：]|\s*[一二三四五六七八九十]{1,3}、|\s*[（(][一二三四五六七八九十]{1,3}[)）]"
    r"|\s*附\s*件|\s*联\s*系\s*(?:人|电话|方式)\s*[:：]|\s*抄\s*送|\s*(?:主题词|印发)"
)
_LONG = 40
_RULER = re.compile(r"[\s:|+=-]+")
_MOST_COLUMNS = 12
_MOST_OPEN = 4


@dataclass(frozen=True, slots=True)
class _Found:
    """A table and the index of the first line after it."""

    table: Table
    after: int


def with_tables(lines: Sequence[str], words: Words) -> list[Block]:
    """The lines, with every table among them in its place. Page furniture between lines must be gone already."""
    blocks: list[Block] = []
    index = 0
    while index < len(lines):
        found = _table_at(lines, index, words)
        blocks.append(found.table if found else lines[index])
        index = found.after if found else index + 1
    return blocks


def _table_at(lines: Sequence[str], start: int, words: Words) -> _Found | None:
    line = lines[start]
    if not line.strip() or len(line) > 400:
        return None
    for cut, layout in _CUTS:
        cells = cut(line)
        if 2 <= len(cells) <= _MOST_COLUMNS and (kinds := header_kinds(cells, words)):
            closed = line.rstrip().endswith("|")
            rows = _closed_rows if closed else _open_rows
            return rows(lines, start, cut, kinds, layout, words)
    return _stream_at(lines, start, words) if header_kind(line.strip(" \t|"), words) else None


def _cut_pipes(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [cell.strip() for cell in re.split(r"[|｜]", inner)] if re.search(r"[|｜]", line) else []


def _cut_tabs(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip(" ").split("\t")] if "\t" in line.strip() else []


def _cut_wide(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"\u3000+|\s{2,}", line.strip())]


_Cut = Callable[[str], list[str]]
_CUTS: tuple[tuple[_Cut, str], ...] = (
    (_cut_pipes, "row per line, cells split by |"),
    (_cut_tabs, "row per line, cells split by tabs"),
    (_cut_wide, "row per line, cells split by wide spaces"),
)


def _closed_rows(
    lines: Sequence[str], start: int, cut: _Cut, kinds: tuple[str, ...], layout: str, words: Words
) -> _Found:
    """Every row ends with `|`; a line without it goes on in the next."""
    texts, after = _closed(lines, start, words)
    rows = [cut(text.replace("\n", "\x00")) for text in texts if not _RULER.fullmatch(text)]
    return _Found(
        _table([[cell.replace("\x00", "\n").strip() for cell in row] for row in rows], kinds, layout, words), after
    )


def _closed(lines: Sequence[str], start: int, words: Words) -> tuple[list[str], int]:
    """Texts up to their closing `|`, and the index after the last of them."""
    texts: list[str] = []
    held: list[str] = []
    after = start
    for index in range(start, len(lines)):
        line = lines[index].strip()
        if line and not line.endswith(("|", "｜")) and (_ends(lines, index, words) or len(held) == _MOST_OPEN):
            break
        held += [line] if line else []
        if line.endswith(("|", "｜")):
            texts.append("\n".join(held))
            held, after = [], index + 1
    return texts, after


def _open_rows(
    lines: Sequence[str], start: int, cut: _Cut, kinds: tuple[str, ...], layout: str, words: Words
) -> _Found:
    """Rows are lines that hold the separator; a line without it goes on with the last cell while rows follow."""
    rows = [cut(lines[start])]
    after = start + 1
    for index in range(start + 1, len(lines)):
        line = lines[index]
        cells = cut(line)
        if not line.strip() or _RULER.fullmatch(line):
            continue
        if len(cells) < 2 and (_ends(lines, index, words) or not _goes_on(lines, index, cut, words)):
            break
        if len(cells) < 2 and len(rows) > 1:
            rows[-1][-1] += "\n" + line.strip()
        elif len(cells) >= 2:
            rows.append(cells)
        after = index + 1
    return _Found(_table(rows, kinds, layout, words), after)


def _goes_on(lines: Sequence[str], index: int, cut: _Cut, words: Words) -> bool:
    """Whether a row follows soon, or the line is one more unit of the last row."""
    follow = [line for line in lines[index + 1 : index + 4] if line.strip()]
    return any(len(cut(line)) >= 2 for line in follow) or looks_like_units(cleaned(lines[index], words), words)


def _table(rows: list[list[str]], kinds: tuple[str, ...], layout: str, words: Words) -> Table:
    """Rows under their header; a row of another width is laid out by what its cells are."""
    fitted = [rows[0]]
    for row in rows[1:]:
        filled = [cell for cell in row if cell]
        fitted += [row] if len(row) == len(kinds) else align(filled, kinds, words, one_row=True)
    return Table(tuple(tuple(Cell(cell) for cell in row) for row in fitted), layout)


def _stream_at(lines: Sequence[str], start: int, words: Words) -> _Found | None:
    """A header of one cell a line, then the cells of all rows in one stream."""
    for stream in (_tabbed, _piped, _plain):
        found = stream(lines, start, words)
        if found:
            cells, breaks, layout, after = found
            width = _header_width(cells, words)
            kinds = header_kinds(cells[:width], words) if width else None
            if kinds:
                gaps = {index - width for index in breaks}
                rows = align(cells[width:], kinds, words, breaks=gaps)
                laid = [cells[:width], *_without_stray_end(rows, kinds)]
                return _Found(Table(tuple(tuple(map(Cell, row)) for row in laid), layout), after)
    return None


def _header_width(cells: Sequence[str], words: Words) -> int:
    """How many of the first cells are the header; an unknown word counts where a header word or a `1` follows."""
    width = 0
    for index, cell in enumerate(cells[:_MOST_COLUMNS]):
        follows = cells[index + 1] if index + 1 < len(cells) else ""
        if header_kind(cell, words):
            width = index + 1
        elif width != index or not (header_kind(follows, words) or (number(follows) == 1 and number(cell) is None)):
            break
        elif number(follows) == 1:
            return index + 1
    return width


def _without_stray_end(rows: list[list[str]], kinds: Sequence[str]) -> list[list[str]]:
    """Drop rows at the end that have neither a number nor a time: lines after the table."""
    keys = [column for column, kind in enumerate(kinds) if kind in ("no", "when")]
    while keys and rows and not any(rows[-1][column] for column in keys):
        rows = rows[:-1]
    return rows


_Stream = tuple[list[str], set[int], str, int]
"""Cells, indices of cells after a blank line, layout, index of the first line after the table."""


def _tabbed(lines: Sequence[str], start: int, words: Words) -> _Stream | None:
    """(a): a tab starts a cell, an untabbed line goes on with it, blank lines mean little."""
    if not re.match(r"[ \u3000]*\t", lines[start]):
        return None
    cells: list[str] = []
    breaks: set[int] = set()
    width, after, blank = 0, start, False
    for index in range(start, len(lines)):
        line = lines[index]
        tabbed = re.match(r"[ \u3000]*\t", line) is not None
        if line.strip() or tabbed:
            if _ends(lines, index, words) or (not tabbed and blank and _row_is_full(cells, width, line, words)):
                break
            if tabbed and blank:
                breaks.add(len(cells))
            if tabbed:
                cells.append(line.strip())
            else:
                cells[-1] = f"{cells[-1]}\n{line.strip()}".strip()
            after = index + 1
        blank = not line.strip() and not tabbed
        width = width or (_header_width(cells, words) if blank else 0)
    return cells, breaks, "tab starts a cell, untabbed line continues it", after


def _row_is_full(cells: list[str], width: int, line: str, words: Words) -> bool:
    return bool(width) and len(cells) % width == 0 and not looks_like_units(cleaned(line, words).strip(), words)


def _piped(lines: Sequence[str], start: int, words: Words) -> _Stream | None:
    """(b) and (e): `|` at the end of the line, or on a line of its own, closes a cell."""
    following = next((line.strip() for line in lines[start + 1 :][:3] if line.strip()), "")
    if not lines[start].rstrip().endswith(("|", "｜")) and following not in ("|", "｜"):
        return None
    texts, after = _closed(lines, start, words)
    cells = [text.rstrip("|｜ \n").lstrip("|｜ ") for text in texts]
    return cells, set(), "cell per line, | closes each cell", after


def _plain(lines: Sequence[str], start: int, words: Words) -> _Stream | None:
    """(d): a cell a paragraph."""
    cells: list[str] = []
    after = start
    for index in range(start, len(lines)):
        line = lines[index].strip()
        if line and (_ends(lines, index, words) or len(line) > 100 or (len(line) > _LONG and line.endswith("。"))):
            break
        cells += [line] if line else []
        after = index + 1 if line else after
    return cells, set(), "cell per paragraph", after


def _ends(lines: Sequence[str], index: int, words: Words) -> bool:
    """Whether the line can only stand after a table: a remark, a heading, contacts, or signature and date."""
    line = cleaned(lines[index], words)
    if _ENDS.match(line):
        return True
    signed = words.issuer.body.search(line) is not None and number(line) is None
    return signed and _next_line(lines, index) is not None and is_date(_next_line(lines, index) or "")


def _next_line(lines: Sequence[str], index: int) -> str | None:
    return next((line for line in lines[index + 1 : index + 4] if line.strip()), None)


def without_furniture(lines: Iterable[str], words: Words) -> list[str]:
    """The lines that belong to the text (N8)."""
    return [line for line in lines if not line.strip() or not words.is_furniture(cleaned(line, words))]
