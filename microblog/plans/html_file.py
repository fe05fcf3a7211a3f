"""A saved web page → document."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, Doctype, NavigableString

from microblog.domain.errors import InvalidInput
from microblog.plans.document import Block, Document, Table
from microblog.plans.grid import Span, grid

_SILENT = {"script", "style", "noscript", "template", "head", "select", "button", "svg", "iframe"}
_BREAKING = {
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "tr", "table", "section",
    "article", "header", "footer", "nav", "center", "blockquote", "pre", "body", "form",
}  # fmt: skip
_BLANK_BETWEEN_HAN = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*\n[ \t\n]*(?=[\u3000-\u9fff\uff00-\uffef])")
_META = {"sitename": "网站名称", "contentsource": "来源", "pubdate": "发布时间"}
_DEEPEST = 400


def read_html(text: str, name: str) -> Document:
    """Lines of text and the tables that hold data. Raises InvalidInput where the page is nested beyond reason."""
    soup = BeautifulSoup(text.encode("utf-8", "replace"), "lxml", from_encoding="utf-8")
    try:
        blocks = tuple(_blocks(soup, 0))
    except RecursionError:
        raise InvalidInput(f"网页 {name} 嵌套过深，无法解析：请把正文另存为文本后再导入") from None
    page, heading = _heading(soup, "title"), _heading(soup, "h1")
    return Document(blocks, title=heading or page, about=(page, *_about(soup)))


def _heading(soup: BeautifulSoup, name: str) -> str:
    tag = soup.find(name)
    return " ".join(tag.get_text().split()) if isinstance(tag, Tag) else ""


def _about(soup: BeautifulSoup) -> Iterator[str]:
    """The fields government sites must carry in `<meta>`, under their Chinese labels."""
    for tag in soup.find_all("meta"):
        label = _META.get(str(tag.get("name", "")).lower())
        if label and (content := str(tag.get("content", "")).strip()):
            yield f"{label}：{content}"


def _blocks(root: Tag, depth: int) -> Iterator[Block]:
    """Lines between breaking elements; a data table is one block, a table used for layout is walked through."""
    line: list[str] = []
    for piece in _pieces(root, depth):
        if isinstance(piece, Table) or piece == "\n":
            yield from _lines(line)
            line = []
            if isinstance(piece, Table):
                yield piece
        else:
            line.append(piece)
    yield from _lines(line)


def _lines(parts: list[str]) -> Iterator[str]:
    text = "".join(parts)
    if text.strip():
        yield from (line.strip(" ") for line in text.strip("\n").split("\n"))


def _pieces(tag: Tag, depth: int) -> Iterator[Block]:
    """Text, `\\n` for breaks, and tables, in order."""
    if depth > _DEEPEST:
        raise RecursionError
    for child in tag.children:
        if isinstance(child, NavigableString):
            if not isinstance(child, (Comment, Doctype)):
                yield str(child) if tag.find_parent("pre") or tag.name == "pre" else _flowed(str(child))
        elif isinstance(child, Tag) and child.name not in _SILENT:
            yield from _element(child, depth)


def _element(tag: Tag, depth: int) -> Iterator[Block]:
    if tag.name == "br":
        yield "\n"
    elif tag.name == "table" and tag.find("table") is None:
        yield Table(grid(_spans(tag)), layout="HTML table")
    elif tag.name in _BREAKING or tag.name in ("td", "th"):
        yield "\n"
        yield from _pieces(tag, depth + 1)
        yield "\n"
    else:
        yield from _pieces(tag, depth + 1)


def _flowed(text: str) -> str:
    """Source line breaks are spaces, and nothing at all between Chinese signs, as browsers show them."""
    return re.sub(r"[ \t\r\n\f]+", " ", _BLANK_BETWEEN_HAN.sub("", text.replace("\r\n", "\n")))


def _spans(table: Tag) -> Iterator[list[Span]]:
    rows = table.find_all("tr")
    for index, row in enumerate(rows):
        cells = row.find_all(["td", "th"])
        yield [
            Span(
                _cell_text(cell),
                columns=_whole(cell, "colspan", 1),
                rows=_whole(cell, "rowspan", len(rows) - index) or len(rows) - index,
            )
            for cell in cells
        ]


def _whole(cell: Tag, attribute: str, most: int) -> int:
    """A span attribute as browsers read it: 1 where absent or no number; rowspan 0 means to the end."""
    found = re.match(r"\s*(\d{1,5})", str(cell.get(attribute, "1")))
    value = int(found[1]) if found else 1
    return min(value, most) if attribute == "rowspan" else value


def _cell_text(cell: Tag) -> str:
    lines = [block for block in _blocks(cell, 0) if isinstance(block, str)]
    return "\n".join(line.replace("\xa0", " ").strip() for line in lines).strip()
