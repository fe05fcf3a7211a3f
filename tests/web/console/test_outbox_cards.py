"""Cards and the rehearsal that says which are needed."""

from datetime import timedelta

import pytest

from microblog.domain.people import Role
from microblog.domain.post import PostState
from microblog.service.live import hold
from tests.on_air import FIRST, OPENING, SECOND, force, on_air, part_of, run
from tests.shared import OPERATOR, Scene
from tests.web.site import Browser, signed_in

CARDS = "/console/live/1/cards"


@pytest.fixture
def scene() -> Scene:
    return on_air()


@pytest.fixture
def browser(scene: Scene) -> Browser:
    return signed_in(scene, Role.OPERATOR, name="周值班")


def make(browser: Browser, *keys: str) -> int:
    """Make cards of these posts; returns the status."""
    token = browser.form_token(CARDS)
    answer = browser.post(f"{CARDS}/make", data={"form_token": token, "keys": list(keys)})
    return int(answer.status_code)


def test_a_card_holds_the_exact_words_and_says_where_they_go(scene: Scene, browser: Browser) -> None:
    run(scene)
    assert make(browser, part_of(FIRST, 1), part_of(FIRST, 2)) == 303
    page = browser.get(CARDS).text
    assert f">{scene.post('answer 1 · part 1').text}</textarea>" in page
    assert "在这条微博下发评论" in page
    assert "回复我们自己的评论“答复 1 · 第 1 段”" in page
    assert "待人工粘贴" in page


def test_the_machine_sends_no_post_that_became_a_card(scene: Scene, browser: Browser) -> None:
    make(browser, part_of(FIRST, 1))
    run(scene, 5)
    assert part_of(FIRST, 1) not in [delivery.key for delivery in scene.platform.delivered]


def test_a_pasted_card_is_ticked_and_stays_on_the_list(scene: Scene, browser: Browser) -> None:
    make(browser, OPENING)
    number = scene.platform.by_hand(scene.post("opening").text)
    done = browser.submit(f"{CARDS}/done", CARDS, key=OPENING, link="")
    assert done.status_code == 303
    assert scene.post("opening").platform_id == number
    page = browser.get(CARDS).text
    assert "已登记（1）" in page
    assert "由 周值班 人工发布" in page
    assert scene.store.people.records()[0].verb == "paste"


def test_a_card_is_ticked_by_its_link(scene: Scene, browser: Browser) -> None:
    make(browser, OPENING)
    browser.submit(f"{CARDS}/done", CARDS, key=OPENING, link="https://weibo.com/1000000001/OkT2Pn0JQ")
    assert scene.state("opening") is PostState.POSTED


def test_a_card_can_be_given_back_to_the_machine(scene: Scene, browser: Browser) -> None:
    make(browser, OPENING)
    browser.submit(f"{CARDS}/back", CARDS, key=OPENING)
    run(scene)
    assert scene.state("opening") is PostState.POSTED


def test_a_post_on_its_way_becomes_no_card_and_none_of_the_others_either(scene: Scene, browser: Browser) -> None:
    force(scene, part_of(FIRST, 1), PostState.SENDING)
    assert make(browser, OPENING, part_of(FIRST, 1)) == 409
    assert scene.state("opening") is PostState.SEALED


def test_words_that_lost_their_seals_since_the_card_was_made_are_not_pasted(scene: Scene, browser: Browser) -> None:
    make(browser, OPENING)
    scene.store.outbox.reword(OPENING, "【访谈开始】别的话", OPERATOR, expect=[PostState.MISSED])
    force(scene, OPENING, PostState.MISSED, reason="已转人工发布（卡片）")
    page = browser.get(CARDS).text
    assert "开场 的文字没有全部盖章" in page
    assert "复制原文" not in page


def test_no_cards_are_said_to_be_none(browser: Browser) -> None:
    assert "没有要粘贴的卡片" in browser.get(CARDS).text


def test_the_rehearsal_shows_what_will_go_when() -> None:
    scene = on_air()
    page = signed_in(scene, Role.AUDITOR).get("/console/live/1/rehearsal").text
    assert "能在时段内全部自动发完" in page
    assert "答复 2 · 第 2 段" in page
    assert "做成卡片" not in page


def test_the_rehearsal_offers_cards_for_what_will_not_fit() -> None:
    scene = on_air(pace=timedelta(hours=1))
    page = signed_in(scene, Role.OPERATOR).get("/console/live/1/rehearsal").text
    assert "有的发不完或发不了" in page
    assert f'value="{part_of(SECOND, 2)}" checked' in page
    assert f"{part_of(SECOND, 2)}：" not in page
    assert "答复 2 · 第 2 段：" in page


def test_the_rehearsal_says_what_is_held_and_offers_no_card_for_it() -> None:
    scene = on_air()
    hold(scene.office, scene.interview, SECOND, by=OPERATOR, reason="等核对")
    page = signed_in(scene, Role.OPERATOR).get("/console/live/1/rehearsal").text
    assert "有 2 条暂缓，不会自动发出" in page
    assert f"答复 2 · 第 1 段：{OPERATOR} 暂缓：等核对，不会自动发出，请恢复或跳过" in page
    assert '<span class="state wait">暂缓</span>' in page
    assert "做成卡片" not in page
