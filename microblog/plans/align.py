"""A run of cells without a grid → rows and columns, by the most likely path.

Flattened tables lose empty cells, break one cell over several paragraphs and merge rows; counting cells then shifts
everything that follows. A shortest-path search over «which column is this cell in» puts each where it fits.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from microblog.plans.numerals import number
from microblog.plans.units import looks_like_units
from microblog.plans.when import looks_like_time
from microblog.plans.words import Words

_SKIP = -2.0
_SKIP_OPTIONAL = -0.5
_JOIN = -3.0
_JOIN_NUMBER = -9.0
_BREAK = 1.0
_OPTIONAL = {"note", "guest", "support", "other", "contact", "place"}
_UNITS = {"units", "lead", "support"}


@dataclass(frozen=True, slots=True)
class _Step:
    """Best way to have a cell in a column: its score, the column before, and whether a row begins here."""

    score: float
    before: int
    new_row: bool


def align(
    cells: Sequence[str], kinds: Sequence[str], words: Words, *, breaks: Collection[int] = (), one_row: bool = False
) -> list[list[str]]:
    """Rows of as many columns as `kinds`; cells of one column are joined by `\\n`, missing ones are empty.

    breaks: indices of cells before which the document leaves a gap. one_row: all cells belong to a single row.
    """
    if not cells:
        return []
    skips = [_SKIP_OPTIONAL if kind in _OPTIONAL else _SKIP for kind in kinds]
    joins = [_JOIN_NUMBER if kind == "no" else _JOIN for kind in kinds]
    fits = [[_fit(kind, cell, words) for kind in kinds] for cell in cells]
    columns = range(len(kinds))
    steps = [[_Step(fits[0][column] + sum(skips[:column]), -1, True) for column in columns]]
    for index in range(1, len(cells)):
        gap = _BREAK if index in breaks else 0.0
        ways = [_best(steps[-1], column, skips, joins[column], gap=gap, one_row=one_row) for column in columns]
        steps.append([replace(way, score=way.score + fit) for way, fit in zip(ways, fits[index], strict=True)])
    final = max(columns, key=lambda column: (steps[-1][column].score + sum(skips[column + 1 :]), column))
    return _walked(cells, steps, final, len(kinds))


def _best(last: list[_Step], column: int, skips: list[float], join: float, *, gap: float, one_row: bool) -> _Step:
    """The best way from any column of the cell before into this one."""
    ways = [_Step(last[column].score + join, column, False)]
    for before, step in enumerate(last):
        if before < column:
            ways.append(_Step(step.score + sum(skips[before + 1 : column]) - gap, before, False))
        if not one_row:
            skipped = sum(skips[before + 1 :]) + sum(skips[:column])
            ways.append(_Step(step.score + skipped + gap, before, True))
    return max(ways, key=lambda way: (way.score, way.new_row, way.before))


def _fit(kind: str, cell: str, words: Words) -> float:
    """How well a cell fits a column, from -6 (impossible) to 3 (certain)."""
    if number(cell.rstrip(".．、")) is not None:
        return {"no": 3.0, "note": -2.0}.get(kind, -6.0)
    if kind == "no":
        return -6.0
    if looks_like_time(cell):
        return {"when": 3.0, "note": -1.0}.get(kind, -3.0)
    if kind == "when":
        return -3.0
    if kind in _UNITS:
        return 2.0 if looks_like_units(cell, words) else -1.0
    return 1.0 if kind == "topic" else 0.0


def _walked(cells: Sequence[str], steps: list[list[_Step]], column: int, width: int) -> list[list[str]]:
    """Follow the best path back and lay the cells out."""
    path = []
    for index in range(len(cells) - 1, -1, -1):
        step = steps[index][column]
        path.append((column, step.new_row))
        column = step.before
    rows: list[list[list[str]]] = []
    for cell, (column, new_row) in zip(cells, reversed(path), strict=True):
        if new_row or not rows:
            rows.append([[] for _ in range(width)])
        rows[-1][column].append(cell)
    return [["\n".join(parts) for parts in row] for row in rows]
