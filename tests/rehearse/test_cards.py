"""Cards: the exact sealed words, taken out of the machine's hands, pasted and ticked by a person."""

import re
from html import unescape
from pathlib import Path

import pytest

from microblog.domain.errors import InvalidInput, LoginExpired, NotAllowed
from microblog.domain.outbox import Change
from microblog.domain.post import LoginNeeded, Post, PostKind, PostState, Refused, Verb
from microblog.papers.cards import Card, cards_html, cards_text
from microblog.service.cards import cards_of, give_back, posts_for_cards, tick
from microblog.service.dispatch import dispatch
from microblog.service.live import look_again
from microblog.service.ports import Store
from microblog.service.read_back import reconcile
from microblog.store.memory import MemoryStore
from tests.service.conftest import desk, store
from tests.shared import DAY, HOUR, MINUTE, OPERATOR, START, Scene, a_post, put, scene_of, sealed

__all__ = ["desk", "store"]

PREVIEW = "interview 1 · preview"
OPENING = "interview 1 · opening"
ANSWER = "interview 1 · answer 1 · part 1"
ID = "5118500000009999"
TEMPLATE = (Path(__file__).parents[2] / "config" / "templates" / "cards.html.j2").read_text("utf-8")


def post(scene: Scene, key: str = PREVIEW) -> Post:
    return scene.store.outbox.get(key)


def thread(scene: Scene) -> None:
    """An opening and two parts of an answer, all sealed."""
    put(scene, a_post(OPENING, kind=PostKind.OPENING))
    for part, verb in ((1, Verb.COMMENT), (2, Verb.REPLY)):
        before = OPENING if part == 1 else f"interview 1 · answer 1 · part {part - 1}"
        key = f"interview 1 · answer 1 · part {part}"
        put(scene, a_post(key, kind=PostKind.ANSWER, verb=verb, follows=before, under=OPENING, order=part))


def test_a_card_holds_the_sealed_words_and_nothing_else_between_its_rules(desk: Scene) -> None:
    words = "【微访谈】第一行\n第二行 <b>&amp; =1+1 https://www.example.gov.cn/ft "
    put(desk, a_post(text=words))
    [card] = cards_of(desk.office, [post(desk)], by=OPERATOR)
    rule = "─" * 40
    assert cards_text([card]).split(f"\n{rule}\n")[1] == words
    page = cards_html([card], title="卡片", template=TEMPLATE)
    shown = re.findall(r"<pre>(.*?)</pre>", page, re.DOTALL)
    assert [unescape(one) for one in shown] == [words]
    assert "<b>" not in page
    assert not re.search(r"(src|href)=\"(?!https://platform)", page)


def test_the_machine_never_sends_what_is_on_a_card(desk: Scene) -> None:
    put(desk, a_post())
    cards_of(desk.office, [post(desk)], by=OPERATOR)
    for _ in range(90):
        dispatch(desk.office)
        desk.later(MINUTE)
    assert desk.platform.delivered == []
    assert (desk.state("preview"), post(desk).reason) == (PostState.MISSED, "已转人工发布（卡片）")


def test_a_card_not_pasted_can_be_given_back(desk: Scene) -> None:
    put(desk, a_post())
    cards_of(desk.office, [post(desk)], by=OPERATOR)
    give_back(desk.office, PREVIEW, by=OPERATOR)
    assert dispatch(desk.office).sent == 1
    with pytest.raises(NotAllowed):
        give_back(desk.office, PREVIEW, by=OPERATOR)


def test_what_the_machine_missed_is_not_given_back_by_this_door(desk: Scene) -> None:
    put(desk, a_post(latest_at=START - MINUTE, due_at=START - HOUR))
    dispatch(desk.office)
    assert desk.state("preview") is PostState.MISSED
    with pytest.raises(NotAllowed, match="不是已做卡片"):
        give_back(desk.office, PREVIEW, by=OPERATOR)


