"""Rows of remarks from a file: CSV, JSON lines or XLSX, gzip or not, UTF-8, UTF-16 or GB18030."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from microblog.domain.errors import InvalidInput, NotFound
from microblog.papers.sheet import Row, moment, read_rows, whole, word
from microblog.text.remark import Remark

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
    known = {name for names in _NAMES.values() for name in names}
    return _table(read_rows(contents(file), file.name, known), file.name)


def contents(file: Path) -> bytes:
    """What is in a file. Raises InvalidInput when it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise InvalidInput(f"{file.name}：读不出来（{error.strerror}），请检查路径和权限") from error


def _table(rows: Iterable[Row], name: str) -> Table:
    listed = list(rows)
    if not listed:
        return Table((), ())
    columns = _columns(listed, name)
    ids = [word(row.get(columns["id"])) or str(number) for number, row in enumerate(listed, start=1)]
    unique = len(set(ids)) == len(ids)
    remarks = tuple(
        Remark(
            id=ids[at] if unique else str(at + 1),
            text=word(row.get(columns["text"])),
            user=word(row.get(columns["user"])) or None,
            likes=whole(row.get(columns["likes"])),
            time=moment(row.get(columns["time"])),
        )
        for at, row in enumerate(listed)
    )
    return Table(remarks, tuple(ids))


def _columns(rows: Sequence[Row], name: str) -> dict[str, str]:
    """The header that stands for each field; an absent field maps to a name no row has."""
    headers = list(map(str, dict.fromkeys(chain.from_iterable(rows))))
    plain = {header.strip().lower(): header for header in reversed(headers)}
    found = {
        field: next((plain[known] for known in names if known in plain), f"\0{field}")
        for field, names in _NAMES.items()
    }
    if found["text"] not in headers:
        seen = "、".join(header for header in headers[:8] if header) or "没有表头"
        raise InvalidInput(f"{name}：没有文字列，应有名为 text（或 内容、评论内容）的列；现有的列：{seen}")
    return found
