"""The clusters of an interview as a workbook for analysts: topics, every comment, what was left out, completeness.

An internal paper: names and words stand as they were written. Nothing here is meant for the public.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import chain, count, islice
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.writer.excel import ExcelWriter

from microblog.domain.period import SHANGHAI
from microblog.domain.question import Completeness
from microblog.papers.archive import without_clock
from microblog.papers.cells import MOST_ROWS, Column, Value, add_sheet, cell, filter_rows, new_workbook


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One topic. size: comments. askers: distinct people. representative: the words chosen, empty when none."""

    topic: str
    keywords: tuple[str, ...]
    size: int
    askers: int
    likes: int
    representative: str = ""


@dataclass(frozen=True, slots=True)
class CommentRow:
    """One comment. topic and question: names of its groups, empty where cleaning left nothing. at: aware."""

    id: str
    topic: str
    question: str
    kind: str
    text: str
    user: str
    likes: int
    at: datetime


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """A group no question was taken from. follow_up_by: aware."""

    group: str
    askers: int
    reason: str
    follow_up_by: datetime | None = None


_TOPICS = (
    Column("序号", 6),
    Column("主题", 28),
    Column("关键词", 36),
    Column("评论数", 10),
    Column("提问人数", 10),
    Column("点赞", 10),
    Column("代表性问题", 60),
)
_COMMENTS = (
    Column("主题", 24),
    Column("问题组", 30),
    Column("类型", 10),
    Column("原文", 70),
    Column("用户", 18),
    Column("点赞", 8),
    Column("时间（北京）", 20),
    Column("评论编号", 26),
)
_LEFT_OUT = (Column("问题组", 40), Column("提问人数", 10), Column("未入选原因", 50), Column("跟进期限", 20))
_LEDGER = (Column("项目", 28), Column("数量", 12), Column("说明", 70))


def clusters_to_xlsx(
    *,
    topics: Iterable[TopicRow],
    comments: Iterable[CommentRow],
    left_out: Iterable[LeftOutRow],
    completeness: Completeness,
    written_at: datetime,
) -> bytes:
    """The workbook as .xlsx, rows in the order given; the same input gives the same bytes.

    Comments beyond what one sheet holds go on in 问题明细 2 and so on. written_at: aware, stands in the properties.
    """
    workbook = new_workbook()
    _fill(workbook, "归类总览", _TOPICS, (_topic(number, row) for number, row in enumerate(topics, start=1)))
    _fill(workbook, "问题明细", _COMMENTS, (_comment(row) for row in comments))
    _fill(workbook, "未入选", _LEFT_OUT, (_left_out(row) for row in left_out))
    _fill(workbook, "完整性", _LEDGER, iter(_ledger(completeness)))
    moment = written_at.astimezone(SHANGHAI).replace(tzinfo=None)
    workbook.properties.created = workbook.properties.modified = moment
    return _saved(workbook)


def _fill(workbook: Any, title: str, columns: Sequence[Column], rows: Iterator[Sequence[Value]]) -> None:
    for number in count(1):
        sheet = add_sheet(workbook, title if number == 1 else f"{title} {number}", columns)
        written = 0
        for row in islice(rows, MOST_ROWS - 1):
            sheet.append([cell(sheet, value) for value in row])
            written += 1
        filter_rows(sheet, len(columns), written)
        sheet.close()
        following = next(rows, None)
        if following is None:
            return
        rows = chain([following], rows)


def _topic(number: int, row: TopicRow) -> Sequence[Value]:
    return number, row.topic, "、".join(row.keywords), row.size, row.askers, row.likes, row.representative


def _comment(row: CommentRow) -> Sequence[Value]:
    return row.topic, row.question, row.kind, row.text, row.user, row.likes, row.at, row.id


def _left_out(row: LeftOutRow) -> Sequence[Value]:
    return row.group, row.askers, row.reason, row.follow_up_by


def _ledger(completeness: Completeness) -> Sequence[Sequence[Value]]:
    return (
        ("平台计数", completeness.total, "最近一次采集时平台自己给出的评论总数"),
        ("已保存", completeness.stored, "采集到并保存的评论，含后来被删除的"),
        ("其中仍可见", completeness.alive, "最近一次完整采集仍看得到"),
        ("其中已删除", completeness.deleted, "完整采集时已不在，原文保留"),
        ("其中迟到", completeness.late, "征集截止后才写，单独计数"),
        ("其中导入", completeness.imported, "接口不给、只有账号后台导出文件里才有"),
        ("看不到", completeness.unseen, "平台计入总数但接口不给：未经作者授权、被平台过滤或待审"),
    )


def _saved(workbook: Any) -> bytes:
    """Saved without `Workbook.save`, which would stamp the present time."""
    out = BytesIO()
    ExcelWriter(workbook, ZipFile(out, "w", ZIP_DEFLATED)).save()
    return without_clock(out.getvalue())
