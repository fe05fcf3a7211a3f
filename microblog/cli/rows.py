"""Rows of remarks from a file: CSV, JSON lines or XLSX, gzip or not, UTF-8, UTF-16 or GB18030."""

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import load_workbook

from microblog.domain.errors import InvalidInput, NotFound
from microblog.text.remark import Remark

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_NAMES = {
    "text": (
        "text",
        "content",
        "comment",
        "内容",
        "评论",
        "评论内容",
        "正文",
        "留言",
        "留言内容",
        "问题",
        "提问",
        "微博正文",
    ),
    "id": ("id", "comment_id", "mid", "编号", "评论id", "评论编号", "留言编号", "序号"),
    "user": (
        "user",
        "user_id",
        "uid",
        "screen_name",
        "用户",
        "用户id",
        "昵称",
        "用户昵称",
        "网友",
        "评论人",
        "留言用户",
    ),
    "likes": ("likes", "like_count", "like_counts", "点赞", "点赞数", "赞", "赞数"),
    "time": ("time", "created_at", "时间", "评论时间", "发布时间", "留言时间", "提问时间"),
}
_WEIBO_TIME = "%a %b %d %H:%M:%S %z %Y"
_TIMES = ("%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%d", "%Y年%m月%d日 %H:%M", "%Y年%m月%d日", _WEIBO_TIME)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """The remarks of a file in its order, and the id each row carries there.

    The remark's own id is the row's id where those are unique, else the row's number from 1.
    """

    remarks: tuple[Remark, ...]
    ids: tuple[str, ...]


def read_table(file: Path) -> Table:
    """Read `text` and, where present, `id`, `user`, `likes`, `time`; naive times are Shanghai's.

    Raises NotFound where the file is missing, InvalidInput where it is not one of the formats, has no text column,
    or a line cannot be read; a file without rows gives an empty table.
    """
    if not file.is_file():
        raise NotFound(f"找不到文件 {file}：请检查路径")
    suffixes = [suffix.lower() for suffix in file.suffixes]
    zipped = suffixes[-1:] == [".gz"]
    form = (suffixes[-2:-1] if zipped else suffixes[-1:]) or [""]
    reader = {".csv": _csv_rows, ".tsv": _csv_rows, ".jsonl": _json_rows, ".ndjson": _json_rows, ".xlsx": _xlsx_rows}
    if form[0] not in reader:
        raise InvalidInput(f"{file.name}：只能读取 csv、jsonl、xlsx（可加 .gz），请另存为其中一种")
    return _table(reader[form[0]](_bytes(file, zipped=zipped), file.name), file.name)


def _bytes(file: Path, *, zipped: bool) -> bytes:
    try:
        return gzip.decompress(file.read_bytes()) if zipped else file.read_bytes()
    except (gzip.BadGzipFile, EOFError, OSError) as error:
        raise InvalidInput(f"{file.name}：读不出来（{error}），文件可能已损坏，请重新导出") from error


def _decoded(data: bytes, name: str) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InvalidInput(f"{name}：既不是 UTF-8 也不是 GB18030 编码，请另存为 UTF-8")


def _csv_rows(data: bytes, name: str) -> Iterator[Row]:
    text = _decoded(data, name).replace("\x00", "")
    head = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(",\t;", key=head.count)
    csv.field_size_limit(10_000_000)
    try:
        yield from csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise InvalidInput(f"{name}：不是完整的 csv（{error}），请重新导出") from error


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


def _xlsx_rows(data: bytes, name: str) -> Iterator[Row]:
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise InvalidInput(f"{name}：不是有效的 xlsx，请用 Excel 或 WPS 另存为 xlsx") from error
    rows = iter(book.worksheets[0].iter_rows(values_only=True))
    head = [str(cell).strip() if cell is not None else "" for cell in next(rows, ())]
    for row in rows:
        if any(cell is not None for cell in row):
            yield dict(zip(head, row, strict=False))


def _table(rows: Iterable[Row], name: str) -> Table:
    listed = list(rows)
    if not listed:
        return Table((), ())
    columns = _columns(listed, name)
    ids = [_word(row.get(columns["id"])) or str(number) for number, row in enumerate(listed, start=1)]
    unique = len(set(ids)) == len(ids)
    remarks = tuple(
        Remark(
            id=ids[at] if unique else str(at + 1),
            text=_word(row.get(columns["text"])),
            user=_word(row.get(columns["user"])) or None,
            likes=_whole(row.get(columns["likes"])),
            time=_moment(row.get(columns["time"])),
        )
        for at, row in enumerate(listed)
    )
    return Table(remarks, tuple(ids))


def _columns(rows: Sequence[Row], name: str) -> dict[str, str]:
    """The header that stands for each field; an absent field maps to a name no row has."""
    headers = list(dict.fromkeys(str(header) for row in rows for header in row))
    plain = {header.strip().lower(): header for header in reversed(headers)}
    found = {
        field: next((plain[known] for known in names if known in plain), f"\0{field}")
        for field, names in _NAMES.items()
    }
    if found["text"] not in headers:
        seen = "、".join(header for header in headers[:8] if header) or "没有表头"
        raise InvalidInput(f"{name}：没有文字列，应有名为 text（或 内容、评论内容）的列；现有的列：{seen}")
    return found


def _word(value: object) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _whole(value: object) -> int:
    try:
        return max(0, int(float(_word(value) or 0)))
    except (ValueError, OverflowError):
        return 0


def _moment(value: object) -> datetime | None:
    """An aware time, or None where the cell holds no time we know; grouping works without."""
    moment = value if isinstance(value, datetime) else _parsed(_word(value).strip())
    if moment is None:
        return None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=_SHANGHAI)).astimezone(UTC)
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
            return datetime.strptime(text, form)  # noqa: DTZ007  # naive here, Shanghai's in _moment
        except ValueError:
            continue
    return None
