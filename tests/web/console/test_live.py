"""The live desk: what it shows, what the operator does there, and what is kept of it."""

from datetime import timedelta

import pytest

from microblog.domain.people import Role
from microblog.domain.post import PostState
from microblog.domain.question import Comment
from microblog.service.live_desk import desk_version, live_desk
from tests.on_air import FIRST, OPENING, SECOND, force, on_air, part_of, run
from tests.shared import HOUR, MINUTE, START, Scene
from tests.web.site import Browser, browser_of, signed_in

DESK = "/console/live/1"


@pytest.fixture
def scene() -> Scene:
    return on_air()


@pytest.fixture
def browser(scene: Scene) -> Browser:
    return signed_in(scene, Role.OPERATOR, name="周值班")


def arrives(scene: Scene, text: str, name: str = "江边散步的人", number: int = 1) -> None:
    """A comment is stored as if it had just been read."""
    now = scene.clock.now()
    comment = Comment(1, "weibo", f"70{number:02d}", f"u{number}", name, text, now, now, now, under="1", likes=2)
    scene.store.comments.upsert([comment], [{}])


def test_the_desk_shows_every_part_as_it_will_look(scene: Scene, browser: Browser) -> None:
    run(scene, 2)
    page = browser.get(DESK).text
    assert '<span class="link">https://www.example.gov.cn/ft/interviews/1</span>' in page
    assert "1 个链接" in page
    assert "/140 字" in page
    assert "楼道里总有人给电动车充电" in page
    assert "已了结 1 条" in page
    assert "现在发" in page
    assert "下一条：答复 1 · 第 2 段" in page


def test_the_part_that_changes_is_the_page_without_its_frame(browser: Browser) -> None:
    part = browser.get(f"{DESK}/board").text
    assert "<html" not in part
    assert part.strip() in browser.get(DESK).text


def test_the_part_leaves_a_notice_to_the_next_whole_page(browser: Browser) -> None:
    browser.submit(f"{DESK}/hold", DESK, thread=FIRST)
    assert "已暂缓" not in browser.get(f"{DESK}/board").text
    assert "已暂缓：答复 1" in browser.get(DESK).text
    assert "已暂缓：答复 1" not in browser.get(DESK).text


def test_the_desk_of_an_interview_far_away_is_empty_and_says_so() -> None:
    scene = on_air()
    scene.store.interviews.save(scene.interview.evolve(date=None, start=None, end=None))
    page = signed_in(scene, Role.AUDITOR).get(DESK).text
    assert "日期未定" in page
    assert "现在发" not in page


def test_an_interview_that_does_not_exist_is_not_found(browser: Browser) -> None:
    assert browser.get("/console/live/99").status_code == 404
    assert browser.get("/console/live/99999999999999999999").status_code == 422


def test_whoever_only_reads_sees_no_button(scene: Scene) -> None:
    force(scene, OPENING, PostState.UNKNOWN, reason="请人工核实")
    page = signed_in(scene, Role.AUDITOR).get(DESK).text
    assert "要人处理（1）" in page
    assert "登记为已发布" not in page
    assert 'action="/ft/console/live' not in page


def test_strangers_words_are_shown_masked_and_as_text(scene: Scene, browser: Browser) -> None:
    arrives(scene, "<script>alert(1)</script>电话13812345678打了没人接，怎么办？", name="<b>老李</b>")
    page = browser.get(DESK).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;电话138********打了没人接" in page
    assert "<b>老李</b>" not in page
    assert "提问" in page


def test_only_what_came_since_the_event_began_is_new(scene: Scene, browser: Browser) -> None:
    arrives(scene, "开始以前的问题，归谁管？")
    now = START - MINUTE
    old = Comment(1, "weibo", "7099", "u9", "早来的人", "开始以前就问过，归谁管？", now, now, now, under="1")
    scene.store.comments.upsert([old], [{}])
    page = browser.get(DESK).text
    assert "江边散步的人" in page
    assert "早来的人" not in page


def test_an_answer_is_held_let_go_brought_forward_and_skipped(scene: Scene, browser: Browser) -> None:
    held = browser.submit(f"{DESK}/hold", DESK, thread=FIRST, reason="等核对")
    assert held.headers["location"] == "/ft/console/live/1#answer-1"
    page = browser.get(DESK).text
    assert "已暂缓：答复 1（2 段）" in page
    assert "周值班 暂缓：等核对" in page
    browser.submit(f"{DESK}/let-go", DESK, thread=FIRST)
    assert scene.post("answer 1 · part 1").held == ""
    browser.submit(f"{DESK}/send-now", DESK, thread=FIRST)
    assert scene.post("answer 1 · part 2").due_at == START
    browser.submit(f"{DESK}/skip", DESK, thread=SECOND, reason="与第一问重复")
    assert scene.state("answer 2 · part 1") is PostState.CANCELLED


