"""The outbox: the list, the file of a post, and every decision about one."""

import pytest

from microblog.domain.people import Role
from microblog.domain.post import PostState, Unknown
from microblog.service.post_view import Deed, deeds_of
from tests.on_air import FIRST, OPENING, force, on_air, opening, part_of, run
from tests.shared import MINUTE, OPERATOR, Scene
from tests.web.console.pages import of_post
from tests.web.site import Browser, signed_in

LIST = "/console/outbox"
PART = part_of(FIRST, 1)


@pytest.fixture
def scene() -> Scene:
    return on_air()


@pytest.fixture
def browser(scene: Scene) -> Browser:
    return signed_in(scene, Role.OPERATOR, name="周值班")


def does(browser: Browser, deed: str, key: str = PART, **fields: str) -> str:
    """Send the form of a deed; returns the page it leads to, or what it was refused with."""
    answer = browser.submit(f"{LIST}/{deed}", LIST + "/post?" + of_post(key), key=key, **fields)
    if answer.status_code == 303:
        answer = browser.get(answer.headers["location"].removeprefix("/ft"))
    return str(answer.text)


def test_the_list_names_every_post_and_what_each_state_means(browser: Browser) -> None:
    page = browser.get(LIST).text
    assert page.count('<th scope="row">') == 5
    assert "答复 1 · 第 2 段" in page
    assert "绝不盲目重发" in page


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("?state=sealed", 4),
        ("?state=unknown", 1),
        ("?kind=opening", 1),
        ("?asking=true", 1),
        ("?interview=1&kind=answer", 4),
        ("?interview=2", 0),
        ("?skip=3", 2),
        ("?interview=&state=&kind=", 5),
    ],
)
def test_the_list_can_be_narrowed(scene: Scene, browser: Browser, query: str, rows: int) -> None:
    force(scene, OPENING, PostState.UNKNOWN, reason="请人工核实")
    assert browser.get(LIST + query).text.count('<th scope="row">') == rows


@pytest.mark.parametrize("query", ["?state=nothing", "?interview=x", "?skip=-1", "?interview=99999999999"])
def test_a_filter_that_means_nothing_is_refused(browser: Browser, query: str) -> None:
    assert browser.get(LIST + query).status_code == 422


def test_the_file_of_a_post_holds_words_seals_attempts_and_history(scene: Scene, browser: Browser) -> None:
    scene.platform.answers.append(Unknown(scene.clock.now() + MINUTE, "没有收到平台回答（超时）"))
    run(scene)
    page = browser.get(f"{LIST}/post?{of_post(OPENING)}").text
    assert "数据中心：王审核" in page
    assert "没有收到平台回答（超时）" in page
    assert "与现在一字不差" in page
    assert "发出后没有得到明确回答" in page
    assert "worker 1 发送" in page


def test_what_was_done_to_the_thread_is_in_the_history_of_its_parts(browser: Browser) -> None:
    page = does(browser, "hold", reason="等核对")
    assert "周值班 暂缓：等核对" in page
    assert "周值班 暂缓</li>" in page


def test_a_post_that_does_not_exist_is_not_found(browser: Browser) -> None:
    assert browser.get(f"{LIST}/post?key=interview 9 · preview").status_code == 404
    assert browser.get(f"{LIST}/post").status_code == 404


def test_a_post_is_settled_by_its_link(scene: Scene, browser: Browser) -> None:
    force(scene, PART, PostState.UNKNOWN)
    assert "请粘贴微博链接或编号" in does(browser, "settle")
    assert "找不到微博编号" in does(browser, "settle", link="https://example.com/x")
    assert "已登记为已发布" in does(browser, "settle", link=" 5118500000000077 ")
    assert scene.post("answer 1 · part 1").platform_id == "5118500000000077"


def test_link_and_absence_at_once_settle_nothing(scene: Scene, browser: Browser) -> None:
    force(scene, PART, PostState.UNKNOWN)
    does(browser, "settle", link="5118500000000077", absent="true")
    assert scene.state("answer 1 · part 1") is PostState.UNKNOWN


def test_a_missed_post_goes_out_with_a_yes(scene: Scene, browser: Browser) -> None:
    scene.later(11 * MINUTE)
    run(scene)
    assert scene.state("opening") is PostState.MISSED
    assert "已同意补发" in does(browser, "late", OPENING)
    run(scene)
    assert scene.state("opening") is PostState.POSTED


def test_a_refused_post_is_reworded_and_waits_for_seals(scene: Scene, browser: Browser) -> None:
    force(scene, PART, PostState.REFUSED, reason="内容不合规")
    page = does(browser, "reword", text="【答】改过的第一行。\r\n第二行。  ")
    assert "文字已改，须重新盖章" in page
    assert "此章作废" in page
    post = scene.post("answer 1 · part 1")
    assert (post.text, post.author, post.state) == ("【答】改过的第一行。\n第二行。", "周值班", PostState.DRAFT)


def test_the_record_of_new_words_holds_the_old_ones(scene: Scene, browser: Browser) -> None:
    before = scene.post("answer 1 · part 1").text
    does(browser, "reword", text="【答】改过的答复。")
    record = scene.store.people.records()[0]
    assert record.before is not None
    assert record.after is not None
    assert (record.before["text"], record.after["text"]) == (before, "【答】改过的答复。")


def test_words_that_are_too_long_are_refused_in_place(browser: Browser) -> None:
    assert "超过140字" in does(browser, "reword", text="长" * 141)


def test_a_post_is_cancelled_with_its_reason_and_not_without(scene: Scene, browser: Browser) -> None:
    assert "请写明取消的原因" in does(browser, "cancel")
    assert "已取消" in does(browser, "cancel", reason="领导决定不发")
    assert scene.post("answer 1 · part 1").reason == "领导决定不发"


@pytest.mark.parametrize("state", list(PostState))
def test_what_is_offered_can_be_done_and_what_is_not_offered_cannot(
    scene: Scene, browser: Browser, state: PostState
) -> None:
    fields = {"reason": "试", "text": "【答】别的话。", "absent": "true"}
    post = opening()
    for deed in Deed:
        scene.store.outbox.reword(OPENING, post.text, OPERATOR, expect=list(PostState))
        scene.store.outbox.hold(OPENING, "", expect=list(PostState))
        force(scene, OPENING, state)
        offered = deed in deeds_of(scene.post("opening"))
        page = browser.submit(f"{LIST}/{deed}", LIST, key=OPENING, **fields)
        assert (page.status_code == 303) is offered, f"{state} {deed}: {page.status_code}"


def test_nobody_but_the_operator_is_offered_anything(scene: Scene) -> None:
    page = signed_in(scene, Role.ANALYST).get(f"{LIST}/post?{of_post(PART)}").text
    assert "处理微博由值班员进行" in page
    assert "取消这一条" not in page
