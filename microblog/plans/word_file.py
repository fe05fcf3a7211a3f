"""A Word document (.docx) → document.

Read from the XML itself: python-docx leaves out inserted text of tracked changes, content controls and automatic
numbers, and plans use all three.
"""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from microblog.domain.errors import InvalidInput
from microblog.plans.document import Block, Document, Table
from microblog.plans.grid import Span, grid

_GONE = {
    qn("w:del"),
    qn("w:moveFrom"),
    qn("w:instrText"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_TRANSPARENT = {qn(name) for name in ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag")}
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def read_word(data: bytes, name: str) -> Document:
    """Paragraphs and tables in order. Raises InvalidInput where the file is damaged."""
    try:
        body = docx.Document(io.BytesIO(data)).element.body
        return Document(tuple(_blocks(body)))
    except RecursionError:
        raise InvalidInput(f"Word 文件 {name} 嵌套过深，无法解析：请把正文另存为文本后再导入") from None
    except Exception as error:  # python-docx and lxml raise dozens of kinds for damaged packages
        raise InvalidInput(f"Word 文件 {name} 已损坏，无法读取：请在 Word 中重新保存后再导入") from error


def _blocks(parent: Any) -> Iterator[Block]:
    for child in _through(parent):
        if child.tag == qn("w:p"):
            yield from _text(child).split("\n")
        elif child.tag == qn("w:tbl"):
            if child.find(f".//{qn('w:tbl')}") is None:
                yield Table(grid(_spans(child)), layout="Word table")
            else:
                yield from (block for cell in child.iter(qn("w:tc")) for block in _blocks(cell))


def _through(parent: Any) -> Iterator[Any]:
    """The children, looking through wrappers such as content controls."""
    for child in parent:
        if child.tag in _TRANSPARENT:
            yield from _through(child)
        elif child.tag not in _GONE:
            yield child


def _text(node: Any) -> str:
    if node.tag == qn("w:t"):
        return node.text or ""
    if node.tag in _SIGNS:
        return _SIGNS[node.tag]
    if node.tag == qn("w:tabs") or node.tag == qn("w:pPr"):
        return ""
    return "".join(_text(child) for child in node if child.tag not in _GONE and isinstance(child.tag, str))


def _spans(table: Any) -> list[list[Span]]:
    numbers: defaultdict[str, int] = defaultdict(int)
    rows = [_row(row, numbers) for row in _through(table) if row.tag == qn("w:tr")]
    return [
        [
            Span(text, columns, 1 + _continued(rows, index, column) if merge == "restart" else 1)
            for column, columns, merge, text in row
            if merge != "continue"
        ]
        for index, row in enumerate(rows)
    ]


_Cell = tuple[int, int, str, str]
"""First column, columns covered, vertical merge (`restart`, `continue` or empty), text."""


def _row(row: Any, numbers: defaultdict[str, int]) -> list[_Cell]:
    column = _attribute(row, "w:trPr/w:gridBefore", 0)
    cells: list[_Cell] = [(0, column, "", "")] if column else []
    for cell in _through(row):
        if cell.tag == qn("w:tc"):
            columns = _attribute(cell, "w:tcPr/w:gridSpan", 1)
            merge = cell.find("w:tcPr/w:vMerge", cell.nsmap)
            kind = "" if merge is None else merge.get(qn("w:val"), "continue")
            cells.append((column, columns, kind, _cell_text(cell, numbers)))
            column += columns
    return cells


def _attribute(node: Any, path: str, default: int) -> int:
    found = node.find(path, node.nsmap)
    value = found.get(qn("w:val"), "") if found is not None else ""
    return int(value) if re.fullmatch(r"\d{1,3}", value) else default


def _continued(rows: list[list[_Cell]], index: int, column: int) -> int:
    """How many rows below carry on a vertical merge."""
    below = 0
    for row in rows[index + 1 :]:
        if not any(first == column and merge == "continue" for first, _, merge, _ in row):
            break
        below += 1
    return below


def _cell_text(cell: Any, numbers: defaultdict[str, int]) -> str:
    lines = []
    for paragraph in cell.iter(qn("w:p")):
        line = _text(paragraph).strip()
        numbering = paragraph.find("w:pPr/w:numPr/w:numId", paragraph.nsmap)
        if not line and numbering is not None:
            # Word draws the number itself; an empty numbered paragraph is how number columns are made.
            numbers[numbering.get(qn("w:val"), "")] += 1
            line = str(numbers[numbering.get(qn("w:val"), "")])
        lines.append(line)
    return "\n".join(lines).strip()
