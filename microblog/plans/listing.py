"""Prose lists that stand for a table (layout h): one interview a line, or fields with labels."""

import re
from collections.abc import Iterator, Sequence

from microblog.domain.plan import PlanRow
from microblog.plans.document import Cell, Table
from microblog.plans.header import header_kind
from microblog.plans.table import read_table
from microblog.plans.units import looks_like_units
from microblog.plans.when import looks_like_time
from microblog.plans.words import Words

_NUMERALS = r"[\d一二三四五六七八九十]{1,3}"
_ITEM = re.compile(
    rf"\s*(?:第?(?P<no>{_NUMERALS})期?\s*[.．、:：)）]|[（(](?P<bracketed>{_NUMERALS})[)）]|[-·•●])\s*(?=\S)"
)
_LABELLED = re.compile(r"(?:^|[\s，,；;。])([^\s，,；;。：:]{2,6})[：:]\s*")
_CUT = re.compile(r"[，,；;。—–]+\s*|(?<!\d)[：:]+\s*|[：:]+\s*(?!\s*\d)|\s{2,}|\u3000+|\s+-+\s+")
_TOPIC_LABEL = re.compile(r"(?:访谈)?(?:主题|题目|内容)(?:为|是)?[，：:]?")
_QUOTED = re.compile(r"“(.+)”")
_HEADER = {"no": "序号", "when": "时间", "units": "单位", "topic": "主题"}


def read_listing(lines: Sequence[str], year: int | None, words: Words) -> tuple[tuple[PlanRow, ...], tuple[str, ...]]:
    """Rows of a list of at least two items that name time, unit and topic; empty where there is none.

    lines: cleaned prose. The second value holds Chinese sentences for people.
    """
    items = list(_labelled(lines, words))
    if len(items) < 2:
        items = [item for line in lines if (item := _item(line, words))]
    if len(items) < 2:
        return (), ()
    header = tuple(Cell(title) for title in _HEADER.values())
    rows = (header, *(tuple(Cell(item.get(kind, "")) for kind in _HEADER) for item in items))
    read = read_table(Table(rows, "prose list"), year=year, counted=0, words=words)
    if read is None:
        return (), ()
    return read.rows, ("没有表格，场次取自正文列表，请逐条核对", *read.warnings)


def _item(line: str, words: Words) -> dict[str, str] | None:
    """`1. 4月，市气象局，汛期避险`: the parts sorted by what they are."""
    mark = _ITEM.match(line)
    text = line[mark.end() if mark else 0 :].strip().rstrip("。；;")
    if len(text) > 120:
        return None
    parts = [part for part in _CUT.split(text) if part.strip()]
    if not 3 <= len(parts) <= 8 or not looks_like_time(parts[0]):
        return None
    found = {"no": (mark["no"] or mark["bracketed"] or "") if mark else "", "when": parts[0]}
    rest = []
    for part in parts[1:]:
        if "units" not in found and looks_like_units(part, words):
            found["units"] = part
        else:
            rest.append(part)
    topic = _TOPIC_LABEL.sub("", "，".join(rest), count=1)
    quoted = _QUOTED.fullmatch(topic)
    return {**found, "topic": quoted[1] if quoted else topic} if "units" in found and topic else None


def _labelled(lines: Sequence[str], words: Words) -> Iterator[dict[str, str]]:
    """Records such as `时间：4月 主题：… 单位：…`, on one line or several; a label met again begins the next."""
    record: dict[str, str] = {}
    for line in lines:
        for kind, value in _fields(line, words):
            if kind in record:
                yield from _whole(record)
                record = {}
            record[kind] = value
    yield from _whole(record)


def _whole(record: dict[str, str]) -> Iterator[dict[str, str]]:
    if "when" in record and ("topic" in record or "units" in record) and looks_like_time(record["when"]):
        yield record


def _fields(line: str, words: Words) -> Iterator[tuple[str, str]]:
    labels = [found for found in _LABELLED.finditer(line) if header_kind(found[1], words) in (*_HEADER, "lead")]
    for label, following in zip(labels, [*labels[1:], None], strict=False):
        value = line[label.end() : following.start() if following else None].strip(" ，,；;。")
        kind = header_kind(label[1], words)
        if value and kind:
            yield "units" if kind == "lead" else kind, value
