"""The roundup of an interview as a Word document (G18): what was answered, and three sections beside it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO

from docx.document import Document

from microblog.domain.interview import Interview
from microblog.domain.material import Material, MaterialKind
from microblog.domain.period import SHANGHAI
from microblog.papers.archive import without_clock
from microblog.papers.characters import on_one_line, printable
from microblog.papers.facts import facts, printed_day
from microblog.papers.transcript import Counts, Entry, EntryKind, Mask, counts_line, shown
from microblog.papers.transcript_html import exchanges
from microblog.papers.word_page import HEI, KAI, head_and_number, in_font, indented, official_document, write_facts


def roundup_to_docx(
    interview: Interview,
    entries: Sequence[Entry],
    counts: Counts,
    materials: Sequence[Material],
    *,
    written_at: datetime,
    mask: Mask,
) -> bytes:
    """The document as .docx; numbers of persons masked, empty sections named; the same input gives the same bytes.

    materials: those that may be shown. written_at: aware, stands in the file's properties.
    """
    document = official_document()
    document.add_paragraph(f"《{_public(interview.topic, mask)}》访谈汇总", style="Title")
    write_facts(document, tuple((title, _public(value, mask)) for title, value in facts(interview)))
    document.add_paragraph("一、答复的问题", style="Heading 2")
    indented(document).add_run(counts_line(counts))
    _write_answers(document, entries, mask)
    by_kind = {kind: [one for one in materials if one.kind is kind] for kind in MaterialKind}
    _write_sections(document, by_kind, mask)
    head_and_number(document, f"在线访谈汇总 · 第 {interview.no} 期")
    properties = document.core_properties
    properties.title = on_one_line(printable(interview.topic))[:255]
    properties.author = properties.last_modified_by = ""
    properties.created = properties.modified = written_at.astimezone(SHANGHAI)
    properties.comments = properties.keywords = ""
    out = BytesIO()
    document.save(out)
    return without_clock(out.getvalue())


def _write_answers(document: Document, entries: Sequence[Entry], mask: Mask) -> None:
    for one in exchanges(entries):
        if not one.number or one.question is None:
            continue
        asked = indented(document)
        in_font(asked.add_run(f"{one.number}．网友“{_public(one.question.speaker, mask)}”："), HEI)
        in_font(asked.add_run(_public(one.question.text, mask)), KAI)
        answer = one.answer if one.answer and one.answer.kind is EntryKind.ANSWER else None
        who = f"{answer.unit} {answer.speaker}".strip() if answer else ""
        indented(document).add_run(f"{_public(who, mask)}：{_public(answer.text, mask)}" if answer else "（待答复）")


def _write_sections(document: Document, by_kind: Mapping[MaterialKind, Sequence[Material]], mask: Mask) -> None:
    for numeral, (kind, found) in zip("二三四", by_kind.items(), strict=True):
        document.add_paragraph(f"{numeral}、{kind.chinese}", style="Heading 2")
        if not found:
            indented(document).add_run(f"本期暂无{kind.chinese}。")
        for number, one in enumerate(found, start=1):
            origin = "，".join(word for word in (one.source, _printed(one.day)) if word)
            words = f"{number}．{one.title}{f'（{origin}）' if origin else ''}"
            indented(document).add_run(_public(words, mask))
            indented(document).add_run(printable(one.link))


def _printed(day: date | None) -> str:
    return printed_day(day) if day else ""


def _public(words: str, mask: Mask) -> str:
    return printable(shown(on_one_line(words), mask)).strip()
