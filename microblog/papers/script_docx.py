"""The script as a Word document, and back: `script_reading` holds the rules of reading."""

from io import BytesIO

from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph

from microblog.domain.errors import InvalidInput
from microblog.domain.interview import Interview
from microblog.domain.period import SHANGHAI
from microblog.domain.script import Script, Section, SectionKind
from microblog.papers.archive import without_clock
from microblog.papers.characters import on_one_line, printable
from microblog.papers.facts import facts
from microblog.papers.script_form import (
    answer_label,
    heading_parts,
    question_label,
    read_heading,
    read_label,
)
from microblog.papers.script_reading import NOTE_MARK, read_sections
from microblog.papers.word_page import (
    HEI,
    KAI,
    SONG,
    head_and_number,
    in_font,
    indented,
    official_document,
    write_facts,
)
from microblog.papers.word_text import open_document, paragraphs
from microblog.text.count import strict_count, word_count

_GUIDE = (
    "修改办法：直接改文字，多段答复直接换段。删去一节，连小标题一起删；移动一节，连小标题一起移。"
    "新增一节，先写小标题“主持人提问”或“网友提问”，再写一问一答。小标题末尾括号里的英文和数字请勿改动。"
    "上表各项以系统为准，在这里改动不会读回。"
)


def script_to_docx(script: Script, interview: Interview) -> bytes:
    """The script as .docx: title, facts of the plan, sections in order, header, page numbers, 字数.

    The same script always gives the same bytes.
    """
    document = official_document()
    document.add_paragraph(f"《{on_one_line(printable(interview.topic))}》访谈稿", style="Title")
    write_facts(document, (*facts(interview), ("稿件版本", _version(script)), ("字　　数", _length(script))))
    _write_note(document)
    for number, section in enumerate(script.sections, start=1):
        _write_heading(document, *heading_parts(script, section, number))
        _write_section(document, section, frozenset(each.slot for each in script.sections))
    head_and_number(document, f"在线访谈稿 · 第 {interview.no} 期 · {_version(script)}")
    _name(document, script, interview)
    out = BytesIO()
    document.save(out)
    return without_clock(out.getvalue())


def script_from_docx(data: bytes, base: Script, *, author: str) -> tuple[Section, ...]:
    """The sections of an edited document written from `base`, in the document's order.

    Untouched sections come back equal, so their seals hold; layout alone (blank lines, indents, bold, a line break
    for a paragraph) touches nothing. Changed and new ones carry `author`. Tracked changes count as accepted.
    Raises InvalidInput naming the paragraph that cannot be understood, or the version the document was written from
    when that is not `base`.
    """
    document = open_document(data)
    written_from = document.core_properties.subject
    # Some programs drop the subject; then only the slots can tell.
    if written_from and written_from != _identity(base):
        message = f"这份 Word 出自“{written_from}”，不是要改的“{_identity(base)}”；请重新导出最新一版再修改"
        raise InvalidInput(message)
    return read_sections(paragraphs(document), base, author=author)


def _identity(script: Script) -> str:
    return f"interview {script.interview} · script · version {script.version}"


def _version(script: Script) -> str:
    return f"第 {script.version} 版（{script.state.chinese}）"


def _length(script: Script) -> str:
    printed = script.printed()
    return f"{word_count(printed):,} 字（文字处理软件口径），其中汉字 {strict_count(printed):,} 个"


def _name(document: Document, script: Script, interview: Interview) -> None:
    """File properties; the subject says which version this is, and survives editing."""
    properties = document.core_properties
    properties.title = on_one_line(printable(interview.topic))[:255]
    properties.subject = _identity(script)
    properties.author = properties.last_modified_by = on_one_line(printable(script.author))[:255]
    properties.created = properties.modified = script.written_at.astimezone(SHANGHAI)
    properties.comments = properties.keywords = ""


def _write_note(document: Document) -> None:
    note = document.add_paragraph()
    note.paragraph_format.line_spacing = Pt(18)
    note.paragraph_format.space_before = Pt(6)
    in_font(note.add_run(f"{NOTE_MARK}{_GUIDE}"), SONG, size=10.5)


def _write_heading(document: Document, title: str, slot: str) -> None:
    """The slot is small and grey, but plain text: it must survive any editor."""
    heading = document.add_paragraph(printable(title), style="Heading 2")
    mark = heading.add_run(printable(slot))
    in_font(mark, HEI, size=10.5)
    mark.font.color.rgb = RGBColor(0x59, 0x59, 0x59)


def _write_section(document: Document, section: Section, slots: frozenset[str]) -> None:
    if section.kind is SectionKind.QUESTION or section.question:
        asked = _speech(document, question_label(section))
        # Lines of a question stay in one paragraph: a stranger's words must never start one.
        in_font(asked.add_run(printable(section.question)), KAI)
    first, *rest = printable(section.answer).split("\n")
    paragraph = _speech(document, answer_label(section))
    paragraph.add_run(first)
    for line in rest:
        # A line that would read as a heading or a speaker hangs on the one before.
        if read_heading(line, slots) or read_label(line):
            paragraph.add_run().add_break(WD_BREAK.LINE)
        else:
            paragraph = indented(document)
        paragraph.add_run(line)


def _speech(document: Document, label: str) -> DocxParagraph:
    paragraph = indented(document)
    in_font(paragraph.add_run(printable(label)), HEI, bold=True)
    return paragraph
