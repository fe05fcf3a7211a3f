"""An operator's day in a real browser: the desk tells what happens by itself, every decision is one click away."""

import pytest
from playwright.sync_api import Browser, expect

from microblog.domain.people import Role
from microblog.domain.post import PostState, Unknown
from microblog.domain.post import Undecidable as Undecided
from tests.on_air import FIRST, OPENING, SECOND, on_air, part_of, run
from tests.shared import MINUTE, Scene
from tests.web.console.pages import of_post
from tests.web.real import DESKTOP, PHONE, Window, served, window
from tests.web.site import PASSWORD, made

DESK, CARDS = "/console/live/1", "/console/live/1/cards"


def comes_in(seen: Window, name: str = "周值班") -> None:
    """Sign in as a person does."""
    seen.open("/console/sign-in")
    seen.page.get_by_label("用户名").fill(name)
    seen.page.get_by_label("密码").fill(PASSWORD)
    seen.page.get_by_role("button", name="登录").click()


def lost(scene: Scene) -> None:
    """The opening post is out; of the first answer's first part nobody knows."""
    run(scene)
    scene.platform.answers.append(Unknown(scene.clock.now(), "没有收到平台回答（超时）"))
    scene.platform.sightings.append(Undecided("同文评论不止一条，请人工核实"))
    scene.later(MINUTE)
    run(scene)
    scene.later(MINUTE)
    run(scene)
    assert scene.state("answer 1 · part 1") is PostState.UNKNOWN


@pytest.mark.slow
def test_an_operators_day(chromium: Browser) -> None:
    scene = on_air()
    made(scene, "周值班", [Role.OPERATOR])
    with served(scene) as address, window(chromium, address) as seen:
        comes_in(seen)
        seen.open(DESK)
        answers = seen.page.locator("#answer-2")
        answers.get_by_text("暂缓", exact=False).first.click()
        answers.get_by_label("为什么暂缓").fill("等消防大队核对数字")
        answers.get_by_role("button", name="确定暂缓").click()
        expect(seen.page.locator("#answer-2")).to_contain_text("周值班 暂缓：等消防大队核对数字")
        expect(seen.page.get_by_label("概况")).to_contain_text("2条暂缓，恢复前不会发出")
        lost(scene)
        expect(seen.page.get_by_role("heading", name="要人处理")).to_be_visible()
        seen.page.get_by_role("button", name="确认没有发出").click()
        expect(seen.page.locator("#alerts")).to_contain_text("已登记为没有发出")
        for _ in range(8):
            scene.later(MINUTE)
            run(scene)
        expect(seen.page.locator("#over")).to_contain_text("已了结 2 条")
        seen.page.locator("#let-go-answer-2").click()
        for _ in range(3):
            scene.later(MINUTE)
            run(scene)
        expect(seen.page.locator("#over")).to_contain_text("已了结 3 条")
        assert seen.faults == []
    texts = scene.platform.texts()
    assert len(texts) == len(set(texts)) == 5


def test_words_being_written_are_not_swept_away_by_news(chromium: Browser) -> None:
    scene = on_air()
    made(scene, "周值班", [Role.OPERATOR])
    with served(scene) as address, window(chromium, address) as seen:
        comes_in(seen)
        seen.open(DESK)
        answer = seen.page.locator("#answer-2")
        answer.get_by_text("跳过").first.click()
        answer.get_by_label("为什么跳过").fill("与第一")
        run(scene)
        expect(seen.page.get_by_role("link", name="看新进展")).to_be_visible()
        assert answer.get_by_label("为什么跳过").input_value() == "与第一"
        answer.get_by_label("为什么跳过").fill("")
        seen.page.get_by_role("link", name="看新进展").click()
        expect(seen.page.locator("#over")).to_contain_text("已了结 1 条")
        expect(seen.page.get_by_role("status").first).to_contain_text("已发完 0/2 条答复")


def test_everything_works_without_script(chromium: Browser) -> None:
    scene = on_air()
    made(scene, "周值班", [Role.OPERATOR])
    lost(scene)
    with served(scene) as address, window(chromium, address, script=False) as seen:
        comes_in(seen)
        seen.open(DESK)
        seen.page.get_by_role("button", name="确认没有发出").click()
        expect(seen.page.locator("#alerts")).to_contain_text("已登记为没有发出")
        for _ in range(8):
            scene.later(MINUTE)
            run(scene)
        seen.page.get_by_role("link", name="刷新").click()
        expect(seen.page.locator("#over")).to_contain_text("已了结 3 条")


def test_a_card_is_copied_word_for_word_and_ticked(chromium: Browser) -> None:
    scene = on_air()
    made(scene, "周值班", [Role.OPERATOR])
    with served(scene) as address, window(chromium, address) as seen:
        seen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        comes_in(seen)
        seen.open(f"/console/outbox/post?{of_post(OPENING)}")
        seen.page.get_by_role("button", name="转人工发布").click()
        seen.open(CARDS)
        seen.page.get_by_role("button", name="复制原文").click()
        expect(seen.page.get_by_text("已复制")).to_be_visible()
        assert seen.page.evaluate("navigator.clipboard.readText()") == scene.post("opening").text
        scene.platform.by_hand(scene.post("opening").text)
        seen.page.get_by_role("button", name="已粘贴发布").click()
        expect(seen.page.get_by_role("heading", name="已登记（1）")).to_be_visible()
    assert scene.state("opening") is PostState.POSTED


@pytest.mark.slow
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_operators_pages_are_sound(chromium: Browser, size: tuple[int, int]) -> None:
    scene = on_air()
    made(scene, "周值班", [Role.OPERATOR])
    lost(scene)
    with served(scene) as address, window(chromium, address, size=size) as seen:
        comes_in(seen)
        seen.open(f"/console/outbox/post?{of_post(part_of(SECOND, 2))}")
        seen.page.get_by_role("button", name="转人工发布").click()
        posts = [f"/console/outbox/post?{of_post(key)}" for key in (part_of(FIRST, 1), part_of(SECOND, 1))]
        for path in ("/console/live", DESK, CARDS, f"{DESK}/rehearsal", "/console/outbox", *posts):
            seen.open(path)
            seen.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
            assert (seen.serious(), seen.too_wide(), seen.faults) == ([], 0, []), path


def test_the_desk_is_worked_by_keyboard_alone(chromium: Browser) -> None:
    scene = on_air()
    made(scene, "周值班", [Role.OPERATOR])
    with served(scene) as address, window(chromium, address) as seen:
        comes_in(seen)
        seen.open(DESK)
        seen.page.locator("#hold-answer-1 summary").focus()
        seen.page.keyboard.press("Enter")
        seen.page.keyboard.press("Tab")
        seen.page.keyboard.type("等核对")
        seen.page.keyboard.press("Enter")
        expect(seen.page.locator("#alerts")).to_contain_text("已暂缓：答复 1")
    assert scene.post("answer 1 · part 1").held == "周值班 暂缓：等核对"
