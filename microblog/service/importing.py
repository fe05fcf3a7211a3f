"""Taking in what an account's back office exports: it shows comments that the interface withholds.

The columns are guessed and shown before anything is stored. Every row gets an id that is the same at each import:
the platform's own where the export carries it whole, else a hash of who, when and what.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from hashlib import sha256

from microblog.domain.errors import InvalidInput
from microblog.domain.interview import Interview
from microblog.domain.question import IMPORTED, Comment, Sweep, twin
from microblog.papers.sheet import Row, headers_of, moment, whole, word
from microblog.service.dates import event_hours
from microblog.service.office import Office

ELSEWHERE = "file:"
"""Source of rows that are not from our account's back office: counted apart."""

SAMPLE = 5

HEADERS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "content", "comment", "评论内容", "内容", "评论", "正文", "留言内容", "留言", "提问", "问题"),
    "user": ("user", "screen_name", "name", "用户昵称", "昵称", "用户名", "评论人", "评论者", "用户", "网友"),
    "user_id": ("user_id", "uid", "用户id", "用户uid", "评论人id", "评论者id", "评论者uid"),
    "time": ("time", "created_at", "评论时间", "发布时间", "留言时间", "提问时间", "创建时间", "时间", "日期"),
    "id": ("id", "comment_id", "cid", "idstr", "评论id", "评论编号", "留言编号", "编号"),
    "likes": ("likes", "like_count", "like_counts", "点赞数", "点赞", "赞数", "赞"),
}
"""What a header may be called, by field, most telling first; compared in lower case."""

TITLES = {"text": "文字", "user": "昵称", "user_id": "用户编号", "time": "时间", "id": "评论编号", "likes": "点赞"}

KNOWN_HEADERS = frozenset(name for names in HEADERS.values() for name in names)

_WHOLE_ID = 15
"""Digits that a spreadsheet keeps of a number; the platform's ids have sixteen."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which header holds what; None where the file has no such column."""

    text: str
    user: str | None = None
    user_id: str | None = None
    time: str | None = None
    id: str | None = None
    likes: str | None = None

    def named(self) -> dict[str, str]:
        """Field → header, of those there are."""
        found = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: header for name, header in found.items() if header is not None}


@dataclass(frozen=True, slots=True)
class Reading:
    """A file understood, not stored yet. warnings: one Chinese line each. skipped: rows without words."""

    source: str
    columns: Columns
    comments: tuple[Comment, ...]
    raw: tuple[Row, ...] = field(repr=False)
    skipped: int
    warnings: tuple[str, ...]

    @property
    def sample(self) -> tuple[Comment, ...]:
        """The first rows, to be looked at."""
        return self.comments[:SAMPLE]


@dataclass(frozen=True, slots=True)
class Imported:
    """What storing did. known: rows held already, from Weibo or another import."""

    source: str
    rows: int
    new: int
    known: int
    skipped: int


def guess(rows: Sequence[Row], given: Mapping[str, str]) -> Columns:
    """Which column is what: as given, else by its header, else the text as the column with the longest words.

    given: field → header. Raises InvalidInput for a field or header there is not, or a file without words.
    """
    headers = headers_of(rows)
    for name, header in given.items():
        if name not in HEADERS:
            raise InvalidInput(f"--columns 里没有“{name}”，可用：{'、'.join(HEADERS)}")
        if header not in headers:
            raise InvalidInput(f"文件里没有“{header}”这一列，现有：{'、'.join(headers[:12])}")
    plain = {header.strip().lower(): header for header in reversed(headers)}
    found = {name: next((plain[one] for one in names if one in plain), None) for name, names in HEADERS.items()}
    chosen = {**found, **given}
    text = chosen.pop("text") or _longest(rows, [header for header in headers if header not in chosen.values()])
    return Columns(text, **chosen)


def _longest(rows: Sequence[Row], headers: Sequence[str]) -> str:
    """The column with the most words. Raises InvalidInput where none has any."""
    lengths = {header: sum(len(word(row.get(header))) for row in rows) for header in headers}
    best = max(headers, key=lambda header: lengths[header], default="")
    if not best or not lengths[best]:
        raise InvalidInput("文件里没有看起来像评论内容的列，请用 --columns text=列名 指明")
    return best


