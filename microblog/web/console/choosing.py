"""The page on which an interview is chosen: one for every desk that belongs to one interview at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi.responses import Response

from microblog.domain.interview import Interview
from microblog.service.queries import collecting
from microblog.web.desk import Desk


@dataclass(frozen=True, slots=True)
class Mark:
    """Words in a column. colour: of `.state`, empty for plain words."""

    words: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An interview to choose. columns: what stands in each. opens: whether there is anything to open."""

    interview: Interview
    columns: Sequence[Sequence[Mark]]
    opens: bool = True


def choosing(desk: Desk, title: str, path: str, heads: Sequence[str], lines: Sequence[Line]) -> Response:
    """The list. path: of the desk, behind which the interview's number stands. heads: of the columns."""
    return desk.page("console/choose.html", title=title, desk_path=path, heads=heads, lines=lines)


def by_comments(desk: Desk, title: str, path: str) -> Response:
    """The list for desks that need comments, those worked on first."""
    found = collecting(desk.office)
    lines = [
        Line(one.interview, [[Mark(f"{one.comments:,}" if one.comments else "还没有")]], bool(one.comments))
        for one in found
    ]
    return choosing(desk, title, path, ["留言"], lines)
