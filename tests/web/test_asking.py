"""Asking on the portal: when it is taken, when it is not, and what keeps programs out."""

import re
from datetime import timedelta
from typing import Any

import pytest
from httpx2 import Response

from microblog.service.group import grouping_of
from microblog.service.polling import group_all
from tests.shared import CLOSES, HOUR, LEAD, Scene, adopted, announced, scene_of
from tests.web.site import Browser, browser_of, token_in

QUESTION = "我们小区的消防通道总被占用，打哪个电话？"
FIGURES = "零一二三四五六七八九"


@pytest.fixture
def scene() -> Scene:
    """An office whose channel is open."""
    opened = scene_of()
    announced(opened)
    return opened


@pytest.fixture
def browser(scene: Scene) -> Browser:
    return browser_of(scene)


def solved(html: str) -> str:
    """The answer to the sum on the page, as a person finds it."""
    found = re.search(r"算一算：(.)(加|减)(.)等于几", html)
    assert found is not None
    first, second = FIGURES.index(found[1]), FIGURES.index(found[3])
    return str(first + second if found[2] == "加" else first - second)


def filled(html: str, text: str = QUESTION, **changes: Any) -> dict[str, Any]:
    """The form of a page as a person fills it in."""
    ticket = html.partition('name="ticket" value="')[2].partition('"')[0]
    fields = {
        "form_token": token_in(html),
        "ticket": ticket,
        "answer": solved(html),
        "text": text,
        "name": "江边散步",
    }
    return fields | changes


def put(browser: Browser, text: str = QUESTION, **changes: Any) -> Response:
    """Open the page, fill in the form, send it."""
    answer: Response = browser.post(
        "/interviews/1/questions", data=filled(browser.get("/interviews/1").text, text, **changes)
    )
    return answer


def asked(scene: Scene) -> list[str]:
    return [comment.text for comment in scene.store.comments.of(1) if comment.source == "portal"]


def test_a_question_enters_the_same_table_as_the_comments(scene: Scene, browser: Browser) -> None:
    answer = put(browser)
    assert answer.status_code == 303
    (comment,) = scene.store.comments.of(1)
    assert (comment.source, comment.user_name, comment.text, comment.late) == ("portal", "江边散步", QUESTION, False)
    receipt = browser.get(answer.headers["location"].removeprefix("/ft"))
    assert "已收到" in receipt.text
    assert QUESTION in receipt.text
    assert "已收到" not in browser_of(scene).get("/interviews/1/questions/another").text


def test_a_question_is_grouped_with_the_rest(scene: Scene, browser: Browser) -> None:
    put(browser)
    assert group_all(scene.office) == 1
    grouping = grouping_of(scene.office, scene.interview)
    assert grouping is not None
    assert [placement.id for placement in grouping.placements] == [scene.store.comments.of(1)[0].id]


def test_a_form_sent_twice_is_one_question(scene: Scene, browser: Browser) -> None:
    fields = filled(browser.get("/interviews/1").text)
    first = browser.post("/interviews/1/questions", data=fields)
    second = browser.post("/interviews/1/questions", data=fields | {"text": "换了别的问题再发一次"})
    assert (second.status_code, second.headers["location"]) == (303, first.headers["location"])
    assert asked(scene) == [QUESTION]


def test_after_the_channel_closed_the_form_is_gone_and_says_since_when(scene: Scene, browser: Browser) -> None:
    open_page = browser.get("/interviews/1").text
    scene.at(CLOSES)
    page = browser.get("/interviews/1").text
    assert "<textarea" not in page
    assert "提问征集已于4月14日24时截止" in page
    late = browser.post("/interviews/1/questions", data=filled(open_page))
    assert late.status_code == 409
    assert "提问征集已于4月14日24时截止" in late.text
    assert QUESTION in late.text
    assert asked(scene) == []


def test_the_last_second_counts(scene: Scene, browser: Browser) -> None:
    scene.at(CLOSES - timedelta(seconds=1))
    assert put(browser).status_code == 303