def understand(office: Office, interview: Interview, rows: Sequence[Row], columns: Columns, source: str) -> Reading:
    """Make comments of the rows; stores nothing."""
    worded = [row for row in rows if word(row.get(columns.text)).strip()]
    ids = _ids(worded, columns)
    now = office.clock.now()
    known_users = {one.user_name: one.user_id for one in office.store.comments.of(interview.id) if one.user_id}
    comments = tuple(
        _comment(office, interview, row, columns, number=number, source=source, now=now, users=known_users)
        for row, number in zip(worded, ids.of_rows, strict=True)
    )
    untimed = sum(1 for row in worded if columns.time is None or moment(row.get(columns.time)) is None)
    warnings = [*ids.warnings]
    if untimed:
        warnings.append(f"{untimed} 行没有认得出的时间，按导入时间计")
    if columns.user is None:
        warnings.append("没有昵称列，每行算一个人")
    return Reading(source, columns, comments, tuple(worded), len(rows) - len(worded), tuple(warnings))


def take_in(office: Office, interview: Interview, reading: Reading, *, by: str) -> Imported:
    """Store what is not held yet; the same file again changes nothing."""
    store = office.store.comments
    held = store.of(interview.id)
    elsewhere = [one for one in held if one.source != reading.source]
    ids, twins = {one.platform_id for one in elsewhere}, {twin(one) for one in elsewhere}
    fresh = [
        (comment, row)
        for comment, row in zip(reading.comments, reading.raw, strict=True)
        if comment.platform_id not in ids and twin(comment) not in twins
    ]
    raw = [{header: word(cell) for header, cell in row.items()} for _, row in fresh]
    new = store.upsert([comment for comment, _ in fresh], raw).new if fresh else 0
    now, rows = office.clock.now(), len(reading.comments)
    store.record(Sweep(interview.id, reading.source, "", now, False, 0, rows, new, 0))
    office.note(by, "import-comments", interview.name, source=reading.source, rows=rows, new=new)
    return Imported(reading.source, rows, new, rows - new, reading.skipped)


@dataclass(frozen=True, slots=True)
class _Ids:
    of_rows: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def _ids(rows: Sequence[Row], columns: Columns) -> _Ids:
    """The platform's ids where they can be trusted, else hashes; and why."""
    if columns.id is None:
        return _Ids(_hashes(rows, columns), ("没有评论编号列，按昵称、时间、文字辨认重复",))
    own = tuple(word(row.get(columns.id)).strip() for row in rows)
    trouble = _untrusted(own)
    return _Ids(_hashes(rows, columns), (f"{trouble}，改按昵称、时间、文字辨认重复",)) if trouble else _Ids(own)


def _untrusted(ids: Sequence[str]) -> str:
    """Why these are not the platform's ids, whole; empty where they are."""
    if not all(one.isascii() and one.isdigit() for one in ids):
        return "评论编号列有空的或不是数字的（可能被 Excel 改成了科学计数）"
    if len(set(ids)) != len(ids):
        return "评论编号列有重复"
    rounded = [one for one in ids if len(one) > _WHOLE_ID and not one[_WHOLE_ID:].strip("0")]
    if len(ids) > 1 and len(rounded) == len(ids):
        return "评论编号的末位都是 0，被 Excel 截断了"
    if any(len(one) <= _WHOLE_ID for one in ids):
        return "评论编号太短，不像微博的编号"
    return ""


def _hashes(rows: Iterable[Row], columns: Columns) -> tuple[str, ...]:
    named = [header for header in (columns.user, columns.time, columns.text) if header is not None]
    parts = ("\n".join(word(row.get(header)).strip() for header in named) for row in rows)
    return tuple(sha256(part.encode("utf-8", "surrogatepass")).hexdigest()[:24] for part in parts)


def _comment(
    office: Office,
    interview: Interview,
    row: Row,
    columns: Columns,
    *,
    number: str,
    source: str,
    now: datetime,
    users: Mapping[str, str],
) -> Comment:
    name, number_of_user = _cell(row, columns.user), _cell(row, columns.user_id)
    created = moment(row.get(columns.time)) if columns.time else None
    return Comment(
        interview=interview.id,
        source=source,
        platform_id=number,
        user_id=number_of_user or users.get(name) or (f"@{name}" if name else ""),
        user_name=name,
        text=word(row.get(columns.text)),
        created_at=created or now,
        first_seen_at=now,
        last_seen_at=now,
        likes=whole(row.get(columns.likes)) if columns.likes else 0,
        late=created is not None and _late(interview, created),
        own=bool(name) and name == office.practice.account,
    )


def _cell(row: Row, header: str | None) -> str:
    return word(row.get(header)).strip() if header is not None else ""


def _late(interview: Interview, created: datetime) -> bool:
    """After the channel closed and before the event, in which people ask under the opening post."""
    begins = event_hours(interview)[0] if interview.date and interview.start and interview.end else None
    closed = interview.closes_at is not None and created >= interview.closes_at
    return closed and (begins is None or created < begins)


def source_of(name: str, *, elsewhere: bool = False) -> str:
    """The source that rows of this name are stored under."""
    return f"{ELSEWHERE if elsewhere else IMPORTED}{name}"
