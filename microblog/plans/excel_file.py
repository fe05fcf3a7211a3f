"""An Excel workbook (.xlsx) → document: every visible sheet's name and cells."""

import datetime as dt
import io
import re
import warnings
from collections.abc import Iterator
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from microblog.domain.errors import InvalidInput
from microblog.plans.document import Block, Document, Table
from microblog.plans.grid import Span, grid

_MOST_ROWS = 5000
_MOST_COLUMNS = 60


def read_excel(data: bytes, name: str) -> Document:
    """One table a sheet; a row with a single filled cell stands as a line too, being a title or a remark.

    Raises InvalidInput where the file is damaged or a sheet has more than 5000 rows.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of every extension it will not write back
            workbook = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        return Document(tuple(block for sheet in sheets for block in _blocks(sheet, name)))
    except InvalidInput:
        raise
    except Exception as error:  # openpyxl raises dozens of kinds for damaged workbooks
        raise InvalidInput(f"Excel 文件 {name} 已损坏，无法读取：请在 Excel 中重新保存后再导入") from error


def _blocks(sheet: Worksheet, name: str) -> Iterator[Block]:
    if sheet.max_row > _MOST_ROWS:
        raise InvalidInput(f"Excel 文件 {name} 的工作表“{sheet.title}”超过 {_MOST_ROWS} 行：请只保留计划表后再导入")
    rows = grid(_spans(sheet))
    for row in rows:
        filled = {cell.text for cell in row if cell.text and not cell.spanned}
        if len(filled) == 1:
            yield from filled.pop().split("\n")
    yield Table(rows, layout="Excel sheet")


def _spans(sheet: Worksheet) -> Iterator[list[Span]]:
    starts = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    covered = {
        (row, column)
        for area in starts.values()
        for row in range(area.min_row, min(area.max_row, _MOST_ROWS) + 1)
        for column in range(area.min_col, min(area.max_col, _MOST_COLUMNS) + 1)
    } - starts.keys()
    width = min(sheet.max_column, _MOST_COLUMNS)
    for row in sheet.iter_rows(max_col=width):
        spans = []
        for cell in row:
            if (cell.row, cell.column) in covered:
                continue
            area = starts.get((cell.row, cell.column))
            columns, rows = (area.size["columns"], area.size["rows"]) if area else (1, 1)
            spans.append(Span(_text(cell.value, cell.number_format), columns, rows))
        yield spans


def _text(value: Any, number_format: str) -> str:
    """The value as the sheet shows it, as far as a plan needs: a date cell may show a month alone."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, (dt.datetime, dt.date)):
        return _date_text(value, number_format)
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def _date_text(value: dt.date, number_format: str) -> str:
    """Year and day only where the format shows them: Excel stores `4月` as the first of April of some year."""
    shown = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format.lower()).split(";")[0]
    general = not re.search("[ymd]", shown)
    text = f"{value.year}年" if general or "y" in shown else ""
    text += f"{value.month}月"
    text += f"{value.day}日" if general or "d" in shown else ""
    if isinstance(value, dt.datetime) and (value.hour or value.minute):
        text += f" {value:%H:%M}"
    return text
