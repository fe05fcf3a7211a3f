"""The analyst's desk: topics, their questions, their members, and everything that corrects them."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Path, Query
from fastapi.responses import Response

from microblog.domain.errors import InvalidInput
from microblog.domain.interview import Interview
from microblog.domain.people import Act
from microblog.service.boards import board_of, version_of
from microblog.service.cluster_rows import KINDS
from microblog.service.corrections import last_holding, redo, set_grain, undo
from microblog.service.desk_deeds import Picked, do
from microblog.web.console.choosing import by_comments
from microblog.web.console.clusters_view import LEAST, MOST, View, spark, view_of
from microblog.web.desk import Desk, Looking, acting

router = APIRouter(prefix="/console/clusters", include_in_schema=False)

Correcting = Annotated[Desk, Depends(acting(Act.CLUSTER))]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Id = Annotated[str, Form(max_length=40)]
Ids = Annotated[list[str] | None, Form(max_length=2000)]
Word = Annotated[str, Form(max_length=100)]


def asked_view(
    tab: Annotated[str, Query(max_length=10)] = "asking",
    topic: Annotated[str, Query(max_length=40)] = "",
    question: Annotated[str, Query(max_length=40)] = "",
    find: Annotated[str, Query(max_length=100)] = "",
    shown: Annotated[int, Query(ge=LEAST, le=MOST)] = LEAST,
) -> View:
    """What of the desk is looked at, from the address."""
    return View(tab, topic, question, find.strip(), shown)


Asked = Annotated[View, Depends(asked_view)]


@router.get("")
def choose(desk: Looking) -> Response:
    """The interviews with comments, those still being grouped first."""
    return by_comments(desk, "归类", "/console/clusters")


@router.get("/{number}")
def show(desk: Looking, number: Number, view: Asked, fresh: bool = False) -> Response:
    """The whole desk; for htmx the part that changes. fresh: let what waits in, for whoever corrects."""
    return _shown(desk, desk.office.store.interviews.get(number), view, fresh=fresh and desk.user.may(Act.CLUSTER))


@router.get("/{number}/news")
def tell_news(desk: Looking, number: Number, seen: Annotated[str, Query(max_length=4000)] = "") -> Response:
    """What came since the desk was shown: comments, and what others did. seen: the corrections it was shown with."""
    board = board_of(desk.office, desk.office.store.interviews.get(number))
    return desk.page("console/clusters_news.html", board=board, seen=seen, here=f"/console/clusters/{number}")


@router.get("/{number}/events")
def stream(desk: Looking, number: Number) -> Response:
    """Says when there is news."""
    interview = desk.office.store.interviews.get(number)
    return desk.stream(lambda: version_of(desk.office, interview))


@router.get("/{number}/why")
def explain(
    desk: Looking, number: Number, remarks: Annotated[list[str] | None, Query(max_length=2000)] = None
) -> Response:
    """Why two remarks are or are not together."""
    board = board_of(desk.office, desk.office.store.interviews.get(number))
    pair = [name for name in remarks or [] if board and name in board.stand.comments]
    if board is None or len(pair) != 2:
        raise InvalidInput("请选中恰好两条留言再比较")
    why = board.why(*pair)
    return desk.page("console/clusters_why.html", board=board, both=why.both, near=why.near)


@router.get("/{number}/targets")
def list_targets(
    desk: Looking,
    number: Number,
    level: Annotated[str, Query(pattern="^(topic|question)$")] = "question",
    sought: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """Groups to move something to, by a word in their name or representative."""
    board = board_of(desk.office, desk.office.store.interviews.get(number))
    found = board.targets(level, sought.strip()) if board else []
    return desk.page("console/clusters_targets.html", found=found, level=level)


def asked_picks(
    deed: Word = "", name: Word = "", topics: Ids = None, questions: Ids = None, remarks: Ids = None
) -> Picked:
    """What was picked and what is to be done with it. deed: `merge-topics`, `move-remarks:q-…`."""
    return Picked(deed, topics or (), questions or (), remarks or (), name)


@router.post("/{number}/deeds")
def correct(
    desk: Correcting, number: Number, view: Asked, picked: Annotated[Picked, Depends(asked_picks)]
) -> Response:
    """Merge, split, move, rename, part, pin, exclude."""
    interview = desk.office.store.interviews.get(number)
    with desk.change("correct", interview.name, lambda: correction_facts(desk, interview)):
        board = board_of(desk.office, interview)
        if board is None:
            raise InvalidInput("归类尚未完成，请稍候再试")
        done = do(desk.office, board, picked, by=desk.name)
    return _after(desk, interview, view.beside(done.follow), f"已{done.title}")


@router.post("/{number}/grain")
def cut(desk: Correcting, number: Number, view: Asked, grain: Annotated[int, Form(ge=-5, le=5)] = 0) -> Response:
    """Cut finer or coarser, at once."""
    interview = desk.office.store.interviews.get(number)
    with desk.change("grain", interview.name, lambda: correction_facts(desk, interview)):
        made = set_grain(desk.office, interview, grain, by=desk.name)
    return _after(desk, interview, view, f"已{made.title}" if made else "")


@router.post("/{number}/undo")
def take_back(desk: Correcting, number: Number, view: Asked, correction: Annotated[int, Form()] = 0) -> Response:
    """Undo a correction, or the last one that holds."""
    interview = desk.office.store.interviews.get(number)
    last = last_holding(desk.office, interview)
    if not correction and last is None:
        raise InvalidInput("没有可以撤销的修改")
    with desk.change("undo", interview.name, lambda: correction_facts(desk, interview)):
        undone = undo(desk.office, interview, correction or (last.id if last else 0), by=desk.name)
    return _after(desk, interview, view, f"已撤销：{undone.title}")


@router.post("/{number}/redo")
def do_again(desk: Correcting, number: Number, view: Asked, correction: Annotated[int, Form()] = 0) -> Response:
    """Let an undone correction hold again."""
    interview = desk.office.store.interviews.get(number)
    with desk.change("redo", interview.name, lambda: correction_facts(desk, interview)):
        redone = redo(desk.office, interview, correction, by=desk.name)
    return _after(desk, interview, view, f"已恢复：{redone.title}")


def correction_facts(desk: Desk, interview: Interview) -> dict[str, object]:
    """How many corrections hold, and the last of them."""
    last = last_holding(desk.office, interview)
    held = sum(one.holds for one in desk.office.store.corrections.of(interview.id))
    return {"holding": held, "last": last.title if last else ""}


def _after(desk: Desk, interview: Interview, view: View, told: str) -> Response:
    if desk.by_htmx:
        return _shown(desk, interview, view, told=told)
    return desk.back(f"/console/clusters/{interview.id}?{urlencode(view.fields())}", told)


def _shown(desk: Desk, interview: Interview, view: View, *, fresh: bool = False, told: str = "") -> Response:
    board = board_of(desk.office, interview, fresh=fresh)
    template = "console/clusters_desk.html" if desk.by_htmx else "console/clusters.html"
    return desk.page(
        template,
        interview=interview,
        board=board,
        view=view,
        seen=view_of(board, view) if board else None,
        may_correct=desk.user.may(Act.CLUSTER),
        told=told,
        spark=spark,
        kinds=KINDS,
    )
