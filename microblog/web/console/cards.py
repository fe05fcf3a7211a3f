"""Copy-ready cards: what the machine cannot send, a person pastes and ticks."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import Response

from microblog.domain.people import Act
from microblog.domain.post import Post
from microblog.service.card_box import card_box
from microblog.service.cards import cards_of, give_back, tick
from microblog.service.office import Office
from microblog.service.outbox import number_in
from microblog.service.shown import post_title
from microblog.web.console.live import Number, Sending, Word
from microblog.web.console.outbox import post_facts
from microblog.web.desk import Looking

router = APIRouter(prefix="/console/live/{number}/cards", include_in_schema=False)


@router.get("")
def show(desk: Looking, number: Number) -> Response:
    """The cards still to be pasted, and those that are done."""
    box = card_box(desk.office, desk.office.store.interviews.get(number))
    return desk.page("console/cards.html", box=box, may_send=desk.user.may(Act.SEND))


@router.post("/make")
def make(desk: Sending, number: Number, keys: Annotated[list[str] | None, Form(max_length=1000)] = None) -> Response:
    """Take posts out of the machine's hands and make their cards."""
    office, interview = desk.office, desk.office.store.interviews.get(number)
    posts = [office.store.outbox.get(key) for key in keys or []]
    with desk.change("card", interview.name, lambda: _states(office, posts)):
        made = cards_of(office, posts, by=desk.name)
    return desk.back(f"/console/live/{number}/cards", f"已做 {len(made)} 张卡片，这些微博不再自动发送")


@router.post("/done")
def done(desk: Sending, number: Number, key: Word = "", link: Word = "") -> Response:
    """A person has pasted a card."""
    office, pasted = desk.office, link.strip()
    with desk.change("paste", key, lambda: post_facts(office, key)):
        post = tick(office, key, number_in(office, pasted) if pasted else "", by=desk.name)
    return desk.back(f"/console/live/{number}/cards", f"已登记：{post_title(key)}，{post.state.chinese}")


@router.post("/back")
def take_back(desk: Sending, number: Number, key: Word = "") -> Response:
    """Let the machine send a post whose card was not pasted."""
    with desk.change("card-back", key, lambda: post_facts(desk.office, key)):
        give_back(desk.office, key, by=desk.name)
    return desk.back(f"/console/live/{number}/cards", f"已收回，恢复自动发布：{post_title(key)}")


def _states(office: Office, posts: list[Post]) -> dict[str, Any]:
    return {post_title(post.key): office.store.outbox.get(post.key).state.chinese for post in posts}
