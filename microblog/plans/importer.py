"""A document → Plan: the readers' blocks, the table interpreter and the prose brought together."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from microblog.domain.errors import InvalidInput
from microblog.domain.plan import Plan, PlanRow, Proposal, StatedCount
from microblog.plans import prose
from microblog.plans.clean import cleaned, damage_of, damage_sentence
from microblog.plans.document import Block, Document, Table
from microblog.plans.flat import with_tables
from microblog.plans.head import Head, read_head
from microblog.plans.lines import without_furniture
from microblog.plans.listing import read_listing
from microblog.plans.numerals import is_date
from microblog.plans.rules import read_rules
from microblog.plans.schedule import load_schedule
from microblog.plans.sniff import Kind, decoded, kind_of, read_bytes
from microblog.plans.table import read_table
from microblog.plans.text_file import read_text
from microblog.plans.words import Words, shipped_words


def read_plan(path: Path, words: Words | None = None) -> Plan:
    """The plan in a .txt, .docx, .xlsx or .html file, whatever its suffix says, or in a schedule (.yaml).

    Raises InvalidInput, with one line of Chinese, where the file cannot be read or is none of these.
    """
    if path.suffix.lower() in (".yaml", ".yml"):
        return load_schedule(path)
    return plan_from_document(read_document(path), words or shipped_words())


def read_document(path: Path) -> Document:
    """The file in neutral form. Raises InvalidInput as `read_plan` does, and for a text no plan can have."""
    data = read_bytes(path)
    document = _document(data, kind_of(data, path.name), path)
    characters = len(document.original)
    if characters > _MOST_CHARACTERS:
        raise InvalidInput(f"文件 {path.name} 有 {characters} 个字符，不像访谈计划：请只保留计划正文后再导入")
    return document


def _document(data: bytes, kind: Kind, path: Path) -> Document:
    """Each reader's library takes a tenth of a second to load, so only the one that is needed is."""
    if kind is Kind.WORD:
        from microblog.plans.word_file import read_word  # noqa: PLC0415 - see above

        return read_word(data, path.name)
    if kind is Kind.EXCEL:
        from microblog.plans.excel_file import read_excel  # noqa: PLC0415 - see above

        return read_excel(data, path.name)
    text = decoded(data, path.name)
    if kind is Kind.HTML:
        from microblog.plans.html_file import read_html  # noqa: PLC0415 - see above

        return read_html(text, path.name)
    return read_text(text)


_MOST_CHARACTERS = 300_000
"""Longest text read; the longest plan known has three thousand."""


@dataclass(frozen=True, slots=True)
class _Tables:
    """What the tables gave: rows, warnings, layout of the first, and lines that belong to the prose."""

    rows: tuple[PlanRow, ...]
    warnings: tuple[str, ...]
    layout: str
    lines: tuple[str, ...]


def plan_from_document(document: Document, words: Words) -> Plan:
    """Read a neutral document. Never raises for what a document may say; what is unclear becomes a warning."""
    blocks = _blocks(document, words)
    around = [cleaned(block, words) for block in blocks if isinstance(block, str)]
    about = [cleaned(line, words) for line in document.about]
    places = "\n".join([cleaned(document.original, words), *about])
    head = read_head([*around, *about], places, cleaned(document.title, words), words)
    tables = _read_tables(blocks, head.year, words)
    lines = [cleaned(line, words) for line in tables.lines]
    if not tables.rows:
        tables = _from_listing(lines, head.year, tables, words)
    return _assembled(document, head, tables, lines, words)


def _blocks(document: Document, words: Words) -> list[Block]:
    """The document's blocks, furniture gone, tables hidden in runs of lines found."""
    blocks: list[Block] = []
    run: list[str] = []
    for block in (*document.blocks, None):
        if isinstance(block, str):
            run.append(block)
            continue
        blocks += with_tables(without_furniture(run, words), words)
        run = []
        blocks += [block] if block is not None else []
    return blocks


def _read_tables(blocks: Sequence[Block], year: int | None, words: Words) -> _Tables:
    rows: list[PlanRow] = []
    warnings: list[str] = []
    layout = ""
    lines: list[str] = []
    for block in blocks:
        read = read_table(block, year=year, counted=len(rows), words=words) if isinstance(block, Table) else None
        if isinstance(block, str):
            lines.append(block)
        elif read is None:
            lines += [" ".join(cell.text for cell in row if cell.text and not cell.spanned) for row in block.rows]
        else:
            rows += read.rows
            warnings += read.warnings
            layout = layout or block.layout
            lines += read.lines
    return _Tables(tuple(rows), tuple(warnings), layout, tuple(lines))


def _from_listing(lines: Sequence[str], year: int | None, tables: _Tables, words: Words) -> _Tables:
    rows, warnings = read_listing(lines, year, words)
    layout = "prose list" if rows else tables.layout or "prose only"
    return _Tables(rows, (*tables.warnings, *warnings), layout, tables.lines)


