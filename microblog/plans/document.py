"""The neutral form every reader gives: lines of text and tables of cells, in document order."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `\\n` where the document breaks a line.

    spanned: covered by a merge that began in an earlier row, whose text it repeats.
    """

    text: str
    spanned: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, header included. layout: how it stood in the document, in plain English."""

    rows: tuple[tuple[Cell, ...], ...]
    layout: str


Block = str | Table
"""A line, or a table."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read. title: a heading the format itself marks, empty where it marks none.

    about: what the file says of itself outside its text, a line each (page title, site name, date of publishing).
    """

    blocks: tuple[Block, ...]
    title: str = ""
    about: tuple[str, ...] = ()

    @property
    def original(self) -> str:
        """All text as read, tables one row a line with ` | ` between the cells."""
        return "\n".join(block if isinstance(block, str) else _printed(block) for block in self.blocks)


def _printed(table: Table) -> str:
    return "\n".join(" | ".join(cell.text for cell in row) for row in table.rows)
