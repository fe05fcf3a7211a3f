"""An analyst's day and two reviewers' day in a real browser, and every page of theirs at a desk and on a phone."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from microblog.domain.people import Role
from microblog.domain.script import ScriptState
from microblog.service.collect import collect
from microblog.service.draft import latest_script
from microblog.service.group import regroup
from tests.shared import LEAD, Scene, collected, scene_of, submitted
from tests.web.console.test_live_browser import comes_in
from tests.web.real import DESKTOP, PHONE, Window, served, window
from tests.web.site import PASSWORD, code_at, made

DESK = "/console/clusters/1"


def comes_in_with_code(seen: Window, scene: Scene, name: str, secret: str) -> None:
    """Sign in with a one-time code; the next one is good a minute later."""
    seen.open("/console/sign-in")
    seen.page.get_by_label("用户名").fill(name)
    seen.page.get_by_label("密码").fill(PASSWORD)
    seen.page.get_by_label("动态口令").fill(code_at(secret, scene.clock.now()))
    seen.page.get_by_role("button", name="登录").click()
    scene.later(timedelta(minutes=1))


def press(page: Page, key: str) -> None:
    """Press a key once the page has its scripts: before that nobody listens, and a person would press again."""
    page.wait_for_load_state("load")
    page.wait_for_timeout(500)
    page.keyboard.press(key)


@pytest.mark.slow
def test_an_analysts_day_by_keyboard(chromium: Browser) -> None:
    scene = scene_of()
    collected(scene)
    made(scene, "小周", [Role.ANALYST])
    regroup(scene.office, scene.interview)
    with served(scene) as address, window(chromium, address) as seen:
        comes_in(seen, "小周")
        seen.page.get_by_role("link", name="征集已截止，还没有选定代表性问题").click()
        seen.page.get_by_label("本期各页").get_by_role("link", name="归类").click()
        page = seen.page
        topics = page.locator("#pane-topics .line")
        expect(topics).to_have_count(4)
        press(page, "j")
        press(page, "x")
        press(page, "j")
        press(page, "x")
        press(page, "m")
        expect(page.locator(".told")).to_contain_text("已合并话题")
        expect(topics).to_have_count(3)
        press(page, "u")
        expect(page.locator(".told")).to_contain_text("已撤销")
        expect(topics).to_have_count(4)
        press(page, "r")
        page.get_by_label("新名称").fill("电动车进楼")
        page.get_by_label("新名称").press("Enter")
        expect(page.locator(".told")).to_contain_text("改名为“电动车进楼”")
        press(page, "]")
        expect(page.locator(".told")).to_contain_text("归类调细到 +1")
        press(page, "l")
        press(page, "l")
        press(page, "v")
        expect(page.locator("#targets")).to_be_visible()
        press(page, "Escape")
        press(page, "/")
        page.keyboard.type("灭火器")
        press(page, "Enter")
        expect(page.locator("#hits-title")).to_contain_text("2 条")
        press(page, "Escape")
        press(page, "?")
        expect(page.locator("#keys")).to_be_visible()
        press(page, "Escape")
        page.get_by_role("link", name="修改记录").click()
        expect(page.locator("#history-title")).to_be_visible()
        expect(page.get_by_text("小周 于")).to_have_count(1)
        page.get_by_role("link", name="选题").last.click()
        page.get_by_label("处理").first.select_option("drop")
        expect(page.locator("#coverage")).to_contain_text("3 个问题")
        page.get_by_label("原因").first.fill("不属于本期主题")
        page.get_by_role("button", name="确定选题").click()
        expect(page.locator("#alerts")).to_contain_text("已选定 3 个代表性问题")
        assert seen.faults == []
    assert next(one.title for one in scene.store.corrections.of(1) if one.holds).endswith("改名为“电动车进楼”")
    assert len(scene.store.questions.selections(1)) == 3


@pytest.mark.slow
def test_news_come_by_themselves_and_move_nothing(chromium: Browser) -> None:
    scene = scene_of()
    collected(scene)
    made(scene, "小周", [Role.ANALYST])
    regroup(scene.office, scene.interview)
    with served(scene) as address, window(chromium, address) as seen:
        comes_in(seen, "小周")
        seen.open(DESK)
        expect(seen.page.locator("#pane-topics .line")).to_have_count(4)
        scene.platform.netizen(
            str(scene.post("preview").platform_id), "燃气软管多久换一次？", user_id="88", name="新网友"
        )
        collect(scene.office, scene.interview, full=True)
        expect(seen.page.locator("#news")).to_contain_text("新到 1 条留言，已在后台归好", timeout=15_000)
        expect(seen.page.locator("#pane-topics .line")).to_have_count(4)
        seen.page.get_by_role("link", name="现在看").click()
        expect(seen.page.locator("#pane-topics .line")).to_have_count(5)
        expect(seen.page.locator("#news")).to_be_empty()
        assert seen.faults == []


@pytest.mark.slow
def test_two_reviewers_day(chromium: Browser) -> None:
    scene = scene_of()
    submitted(scene)
    made(scene, LEAD, [Role.LEAD_UNIT])
    secrets = {
        name: made(scene, name, [role])
        for role, name in ((Role.DATA_CENTRE, "王审核"), (Role.MEDIA_CENTRE, "李审核"))
    }
    with served(scene) as address:
        with window(chromium, address) as seen:
            comes_in_with_code(seen, scene, "李审核", secrets["李审核"])
            seen.page.get_by_role("link", name="处文字待融媒体中心盖章").click()
            seen.page.get_by_label("意见").fill("结束语请写明答复时限")
            seen.page.get_by_role("button", name="退回修改").click()
            expect(seen.page.locator("#alerts")).to_contain_text("已退回第1版")
            assert seen.faults == []
        with window(chromium, address) as seen:
            comes_in(seen, LEAD)
            seen.page.get_by_role("link", name="第1版访谈稿被退回，须修改").click()
            expect(seen.page.locator(".alert").first).to_contain_text("结束语请写明答复时限")
            closing = seen.page.locator("#s-closing textarea")
            closing.fill(f"{closing.input_value()}五个工作日内答复。")
            expect(seen.page.locator("#unsaved")).to_have_text("有未保存的改动")
            press(seen.page, "Control+s")
            expect(seen.page.locator("#alerts")).to_contain_text("已保存，第2版")
            seen.page.get_by_label("字数不足仍要送审的原因").fill("专题短访谈")
            seen.page.get_by_role("button", name="送审").click()
            expect(seen.page.locator("#alerts")).to_contain_text("第2版已送审")
            assert seen.faults == []
        for name, secret in secrets.items():
            with window(chromium, address) as seen:
                comes_in_with_code(seen, scene, name, secret)
                seen.open("/console/review/1")
                expect(seen.page.locator("ins")).to_have_text("五个工作日内答复。")
                seen.page.get_by_label("全部勾选").check()
                seen.page.get_by_label("动态口令").fill(code_at(secret, scene.clock.now()))
                seen.page.get_by_role("button", name="盖章").click()
                expect(seen.page.locator("#alerts")).to_contain_text("已盖章")
                assert seen.faults == []
    script = latest_script(scene.office, scene.interview)
    assert script is not None
    assert (script.version, script.state) == (2, ScriptState.FINAL)


PAGES = (
    "/console/today",
    "/console/calendar?year=2024",
    "/console/changes",
    "/console/clusters",
    DESK,
    f"{DESK}?tab=history",
    f"{DESK}?find=消防",
    "/console/questions/1",
    "/console/script/1",
    "/console/review/1",
)


@pytest.mark.slow
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_every_page_is_accessible_and_fits(chromium: Browser, size: tuple[int, int]) -> None:
    scene = scene_of()
    submitted(scene)
    made(scene, "小周", [Role.ANALYST, Role.LEAD_UNIT, Role.OPERATOR])
    regroup(scene.office, scene.interview)
    with served(scene) as address, window(chromium, address, size=size) as seen:
        comes_in(seen, "小周")
        for path in PAGES:
            seen.open(path)
            assert seen.serious() == [], path
            assert seen.too_wide() <= 0, path
        assert seen.faults == []