def test_before_the_preview_nothing_can_be_asked() -> None:
    scene = scene_of()
    adopted(scene)
    browser = browser_of(scene)
    assert "提问征集尚未开始" in browser.get("/interviews/1").text
    token = browser.form_token()
    answer = browser.post("/interviews/1/questions", data={"form_token": token, "text": QUESTION})
    assert answer.status_code == 409
    assert asked(scene) == []


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"answer": "99"}, "算式的答案不对"),
        ({"answer": ""}, "算式的答案不对"),
        ({"answer": "一百"}, "算式的答案不对"),
        ({"ticket": "made.up.ticket"}, "页面已过期"),
        ({"ticket": ""}, "页面已过期"),
        ({"text": "短"}, "5 至 500 个字"),
        ({"text": "长" * 501}, "5 至 500 个字"),
        ({"name": "名" * 21}, "昵称最多 20 个字"),
        ({"name": "浦口发布"}, "不能与官方账号相同"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    scene: Scene, browser: Browser, changes: dict[str, str], why: str
) -> None:
    answer = put(browser, **changes)
    assert answer.status_code == 422
    assert why in answer.text
    assert changes.get("text", QUESTION) in answer.text
    assert asked(scene) == []


def test_a_sum_may_be_answered_in_full_width_figures(browser: Browser) -> None:
    page = browser.get("/interviews/1").text
    wide = solved(page).translate({ord("0") + figure: ord("０") + figure for figure in range(10)})
    assert browser.post("/interviews/1/questions", data=filled(page, answer=wide)).status_code == 303


def test_a_solved_sum_is_no_use_in_another_browser(scene: Scene, browser: Browser) -> None:
    fields = filled(browser.get("/interviews/1").text)
    other = browser_of(scene)
    fields["form_token"] = other.form_token()
    answer = other.post("/interviews/1/questions", data=fields)
    assert (answer.status_code, "页面已过期" in answer.text) == (422, True)


def test_a_form_left_open_for_hours_gets_a_new_sum(scene: Scene, browser: Browser) -> None:
    fields = filled(browser.get("/interviews/1").text)
    scene.later(3 * HOUR)
    assert "页面打开时间过长" in browser.post("/interviews/1/questions", data=fields).text


def test_one_address_asks_five_questions_in_ten_minutes(scene: Scene, browser: Browser) -> None:
    answers = [put(browser, f"{QUESTION}第{number}次") for number in range(6)]
    assert [answer.status_code for answer in answers] == [303] * 5 + [429]
    assert "约 10 分钟后再试" in answers[-1].text
    scene.later(timedelta(minutes=10))
    assert put(browser).status_code == 303
    assert len(asked(scene)) == 6


def test_two_questions_of_one_browser_are_one_asker(scene: Scene, browser: Browser) -> None:
    put(browser)
    put(browser, f"{QUESTION}再问一次")
    put(browser_of(scene), f"{QUESTION}别人也问")
    assert [len({one.user_id for one in scene.store.comments.of(1)}), len(asked(scene))] == [2, 3]


def test_nothing_is_kept_that_tells_who_asked(scene: Scene, browser: Browser) -> None:
    put(browser)
    (comment,) = scene.store.comments.of(1)
    kept = f"{comment}{scene.store.comments.raw('portal', comment.platform_id)}"
    assert "203.0.113.9" not in kept
    assert browser.cookies["__Host-microblog"] not in kept


def test_numbers_of_persons_are_starred_in_public(scene: Scene, browser: Browser) -> None:
    answer = put(browser, "我住浦口大道88栋2单元301室，电话13812345678，怎么报修消防栓？")
    receipt = browser.get(answer.headers["location"].removeprefix("/ft")).text
    assert "138********" in receipt
    assert "13812345678" not in receipt
    assert "301室" not in receipt


def test_the_page_with_the_form_is_kept_by_no_cache(browser: Browser) -> None:
    assert browser.get("/interviews/1").headers["Cache-Control"] == "no-store"
    assert LEAD not in browser.get("/interviews/1").text
