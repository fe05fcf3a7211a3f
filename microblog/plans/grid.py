"""Merged cells → a rectangle of cells, each position of a merge repeating its text."""

from collections.abc import Iterable
from dataclasses import dataclass

from microblog.plans.document import Cell

_WIDEST = 60
"""Most columns kept; plans have fewer than ten, more is a spreadsheet trick."""


@dataclass(frozen=True, slots=True)
class Span:
    """A cell as the format gives it: its text and how many columns and rows it covers."""

    text: str
    columns: int = 1
    rows: int = 1


def grid(rows: Iterable[Iterable[Span]]) -> tuple[tuple[Cell, ...], ...]:
    """Lay the spans out; a row shorter than the widest is filled with empty cells."""
    waiting: dict[int, tuple[str, int]] = {}  # column → text and rows still covered from above
    laid: list[list[Cell]] = []
    for row in rows:
        cells: list[Cell] = []
        for span in row:
            _take_waiting(cells, waiting)
            for _ in range(min(max(span.columns, 1), _WIDEST - len(cells))):
                if span.rows > 1:
                    waiting[len(cells)] = (span.text, span.rows - 1)
                cells.append(Cell(span.text))
        _take_waiting(cells, waiting)
        laid.append(cells)
    width = max((len(row) for row in laid), default=0)
    return tuple((*row, *(Cell("") for _ in range(width - len(row)))) for row in laid)


def _take_waiting(cells: list[Cell], waiting: dict[int, tuple[str, int]]) -> None:
    """Append the cells that merges from above put at this place."""
    while (column := len(cells)) in waiting:
        text, left = waiting.pop(column)
        if left > 1:
            waiting[column] = (text, left - 1)
        cells.append(Cell(text, spanned=True))
