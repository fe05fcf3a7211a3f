"""Rows of a file that another system exported: CSV, JSON lines or XLSX, gzip or not, UTF-8, UTF-16 or GB18030.

Exports often carry a title or a date above their header, so the header is the first of the top rows that holds a
name we know.
"""

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any

from microblog.domain.errors import InvalidInput
from microblog.domain.period import SHANGHAI

Row = dict[str, Any]

HEADER_WITHIN = 10
"""Rows at the top among which the header is looked for."""

_WEIBO_TIME = "%a %b %d %H:%M:%S %z %Y"
_TIMES = (
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%Y年%m月%d日 %H:%M:%S",
    "%Y年%m月%d日 %H:%M",
    "%Y年%m月%d日",
    _WEIBO_TIME,
)


def read_rows(data: bytes, name: str, known: Collection[str]) -> list[Row]:
    """The rows as header → cell, in their order; empty rows are passed over.

    known: names a header may hold, in lower case. Raises InvalidInput where the file is none of these or broken.
    """
    suffixes = [suffix.lower() for suffix in PurePath(name).suffixes]
    zipped = suffixes[-1:] == [".gz"]
    form = (suffixes[-2:-1] if zipped else suffixes[-1:]) or [""]
    content = _unzipped(data, name) if zipped else data
    match form[0]:
        case ".csv" | ".tsv":
            return _headed(_csv_lines(content, name), known)
        case ".xlsx":
            return _headed(_xlsx_lines(content, name), known)
        case ".jsonl" | ".ndjson":
            return list(_json_rows(content, name))
    raise InvalidInput(f"{name}：只能读取 csv、jsonl、xlsx（可加 .gz），请另存为其中一种")


def headers_of(rows: Sequence[Row]) -> list[str]:
    """Every header, in the order they first appear."""
    return list(dict.fromkeys(header for row in rows for header in row))


def word(value: object) -> str:
    """A cell as text: whole numbers without a decimal point, nothing as nothing."""
    if value is None or isinstance(value, str):
        return value or ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def whole(value: object) -> int:
    """A cell as a number, 0 where it holds none."""
    if isinstance(value, int):
        return max(0, value)
    try:
        return max(0, int(float(word(value) or 0)))
    except (ValueError, OverflowError):
        return 0


def moment(value: object) -> datetime | None:
    """A cell as an aware time in UTC, naive ones being Shanghai's; None where it holds no time we know."""
    found = value if isinstance(value, datetime) else _parsed(word(value).strip())
    if found is None:
        return None
    try:
        return (found if found.tzinfo else found.replace(tzinfo=SHANGHAI)).astimezone(UTC)
    except OverflowError:
        return None


def _parsed(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    for form in _TIMES:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007  # naive here, Shanghai's in `moment`
        except ValueError:
            continue
    return None


def _unzipped(data: bytes, name: str) -> bytes:
    try:
        return gzip.decompress(data)
    except (gzip.BadGzipFile, EOFError, OSError) as error:
        raise InvalidInput(f"{name}：读不出来（{error}），文件可能已损坏，请重新导出") from error


def _decoded(data: bytes, name: str) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InvalidInput(f"{name}：既不是 UTF-8 也不是 GB18030 编码，请另存为 UTF-8")


def _csv_lines(data: bytes, name: str) -> Iterator[Sequence[Any]]:
    text = _decoded(data, name).replace("\x00", "")
    top = "\n".join(text[:20_000].split("\n")[:HEADER_WITHIN])
    delimiter = max(",\t;", key=top.count)
    csv.field_size_limit(10_000_000)
    try:
        yield from (line for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if line)
    except csv.Error as error:
        raise InvalidInput(f"{name}：不是完整的 csv（{error}），请重新导出") from error


def _xlsx_lines(data: bytes, name: str) -> Iterator[Sequence[Any]]:
    from openpyxl import load_workbook  # noqa: PLC0415  # a tenth of a second that rows of text need not wait

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise InvalidInput(f"{name}：不是有效的 xlsx，请用 Excel 或 WPS 另存为 xlsx") from error
    yield from (line for line in book.worksheets[0].iter_rows(values_only=True) if any(c is not None for c in line))


def _headed(lines: Iterator[Sequence[Any]], known: Collection[str]) -> list[Row]:
    full = list(lines)
    top = [[word(cell).strip() for cell in line] for line in full[:HEADER_WITHIN]]
    at = next((number for number, line in enumerate(top) if any(cell.lower() in known for cell in line)), 0)
    head = top[at] if top else []
    return [dict(zip(head, line, strict=False)) for line in full[at + 1 :]]


def _json_rows(data: bytes, name: str) -> Iterator[Row]:
    for number, line in enumerate(_decoded(data, name).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InvalidInput(f'{name} 第 {number} 行不是 JSON：每行应为一个对象，如 {{"text": "…"}}') from error
        if not isinstance(row, dict):
            raise InvalidInput(f'{name} 第 {number} 行不是对象：每行应为一个对象，如 {{"text": "…"}}')
        yield row
