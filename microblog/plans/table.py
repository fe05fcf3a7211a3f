"""One interpreter for every table, whatever file or layout it came from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from microblog.domain.plan import PlannedTime, PlanRow
from microblog.plans.clean import cleaned
from microblog.plans.document import Cell, Table
from microblog.plans.header import header_kinds
from microblog.plans.numerals import number
from microblog.plans.units import Units, read_units
from microblog.plans.when import parse_when
from microblog.plans.words import Words

_NUMBER = re.compile(r"第?\s*([\d０-９〇○零一二三四五六七八九十百①-⑳]+)\s*[期场次号.．、)）]?")
_TOTAL = re.compile(r"(?:合|共|总)\s*计")
_CLOCK_AHEAD = re.compile(r"(?:上午|下午|晚上)?\d{1,2}[:：时点]")


@dataclass(frozen=True, slots=True)
class ReadTable:
    """The rows of a table, sentences for people about them, and lines that are no rows (titles, remarks)."""

    rows: tuple[PlanRow, ...]
    warnings: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """One table row by kind of column. spanned: kinds whose cell a merge from above covers."""

    texts: dict[str, str]
    spanned: frozenset[str]


def read_table(table: Table, *, year: int | None, counted: int, words: Words) -> ReadTable | None:
    """Read the table; None where it has no header of a plan's table.

    year: of the plan. counted: interviews in tables before this one, for rows without a printed number.
    """
    header = _header(table.rows, words)
    if header is None:
        return None
    kinds, first = header
    body = [row for row in table.rows[first:] if not _is_aside(row, words) and not _names_columns(row, words)]
    merged = _merged([line for row in body if _says_something(line := _line(row, kinds))])
    aside = [row[0].text for row in table.rows if _is_aside(row, words) and row[0].text.strip()]
    rows = [_row(line, counted + index, year, words) for index, line in enumerate(merged, 1)]
    warnings = [
        warning for line, row in zip(merged, rows, strict=True) for warning in _warnings(line, row, year, words)
    ]
    unknown = [
        cell.text for cell, kind in zip(table.rows[first - 1], kinds, strict=True) if kind == "other" and cell.text
    ]
    warnings += [f"表中的“{cleaned(text, words)}”一列未导入" for text in unknown]
    return ReadTable(tuple(rows), tuple(warnings), tuple(aside))


def _header(rows: Sequence[Sequence[Cell]], words: Words) -> tuple[tuple[str, ...], int] | None:
    """Kinds of the columns and the index of the first row below; a second header row narrows the first."""
    for index, row in enumerate(rows[:20]):
        kinds = None if _is_aside(row, words) else header_kinds([cell.text for cell in row], words)
        if kinds:
            below = rows[index + 1] if index + 1 < len(rows) else ()
            narrowed = header_kinds([cell.text for cell in below], words) if any(c.spanned for c in below) else None
            return (narrowed, index + 2) if narrowed else (kinds, index + 1)
    return None


def _is_aside(row: Sequence[Cell], words: Words) -> bool:
    """A title, a remark or a sum: no interview."""
    texts = [cell.text.strip() for cell in row]
    if len(row) > 1 and len(set(texts)) == 1:
        return True
    first = next((text for text in texts if text), "")
    return bool(_TOTAL.match(first) or re.match(r"[（(]?(?:备注|注|说明)[:：]", first))


def _names_columns(row: Sequence[Cell], words: Words) -> bool:
    """The header again, as tables that run over several pages repeat it."""
    return header_kinds([cell.text for cell in row], words) is not None


def _line(row: Sequence[Cell], kinds: Sequence[str]) -> _Line:
    """Cells of one kind are joined (two unit columns); a merged cell over several of them counts once."""
    texts: dict[str, str] = {}
    for cell, kind in zip(row, kinds, strict=False):
        held = texts.get(kind, "")
        if cell.text.strip() and cell.text not in held.split("\n"):
            texts[kind] = f"{held}\n{cell.text}".strip() if held else cell.text
    covered = {kind for cell, kind in zip(row, kinds, strict=False) if cell.spanned}
    return _Line(texts, frozenset(covered))


def _says_something(line: _Line) -> bool:
    return any(line.texts.get(kind) for kind in ("when", "topic", "units", "lead", "support"))


def _merged(lines: Sequence[_Line]) -> list[_Line]:
    """Rows below a merged number, or a merged time and topic, carry on the interview above."""
    merged: list[_Line] = []
    for line in lines:
        carries_on = "no" in line.spanned or {"when", "topic"} <= line.spanned
        if carries_on and merged:
            merged[-1] = _Line({**merged[-1].texts, **dict(_additions(merged[-1], line))}, merged[-1].spanned)
        else:
            merged.append(line)
    return merged


def _additions(above: _Line, line: _Line) -> Iterator[tuple[str, str]]:
    for kind, text in line.texts.items():
        if kind not in line.spanned:
            yield kind, f"{above.texts[kind]}\n{text}" if above.texts.get(kind) else text


def joined(text: str) -> str:
    """A wrapped cell on one line: no space between Chinese signs, one before hours and between Latin words (A17)."""
    lines = [re.sub(r"\s+", " ", line).strip() for line in text.split("\n")]
    whole = ""
    for line in filter(None, lines):
        latin = (
            bool(whole) and whole[-1].isascii() and line[0].isascii() and whole[-1].isalnum() and line[0].isalnum()
        )
        whole += (" " if latin or (whole and _CLOCK_AHEAD.match(line)) else "") + line
    return whole


def _row(line: _Line, counted: int, year: int | None, words: Words) -> PlanRow:
    texts = {kind: cleaned(text, words) for kind, text in line.texts.items()}
    printed = _NUMBER.fullmatch(texts.get("no", "").strip())
    no = number(printed[1]) if printed else None
    units = _units(texts, words)
    time = parse_when(joined(texts.get("when", "")), year)
    return PlanRow(
        no=counted if no is None else no,
        no_printed=no is not None,
        time=time,
        topic=joined(texts.get("topic", "")),
        units=units.names,
        leads_marked=units.leads,
        note="；".join(joined(texts[kind]) for kind in ("note", "place") if texts.get(kind, "").strip()),
        guest=joined(texts.get("guest", "")),
        topic_as_printed=line.texts.get("topic", ""),
        units_as_printed="\n".join(line.texts[kind] for kind in ("lead", "units", "support") if line.texts.get(kind)),
    )


def _units(texts: dict[str, str], words: Words) -> Units:
    """All unit columns: the lead column first, its units marked by standing there."""
    lead, others, support = (read_units(texts.get(kind, ""), words) for kind in ("lead", "units", "support"))
    lead = replace(lead, leads=lead.leads or lead.names)
    return Units(
        names=tuple(dict.fromkeys(lead.names + others.names + support.names)),
        leads=tuple(dict.fromkeys(lead.leads + others.leads + support.leads)),
        remarks=lead.remarks + others.remarks + support.remarks,
    )


def _warnings(line: _Line, row: PlanRow, year: int | None, words: Words) -> Iterator[str]:
    where = f"第 {row.no} 期"
    yield from (f"{where}：{remark}" for remark in _units(line.texts, words).remarks)
    yield from (f"{where}：{remark}" for remark in unit_remarks(row))
    yield from (f"{where}：{remark}" for remark in time_remarks(row.time, year))
    if not row.topic:
        yield f"{where}：主题为空，发布预告前须补齐"


def unit_remarks(row: PlanRow) -> Iterator[str]:
    """What a person should know or settle about the units of a row (A11-A15)."""
    if not row.units:
        yield "没有写明单位"
    elif len(row.leads_marked) > 1:
        yield f"有 {len(row.leads_marked)} 个单位标为牵头（{'、'.join(row.leads_marked)}），请确认第一责任单位"
    elif len(row.units) > 1 and not row.leads_marked:
        yield f"有 {len(row.units)} 个单位而未标明第一责任单位，暂以“{row.units[0]}”备选，请确认"
    elif row.lead_marked and row.units[0] != row.lead_marked:
        yield f"第一责任单位“{row.lead_marked}”不是列在最前的单位"
    for unit in row.units:
        if re.search(r".{2,}(?:区|局|委|院|园|中心|公司)[^（(]{2,}(?:局|站|场|所|中心|院)$", unit):
            yield f"“{unit}”可能是两个单位，未拆分，请确认"
        if re.search(r".{2,}[和与].{2,}", unit):
            yield f"“{unit}”含“和”或“与”，按一个单位处理"


def time_remarks(time: PlannedTime, year: int | None) -> Iterator[str]:
    """What a person should know about a time."""
    if not time.printed:
        yield "没有写明时间"
    elif not time.understood:
        yield f"看不懂的时间“{time.printed}”，请改写"
    elif year is None and time.year is None:
        yield f"时间“{time.printed}”没有年份，计划也没有写明年份"
    weekday = re.search(r"(?:星期|周)([一二三四五六日天])", time.printed)
    if time.day and weekday and "一二三四五六日".index(weekday[1].replace("天", "日")) != time.day.weekday():
        yield f"{time.day:%Y-%m-%d} 不是星期{weekday[1]}，请核对"
