"""The words of an edited Word document as its reader means them: tracked changes accepted, comments left aside."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from microblog.domain.errors import InvalidInput

_LARGEST = 200 * 1024 * 1024  # unpacked; a script is a thousandth of this, a ZIP bomb far beyond

_P, _TABLE, _WORDS, _DELETED, _MOVED_AWAY = (qn(f"w:{name}") for name in ("p", "tbl", "t", "del", "moveFrom"))
_WRAPPERS = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
_UNSAID = {_DELETED, _MOVED_AWAY} | {qn(f"w:{name}") for name in ("pPr", "rPr", "instrText", "rt", "sdtPr")}
_BREAKS = {qn("w:br"), qn("w:cr")}
_SIGNS = {qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:noBreakHyphen"): "-"}
_OBSTACLES = {
    qn("w:drawing"): "图片或文本框",
    qn("w:pict"): "图片或文本框",
    qn("w:object"): "嵌入对象",
    qn("w:sym"): "特殊字体的符号",
    qn("m:oMath"): "公式",
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. number: its place in the document, from 1. line breaks inside are LF.

    style: the style's name as Word's English interface has it. obstacle: in Chinese, what of it no text can hold.
    """

    number: int
    text: str
    style: str = ""
    obstacle: str = ""


def open_document(data: bytes) -> Document:
    """The document. Raises InvalidInput when the bytes are no readable .docx."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
        if unpacked > _LARGEST:
            raise InvalidInput("访谈稿文件解压后超过 200 MB，不像一份访谈稿；请另存为新的 .docx 再导入")
        return docx.Document(BytesIO(data))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError, zlib.error) as cause:
        message = "访谈稿不是可读的 Word 文档；请去掉密码并另存为 .docx（旧式 .doc 不行）再导入"
        raise InvalidInput(message) from cause


@dataclass(frozen=True, slots=True)
class _Style:
    name: str = ""
    numbered: bool = False


def paragraphs(document: Document) -> list[Paragraph]:
    """Every paragraph of the body in order; a table stands as one paragraph with an obstacle."""
    styles = {style.style_id: _Style(style.name or "", _numbered(style.element)) for style in document.styles}
    found: list[Paragraph] = []
    carried = ""
    for block in _blocks(document.element.body):
        number = len(found) + 1
        if block.tag == _TABLE:
            found.append(Paragraph(number, "".join(_words(block)).strip(), obstacle="表格"))
            continue
        text = carried + "".join(_words(block))
        # A deleted paragraph mark joins the paragraph to the next, which gives both its style.
        if block.xpath("./w:pPr/w:rPr/w:del | ./w:pPr/w:rPr/w:moveFrom"):
            carried = text
            continue
        carried = ""
        style = styles.get(block.style, _Style())
        found.append(Paragraph(number, text, style.name, _obstacle(block, style)))
    return [*found, Paragraph(len(found) + 1, carried)] if carried.strip() else found


def _blocks(parent: Any) -> Iterator[Any]:
    for child in parent:
        if child.tag in (_P, _TABLE):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _blocks(child)


def _words(node: Any) -> Iterator[str]:
    for child in node:
        if child.tag in _UNSAID:
            continue
        if child.tag == _WORDS:
            yield child.text or ""
        elif child.tag in _BREAKS:
            # A page or column break is layout, not a new line.
            yield "\n" if child.get(qn("w:type"), "textWrapping") == "textWrapping" else ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _OBSTACLES:
            yield from _words(child)


def _obstacle(paragraph: Any, style: _Style) -> str:
    if _numbered(paragraph) or (style.numbered and not _unnumbered(paragraph)):
        return "自动编号（编号不在文字里，请改成手打的）"
    kept = (node for node in paragraph.iter(*_OBSTACLES) if not _within_deleted(node))
    return next((_OBSTACLES[node.tag] for node in kept), "")


def _within_deleted(node: Any) -> bool:
    return any(parent.tag in (_DELETED, _MOVED_AWAY) for parent in node.iterancestors())


def _numbered(element: Any) -> bool:
    """Whether Word draws a number or bullet before the paragraph, or before every one of the style."""
    return bool(element.xpath("./w:pPr/w:numPr/w:numId[@w:val != '0']"))


def _unnumbered(paragraph: Any) -> bool:
    """Whether the paragraph switches off the numbering of its style."""
    return bool(paragraph.xpath("./w:pPr/w:numPr/w:numId[@w:val = '0']"))
