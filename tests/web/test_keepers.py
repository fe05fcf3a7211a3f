"""Signing in with a code, and the organiser's pages, in a real browser."""

import pytest
from playwright.sync_api import Browser, expect

from microblog.domain.people import Role
from microblog.service.people import add_user
from tests.shared import MINUTE, adopted, scene_of
from tests.web.real import DESKTOP, PHONE, Window, served, window
from tests.web.site import PASSWORD, code_at, gate_of, made


def comes_in(seen: Window, name: str, code: str = "", password: str = PASSWORD) -> None:
    """Sign in as a person does, by the labels of the form."""
    seen.open("/console/sign-in")
    seen.page.get_by_label("用户名").fill(name)
    seen.page.get_by_label("密码").fill(password)
    seen.page.get_by_label("动态口令").fill(code)
    seen.page.get_by_role("button", name="登录").click()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_organisers_pages_are_sound(chromium: Browser, size: tuple[int, int]) -> None:
    scene = scene_of()
    adopted(scene)
    secret = made(scene, "主任", [Role.ORGANISER])
    with served(scene) as address, window(chromium, address, size=size) as seen:
        seen.open("/console/sign-in")
        assert seen.serious() == []
        comes_in(seen, "主任", code_at(secret, scene.clock.now()))
        for path in ("people", "units", "records", "account", "account/code"):
            seen.open(f"/console/{path}")
            assert (seen.serious(), seen.too_wide(), seen.faults) == ([], 0, []), path


def test_a_new_reviewer_changes_the_password_sets_up_the_code_and_comes_in(chromium: Browser) -> None:
    scene = scene_of()
    add_user(gate_of(scene), "王审核", PASSWORD, roles=[Role.DATA_CENTRE], by="主任")
    with served(scene) as address, window(chromium, address) as seen:
        comes_in(seen, "王审核")
        assert seen.page.url.endswith("/console/account")
        seen.page.get_by_label("现在的密码").fill(PASSWORD)
        for label in ("新密码", "再写一遍新密码"):
            seen.page.get_by_label(label, exact=True).fill("quite another sentence")
        seen.page.get_by_role("button", name="修改密码").click()
        assert seen.page.url.endswith("/console/account/code")
        secret = seen.page.locator("code").inner_text()
        seen.page.get_by_label("六位数字").fill(code_at(secret, scene.clock.now()))
        seen.page.get_by_label("现在的密码").fill("quite another sentence")
        seen.page.get_by_role("button", name="启用").click()
        assert "动态口令已设置" in seen.words()
        seen.page.get_by_role("button", name="退出").click()
        scene.later(MINUTE)
        comes_in(seen, "王审核", code_at(secret, scene.clock.now()), "quite another sentence")
        assert seen.page.get_by_role("button", name="退出").count() == 1
        assert [fault for fault in seen.faults if "Content Security Policy" in fault] == []


def test_the_organiser_adds_a_user_and_a_unit(chromium: Browser) -> None:
    scene = scene_of()
    secret = made(scene, "主任", [Role.ORGANISER])
    with served(scene) as address, window(chromium, address) as seen:
        comes_in(seen, "主任", code_at(secret, scene.clock.now()))
        seen.open("/console/people")
        seen.page.get_by_label("用户名（姓名）").fill("小周")
        seen.page.get_by_label("初始密码", exact=True).fill(PASSWORD)
        seen.page.get_by_role("checkbox", name="分析员").last.check()
        seen.page.get_by_role("button", name="添加").click()
        expect(seen.page.locator("#alerts")).to_contain_text("已添加用户“小周”")
        seen.page.reload()
        assert "已添加用户" not in seen.words()
        seen.open("/console/units")
        seen.page.get_by_label("单位名称").fill("区消防大队")
        seen.page.get_by_role("button", name="登记").click()
        expect(seen.page.locator("table")).to_contain_text("未落实")