def _assembled(document: Document, head: Head, tables: _Tables, lines: Sequence[str], words: Words) -> Plan:
    rules, conflicts = read_rules(lines, words)
    invited = () if tables.rows else tuple(prose.invitations(lines))
    counts = _counts(lines, head.year, tables.rows, invited)
    damage = damage_of(document.original, words)
    return Plan(
        year=head.year,
        title=head.title,
        issuer=head.issuer,
        issued=head.issued,
        layout=tables.layout,
        rows=tables.rows,
        proposed=tuple(Proposal(one.form, one.theme, unit) for one in invited for unit in one.units),
        rules=rules,
        counts=counts,
        months=prose.months_covered(lines),
        frequency=prose.frequency(lines),
        damage=damage,
        warnings=(
            *_head_warnings(head, lines),
            *tables.warnings,
            *_row_warnings(tables.rows),
            *_tail_warnings(lines, tables.layout),
            *_prose_warnings(lines, tables.rows, invited),
            *conflicts,
            *(_count_sentence(one) for one in counts if not one.agrees),
            *(damage_sentence(one) for one in damage),
        ),
        original=document.original,
    )


def _counts(
    lines: Sequence[str], year: int | None, rows: Sequence[PlanRow], invited: Sequence[prose.Invitation]
) -> tuple[StatedCount, ...]:
    """Stated numbers beside what was found; without rows only the invited lists can be checked."""
    listed = [
        StatedCount(one.form.chinese if one.form else one.what, one.stated, len(one.units))
        for one in invited
        if one.stated is not None
    ]
    found = {"期": len(rows), "单位": len({unit for row in rows for unit in row.units})}
    stated = [StatedCount(one.what, one.stated, found[one.what]) for one in prose.statements(lines, year) if rows]
    return tuple(dict.fromkeys(listed + stated))


def _count_sentence(count: StatedCount) -> str:
    what, unit = ("", "期访谈") if count.what == "期" else (count.what, "个")
    return f"文中写明{what} {count.stated} {unit}，实际列出 {count.found} {unit}，请核对"


def _head_warnings(head: Head, lines: Sequence[str]) -> list[str]:
    missing = [("年份", head.year), ("发文机关", head.issuer), ("发文日期", head.issued)]
    warnings = [f"没有找到{title}，请补填" for title, value in missing if not value]
    spelled = next((line.strip() for line in lines if is_date(line) and not re.search(r"\d", line)), None)
    if spelled and head.issued:
        warnings.append(f"发文日期“{spelled}”用汉字数字书写，读作 {head.issued.isoformat()}")
    return warnings


def _row_warnings(rows: Sequence[PlanRow]) -> list[str]:
    """What only shows when the rows stand side by side."""
    numbers = Counter(row.no for row in rows)
    months = Counter(row.time.month for row in rows if row.time.month)
    alone = [row.no for row in rows if len(row.units) == 1 and not row.leads_marked]
    vague = [row.no for row in rows if len(row.time.months) > 1]
    warnings = [f"期号 {no} 出现不止一次，请核对" for no, count in sorted(numbers.items()) if count > 1]
    warnings += [f"{month} 月有 {count} 期访谈" for month, count in sorted(months.items()) if count > 1]
    if alone and any(row.leads_marked for row in rows):
        warnings.append(f"第 {_listed(alone)} 期只有一个单位且未标★，视为该单位牵头")
    if vague:
        warnings.append(f"第 {_listed(vague)} 期只写到季度或几个月，不是日期，请确定月份和日期")
    return warnings


def _listed(numbers: Sequence[int]) -> str:
    return "、".join(map(str, numbers))


def _tail_warnings(lines: Sequence[str], layout: str) -> list[str]:
    """Tabbed lines after the end of a table whose cells begin with tabs."""
    tabbed = [line.strip() for line in lines if line.startswith("\t") and line.strip()]
    if not tabbed or not layout.startswith("tab starts"):
        return []
    return [f"表格到备注为止，其后 {len(tabbed)} 行制表文字（“{tabbed[0]}”等）不作场次"]


def _prose_warnings(lines: Sequence[str], rows: Sequence[PlanRow], invited: Sequence[prose.Invitation]) -> list[str]:
    if rows:
        return []
    named = prose.annex(lines)
    proposed = sum(len(one.units) for one in invited)
    warnings = [
        f"文中提到附件“{named}”，但文件里没有这张表，未导入任何场次"
        if named
        else "文件里没有访谈安排表，未导入任何场次"
    ]
    if proposed:
        warnings.append(f"可按正文拟出 {proposed} 期访谈，每单位一期，时间待定，请核对后补齐主题")
    return warnings