@pytest.mark.parametrize("state", [PostState.DRAFT, PostState.SEALED])
def test_unsealed_words_are_on_no_card_and_cannot_be_ticked(desk: Scene, state: PostState) -> None:
    put(desk, a_post(), bodies=["data-centre"])
    desk.store.outbox.move(PREVIEW, Change(state), expect=[PostState.SEALED])
    with pytest.raises(NotAllowed, match="没有全部盖章"):
        cards_of(desk.office, [post(desk)], by=OPERATOR)
    with pytest.raises(NotAllowed, match="没有全部盖章"):
        tick(desk.office, PREVIEW, ID, by=OPERATOR)
    assert desk.state("preview") is state


def test_one_bad_post_leaves_the_others_with_the_machine(desk: Scene) -> None:
    put(desk, a_post())
    put(desk, a_post(OPENING), bodies=[])
    with pytest.raises(NotAllowed):
        cards_of(desk.office, [post(desk), post(desk, OPENING)], by=OPERATOR)
    assert desk.state("preview") is PostState.SEALED


@pytest.mark.parametrize("state", [PostState.SENDING, PostState.POSTED, PostState.LANDED, PostState.UNKNOWN])
def test_what_may_be_out_already_gets_no_card(desk: Scene, state: PostState) -> None:
    put(desk, a_post())
    desk.store.outbox.move(PREVIEW, Change(state), expect=[PostState.SEALED])
    with pytest.raises(NotAllowed, match="不能做卡片"):
        cards_of(desk.office, [post(desk)], by=OPERATOR)


def test_a_ticked_card_is_posted_with_its_number_and_in_the_journal(desk: Scene) -> None:
    put(desk, a_post())
    cards_of(desk.office, [post(desk)], by=OPERATOR)
    done = tick(desk.office, PREVIEW, ID, by=OPERATOR)
    assert (done.state, done.platform_id, done.posted_at) == (PostState.POSTED, ID, desk.clock.now())
    assert [(entry.who, entry.verb) for entry in desk.store.journal.entries(PREVIEW)] == [
        (OPERATOR, "card"),
        (OPERATOR, "paste"),
    ]


@pytest.mark.parametrize("key", [PREVIEW])
def test_a_post_pasted_before_its_time_without_a_card_is_never_sent(desk: Scene, key: str) -> None:
    put(desk, a_post(due_at=START + HOUR, latest_at=START + DAY))
    tick(desk.office, key, ID, by=OPERATOR)
    desk.later(2 * HOUR)
    dispatch(desk.office)
    assert desk.platform.delivered == []


def test_a_post_is_ticked_once(desk: Scene) -> None:
    put(desk, a_post())
    tick(desk.office, PREVIEW, ID, by=OPERATOR)
    with pytest.raises(NotAllowed, match="不用登记"):
        tick(desk.office, PREVIEW, ID, by=OPERATOR)


def test_one_number_is_one_posts(desk: Scene) -> None:
    put(desk, a_post())
    put(desk, a_post(OPENING))
    tick(desk.office, PREVIEW, ID, by=OPERATOR)
    with pytest.raises(NotAllowed, match="已登记为"):
        tick(desk.office, OPENING, ID, by=OPERATOR)
    with pytest.raises(InvalidInput):
        tick(desk.office, OPENING, "abc", by=OPERATOR)


def test_without_a_link_the_words_are_looked_for(desk: Scene) -> None:
    put(desk, a_post())
    cards_of(desk.office, [post(desk)], by=OPERATOR)
    number = desk.platform.by_hand(post(desk).text)
    assert tick(desk.office, PREVIEW, "", by=OPERATOR).platform_id == number
    assert desk.store.journal.spent(START) == {"look": 1}


def test_without_a_link_and_without_an_answer_the_persons_word_counts(desk: Scene) -> None:
    put(desk, a_post())
    cards_of(desk.office, [post(desk)], by=OPERATOR)
    desk.platform.down = True
    done = tick(desk.office, PREVIEW, "", by=OPERATOR)
    assert (done.state, done.platform_id, done.not_before) == (PostState.LANDED, None, None)
    assert tick(desk.office, PREVIEW, ID, by=OPERATOR).platform_id == ID


