"""The outbox: every post and every attempt, and what only a person can decide about one."""

from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import Response

from microblog.domain.people import Act
from microblog.domain.post import PostKind, PostState
from microblog.service.office import Office
from microblog.service.outbox_list import outbox_list, post_file
from microblog.service.post_view import Deed
from microblog.web.console.outbox_deeds import DEEDS, Filled
from microblog.web.console.outbox_words import MEANINGS, OUTCOMES
from microblog.web.desk import Desk, Looking, acting

router = APIRouter(prefix="/console/outbox", include_in_schema=False)

Key = Annotated[str, Query(max_length=200)]
Word = Annotated[str, Form(max_length=200)]
AT_ONCE = 100


@router.get("")
def show(
    desk: Looking,
    interview: Annotated[str, Query(max_length=9, pattern=r"^\d*$")] = "",
    state: Annotated[PostState | Literal[""], Query()] = "",
    kind: Annotated[PostKind | Literal[""], Query()] = "",
    *,
    asking: bool = False,
    skip: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Response:
    """Every post that passes the filter, in the order they are due; an empty choice stands for all."""
    interviews = desk.office.store.interviews.all()
    number = int(interview) if interview else None
    listed = outbox_list(desk.office, interview=number, state=state or None, kind=kind or None, asking=asking)
    return desk.page(
        "console/outbox.html",
        listed=listed,
        rows=listed.views[skip : skip + AT_ONCE],
        skip=skip,
        at_once=AT_ONCE,
        interviews=interviews,
        numbers={one.id: f"第{one.no}期" for one in interviews},
        states=list(PostState),
        kinds=list(PostKind),
        interview=number,
        state=state,
        kind=kind,
        asking=asking,
        meanings=MEANINGS,
    )


@router.get("/post")
def show_post(desk: Looking, key: Key = "") -> Response:
    """One post with its seals, attempts and history."""
    return desk.page(
        "console/post.html",
        file=post_file(desk.office, key),
        meanings=MEANINGS,
        outcomes=OUTCOMES,
        may_send=desk.user.may(Act.SEND),
    )


@router.post("/{deed}")
def do(
    desk: Annotated[Desk, Depends(acting(Act.SEND))],
    deed: Deed,
    *,
    key: Word = "",
    link: Word = "",
    absent: Annotated[bool, Form()] = False,
    reason: Word = "",
    text: Annotated[str, Form(max_length=5000)] = "",
    live: Annotated[bool, Form()] = False,
) -> Response:
    """What a person decides about a post; then back to where they came from."""
    filled = Filled(key, desk.name, link.strip(), absent, reason.strip(), text)
    with desk.change(deed.value, key, lambda: post_facts(desk.office, key, words=deed is Deed.REWORD)):
        post, notice = DEEDS[deed](desk.office, filled)
    if live:
        return desk.back(f"/console/live/{post.interview}", notice)
    return desk.back(f"/console/outbox/post?key={quote(key)}", notice)


def post_facts(office: Office, key: str, *, words: bool = False) -> dict[str, Any] | None:
    """Where a post is and why; its words too where they change."""
    post = office.store.outbox.find(key)
    if post is None:
        return None
    facts = {
        "state": post.state.chinese,
        "reason": post.reason,
        "held": post.held,
        "platform_id": post.platform_id,
        "hash": post.hash,
    }
    return facts | {"text": post.text} if words else facts