def test_every_step_is_on_record_with_before_and_after(scene: Scene, browser: Browser) -> None:
    browser.submit(f"{DESK}/hold", DESK, thread=FIRST, reason="等核对")
    record = scene.store.people.records()[0]
    assert (record.who, record.verb, record.subject, record.outcome) == ("周值班", "hold", FIRST, "")
    assert record.before == {
        "答复 1 · 第 1 段": "已盖章，2024-04-25 15:01",
        "答复 1 · 第 2 段": "已盖章，2024-04-25 15:02",
    }
    assert record.after is not None
    assert record.after["答复 1 · 第 1 段"] == "已盖章，2024-04-25 15:01，周值班 暂缓：等核对"


def test_a_refused_step_says_why_and_is_on_record_too(scene: Scene, browser: Browser) -> None:
    refused = browser.submit(f"{DESK}/skip", DESK, thread=FIRST, reason=" ")
    assert refused.status_code == 422
    assert "请写明跳过“答复 1”的原因" in refused.text
    assert "请写明" in scene.store.people.records()[0].outcome


def test_an_unknown_post_is_settled_with_one_click_and_one_stays_at_the_desk(scene: Scene, browser: Browser) -> None:
    run(scene)
    force(scene, part_of(FIRST, 1), PostState.UNKNOWN, reason="请人工核实")
    page = browser.get(DESK).text
    assert "确认没有发出，原文再发一次" in page
    settled = browser.submit("/console/outbox/settle", DESK, key=part_of(FIRST, 1), absent="true", live="true")
    assert settled.headers["location"] == "/ft/console/live/1"
    assert scene.state("answer 1 · part 1") is PostState.DUE


def test_a_pause_and_a_silent_worker_are_said_aloud(scene: Scene, browser: Browser) -> None:
    assert "值守进程没有运行" in browser.get(DESK).text


def test_browsers_are_told_of_what_changes_and_of_nothing_else(scene: Scene) -> None:
    interview = scene.interview
    before = desk_version(scene.office, interview)
    scene.later(MINUTE)
    assert desk_version(scene.office, interview) == before
    run(scene)
    sent = desk_version(scene.office, interview)
    assert sent != before
    browser = signed_in(scene, Role.AUDITOR, browser=browser_of(scene, stream_for=timedelta(seconds=0.1)))
    assert f"event: changed\ndata: {sent}" in browser.get(f"{DESK}/events").text
    assert "changed" not in browser.get(f"{DESK}/events", headers={"Last-Event-ID": sent}).text


def test_what_goes_next_is_what_nothing_stands_before(scene: Scene) -> None:
    run(scene)
    force(scene, part_of(FIRST, 1), PostState.UNKNOWN)
    scene.later(HOUR)
    board = live_desk(scene.office, scene.interview)
    assert board.next_post is not None
    assert board.next_post.key == part_of(SECOND, 1)


def test_a_desk_is_chosen_from_the_interviews_under_way_first(browser: Browser) -> None:
    page = browser.get("/console/live").text
    assert '<a href="/ft/console/live/1">消防安全进社区</a>' in page
    assert "15:00—17:00" in page


def test_a_held_answer_is_shown_as_held_and_is_not_what_goes_next(scene: Scene, browser: Browser) -> None:
    run(scene)
    browser.submit(f"{DESK}/hold", DESK, thread=FIRST, reason="等核对")
    board = live_desk(scene.office, scene.interview)
    assert board.held == 2
    assert board.next_post is not None
    assert board.next_post.key == part_of(SECOND, 1)
    page = browser.get(DESK).text
    assert "<b>2</b>条暂缓，恢复前不会发出" in page
    assert "暂缓中" in page
    browser.submit(f"{DESK}/let-go", DESK, thread=FIRST)
    assert "恢复前不会发出" not in browser.get(DESK).text


def test_behind_a_held_opening_every_answer_waits_and_the_desk_says_so(scene: Scene, browser: Browser) -> None:
    browser.submit(f"{DESK}/hold", DESK, thread=OPENING)
    board = live_desk(scene.office, scene.interview)
    assert board.next_post is None
    assert board.held == 5
    assert [thread.state for thread in board.threads] == ["暂缓中", "前一条暂缓", "前一条暂缓"]


def test_a_post_that_went_out_by_hand_is_not_shown_as_held(scene: Scene, browser: Browser) -> None:
    browser.submit(f"{DESK}/hold", DESK, thread=OPENING)
    force(scene, OPENING, PostState.POSTED, platform_id="5012345678901234", posted_at=START)
    opening = live_desk(scene.office, scene.interview).threads[0]
    assert opening.state == "已发完"
    assert not opening.held
