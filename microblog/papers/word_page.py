"""The look of an official Word document: paper, margins, Chinese fonts, header and page number."""

from collections.abc import Sequence
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from microblog.papers.characters import printable

SONG, HEI, KAI = "仿宋", "黑体", "楷体"
_LATIN = "Times New Roman"
_FACT_WIDTHS = (Mm(30), Mm(126))

# What a machine without the font takes instead; Word and WPS read the list, left to right.
_FALLBACKS = {
    SONG: "FangSong,仿宋_GB2312,STFangsong,方正仿宋_GBK,宋体",
    HEI: "SimHei,STHeiti,方正黑体_GBK,微软雅黑",
    KAI: "KaiTi,楷体_GB2312,STKaiti,方正楷体_GBK,宋体",
}


def official_document() -> Document:
    """An empty A4 document in the type sizes and margins of official papers (GB/T 9704)."""
    document = docx.Document()
    for paragraph in list(document.paragraphs):
        paragraph._element.getparent().remove(paragraph._element)  # the library offers no removal
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    _name_fallbacks(document)
    _dress(document, "Normal", SONG, 16)
    _dress(document, "Title", HEI, 22)
    _dress(document, "Heading 2", HEI, 16)
    _dress(document, "Header", SONG, 10.5)
    _dress(document, "Footer", SONG, 10.5)
    _space(document)
    return document


def in_font(run: Any, name: str, *, size: float | None = None, bold: bool | None = None) -> None:
    """Set a run in a Chinese font; Latin letters stay in the Latin one."""
    _name_fonts(run._element.get_or_add_rPr(), name)
    run.font.bold = bold
    if size is not None:
        run.font.size = Pt(size)


def head_and_number(document: Document, head: str) -> None:
    """The page header and, at the foot, the page number."""
    section = document.sections[0]
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    header.text = head
    header.alignment = footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    footer.add_run("— ")
    footer._element.append(number)
    footer.add_run(" —")


def write_facts(document: Document, rows: Sequence[tuple[str, str]]) -> None:
    """A table of titles and values."""
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _FACT_WIDTHS, strict=True):
        column.width = width
    for title, value in rows:
        cells = table.add_row().cells
        for cell, width, words, font in zip(cells, _FACT_WIDTHS, (title, value), (HEI, SONG), strict=True):
            cell.width = width
            in_font(cell.paragraphs[0].add_run(printable(words)), font, size=12)
            cell.paragraphs[0].paragraph_format.line_spacing = Pt(20)


def indented(document: Document) -> Paragraph:
    """An empty paragraph of the body."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Pt(32)  # two characters of the body size
    return paragraph


def _dress(document: Document, style_name: str, font: str, size: float) -> None:
    style: Any = document.styles[style_name]
    properties = style.element.get_or_add_rPr()
    _name_fonts(properties, font)
    style.font.size = Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    for language in properties.findall(qn("w:lang")):
        properties.remove(language)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    properties.append(language)


def _name_fonts(properties: Any, font: str) -> None:
    """Name the fonts outright; the template's theme fonts would win over the East Asian one."""
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    for script, name in (("ascii", _LATIN), ("hAnsi", _LATIN), ("cs", _LATIN), ("eastAsia", font)):
        fonts.set(qn(f"w:{script}"), name)


def _space(document: Document) -> None:
    styles: Any = document.styles
    body = styles["Normal"].paragraph_format
    body.space_after, body.line_spacing_rule, body.line_spacing = Pt(0), WD_LINE_SPACING.EXACTLY, Pt(28)
    title = styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.line_spacing = Pt(36)
    title.paragraph_format.space_after = Pt(18)
    for border in title.element.pPr.findall(qn("w:pBdr")):
        title.element.pPr.remove(border)
    styles["Heading 2"].font.bold = False
    styles["Heading 2"].paragraph_format.space_before = Pt(14)
    styles["Header"].paragraph_format.line_spacing = 1.0
    styles["Footer"].paragraph_format.line_spacing = 1.0


def _name_fallbacks(document: Document) -> None:
    """Replace the template's font table by one that names the fallbacks of each Chinese font."""
    part = document.part
    for key, relation in list(part.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            part.rels.pop(key)
    table = parse_xml(f"<w:fonts {nsdecls('w')}/>")
    for name, fallbacks in _FALLBACKS.items():
        font = (
            f'<w:font {nsdecls("w")} w:name="{name}"><w:altName w:val="{fallbacks}"/><w:charset w:val="86"/></w:font>'
        )
        table.append(parse_xml(font))
    data = serialize_part_xml(table)
    fonts = Part(PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, data, part.package)
    part.relate_to(fonts, RELATIONSHIP_TYPE.FONT_TABLE)