def test_a_pasted_post_without_a_number_is_looked_for_when_a_person_asks(desk: Scene) -> None:
    put(desk, a_post())
    cards_of(desk.office, [post(desk)], by=OPERATOR)
    desk.platform.down = True
    number = desk.platform.by_hand(post(desk).text)
    desk.later(HOUR)
    tick(desk.office, PREVIEW, "", by=OPERATOR)
    desk.platform.down = False
    look_again(desk.office, PREVIEW, by=OPERATOR)
    reconcile(desk.office)
    assert (post(desk).state, post(desk).platform_id) == (PostState.POSTED, number)


def test_a_pasted_post_that_nobody_can_see_is_not_sent_by_the_machine(desk: Scene) -> None:
    put(desk, a_post())
    cards_of(desk.office, [post(desk)], by=OPERATOR)
    tick(desk.office, PREVIEW, "", by=OPERATOR)
    for _ in range(3):
        desk.later(HOUR)
        look_again(desk.office, PREVIEW, by=OPERATOR)
        reconcile(desk.office)
        dispatch(desk.office)
    assert (post(desk).state, post(desk).not_before) == (PostState.UNKNOWN, None)
    assert desk.platform.delivered == []


def test_a_pasted_post_is_dated_when_the_platform_took_it(desk: Scene) -> None:
    put(desk, a_post())
    cards_of(desk.office, [post(desk)], by=OPERATOR)
    number = desk.platform.by_hand(post(desk).text)
    desk.later(2 * HOUR)
    assert tick(desk.office, PREVIEW, number, by=OPERATOR).posted_at == START


def test_the_machine_goes_on_behind_a_ticked_card(desk: Scene) -> None:
    thread(desk)
    cards_of(desk.office, [post(desk, OPENING)], by=OPERATOR)
    dispatch(desk.office)
    assert desk.platform.delivered == []
    number = desk.platform.by_hand(post(desk, OPENING).text)
    tick(desk.office, OPENING, number, by=OPERATOR)
    for _ in range(4):
        dispatch(desk.office)
        desk.later(MINUTE)
    assert [delivery.status_id for delivery in desk.platform.delivered] == [number, number]


def test_a_card_says_where_to_paste(desk: Scene) -> None:
    thread(desk)
    before = cards_of(desk.office, [post(desk, ANSWER)], by=OPERATOR)[0]
    assert before.where == "先发布“开场”；在这条微博下发评论"
    tick(desk.office, OPENING, ID, by=OPERATOR)
    after = cards_of(desk.office, [post(desk, ANSWER)], by=OPERATOR)[0]
    assert (after.where, after.link) == ("在这条微博下发评论", f"https://platform.invalid/{ID}")


def test_an_interviews_cards_are_those_the_platform_will_not_take() -> None:
    scene = scene_of()
    sealed(scene)
    assert posts_for_cards(scene.office, scene.interview) == []
    scene.at(START)
    scene.platform.answers.append(Refused("接口没有开放"))
    dispatch(scene.office)
    chosen = posts_for_cards(scene.office, scene.interview)
    assert chosen[0].kind is PostKind.OPENING
    assert {one.kind for one in chosen} == {PostKind.OPENING, PostKind.ANSWER}


def test_a_dead_login_puts_every_sealed_post_on_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = scene_of(MemoryStore())
    sealed(scene)
    scene.at(START)
    scene.platform.answers.append(LoginNeeded("微博登录已失效"))
    dispatch(scene.office)

    def dead() -> None:
        raise LoginExpired("微博登录已失效")

    monkeypatch.setattr(scene.platform, "login", dead)
    cards = cards_of(scene.office, posts_for_cards(scene.office, scene.interview), by=OPERATOR)
    unsent = [one for one in scene.store.outbox.posts(interview=1) if not one.state.on_platform]
    assert [card.post.key for card in cards] == [one.key for one in unsent]


def test_a_page_of_hostile_words_runs_nothing(store: Store) -> None:
    hostile = a_post(text="</pre><script>alert(1)</script>\u202e{{ 7*7 }}")
    page = cards_html([Card(hostile, "<img src=x onerror=alert(1)>")], title="<i>", template=TEMPLATE)
    assert "<script" not in page
    assert "<img" not in page
    assert "49" not in page.split("<pre>")[1]
