"""Cells of a workbook: any text is safe in one, whatever a stranger wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill
from openpyxl.utils import get_column_letter

from microblog.domain.period import SHANGHAI
from microblog.papers.characters import printable

Value = str | int | float | datetime | None

LONGEST = 32_767
"""UTF-16 units a cell may hold; Excel calls a file with more of them damaged."""

MOST_ROWS = 1_048_576
"""Rows of a sheet, its header among them."""

# What a spreadsheet may take for a formula or command; full-width signs are turned into these by some input methods.
_TRIGGERS = tuple("=+-@\t\r＝＋－＠")

_WORDS, _NUMBER, _MOMENT, _HEAD = "words", "number", "moment", "head"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. width: in characters of the default font."""

    title: str
    width: int


def new_workbook() -> Any:
    """An empty write-only workbook with our styles; naming them once is many times faster than styling each cell."""
    workbook = Workbook(write_only=True)
    top, wrapped = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
    fill = PatternFill("solid", fgColor="1B4F91")
    workbook.add_named_style(NamedStyle(_WORDS, alignment=wrapped))
    workbook.add_named_style(NamedStyle(_NUMBER, alignment=top))
    workbook.add_named_style(NamedStyle(_MOMENT, alignment=top, number_format="yyyy-mm-dd hh:mm:ss"))
    workbook.add_named_style(NamedStyle(_HEAD, font=Font(bold=True, color="FFFFFF"), fill=fill, alignment=wrapped))
    return workbook


def add_sheet(workbook: Any, title: str, columns: Sequence[Column]) -> Any:
    """A sheet with its header row, frozen, and the columns' widths."""
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.append([_styled(sheet, column.title, _HEAD) for column in columns])
    return sheet


def filter_rows(sheet: Any, columns: int, rows: int) -> None:
    """Put a filter on the header of `rows` rows below it."""
    sheet.auto_filter.ref = f"A1:{get_column_letter(columns)}{rows + 1}"


def cell(sheet: Any, value: Value) -> Any:
    """A value as a cell: text is always text and wraps, times are Shanghai's."""
    if isinstance(value, datetime):
        return _styled(sheet, value.astimezone(SHANGHAI).replace(tzinfo=None), _MOMENT)
    if not isinstance(value, str):
        return _styled(sheet, value, _NUMBER)
    made = _styled(sheet, fitting(printable(value)), _WORDS)
    made.data_type = "s"  # openpyxl takes a leading = for a formula and #N/A for an error
    if value.startswith(_TRIGGERS) or value.lstrip().startswith(_TRIGGERS):
        made.quotePrefix = True  # stays text when someone edits the cell
    return made


def fitting(text: str) -> str:
    """The text, cut with a note of its true length where a cell cannot hold it."""
    if _units(text) <= LONGEST:
        return text
    note = f"……（原文共 {len(text):,} 个字符，单元格放不下，已截断）"
    room = LONGEST - _units(note)
    return text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore") + note


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _styled(sheet: Any, value: Value, style: str) -> Any:
    made: Any = WriteOnlyCell(sheet, value)
    made.style = style
    return made
