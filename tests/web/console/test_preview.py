"""Preparing a preview at the console: date, guests, host, introduction, and where its words stand."""

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from microblog.domain.interview import DateState, Guest, InterviewState
from microblog.domain.people import Role
from microblog.domain.post import PostState
from tests.shared import Scene, adopted, announced, scene_of, seal_all, work
from tests.web.console.test_live_browser import comes_in
from tests.web.real import DESKTOP, PHONE, served, window
from tests.web.site import Browser, browser_of, made, signed_in

PAGE = "/console/preview/1"
DATE = {"day": "2024-04-25", "start": "15:00", "end": "17:00", "confirmed": "true"}
WORDS = {
    "name-0": "张三",
    "post-0": "大队长",
    "unit-0": "消防大队",
    "name-1": "钱教授",
    "post-1": "教授",
    "unit-1": "某大学",
    "expert-1": "yes",
    "host": "小浦",
    "introduction": "消防安全\r\n关系千家万户。",
}


@pytest.fixture
def scene() -> Scene:
    scene = scene_of()
    adopted(scene)
    return scene


@pytest.fixture
def lead(scene: Scene) -> Browser:
    return signed_in(scene, Role.LEAD_UNIT, name="联络员")


@pytest.fixture
def organiser(scene: Scene) -> Browser:
    return signed_in(scene, Role.ORGANISER, name="周主办")


def test_a_preview_is_prepared_from_nothing_to_its_page(scene: Scene, lead: Browser, organiser: Browser) -> None:
    assert "预告还缺：访谈日期、访谈时段、文字简介、嘉宾、主持人" in lead.get(PAGE).text
    organiser.submit(f"{PAGE}/date", PAGE, **DATE)
    assert scene.interview.date_state is DateState.CONFIRMED
    lead.submit(PAGE, **WORDS)
    assert scene.interview.guests == (
        Guest("张三", "大队长", "消防大队"),
        Guest("钱教授", "教授", "某大学", expert=True),
    )
    assert (scene.interview.host, scene.interview.introduction) == ("小浦", "消防安全\n关系千家万户。")
    assert "材料已齐" in lead.get(PAGE).text
    work(scene)
    page = lead.get(PAGE).text
    assert "缺 数据中心、融媒体中心 盖章" in page
    assert "【微访谈预告】" in page
    seal_all(scene)
    assert scene.state("preview") is PostState.SEALED
    assert "盖章</span>" not in lead.get(PAGE).text.replace("已盖章</span>", "")


def test_the_day_opens_the_page_where_it_is_done(scene: Scene, lead: Browser, organiser: Browser) -> None:
    organiser.submit(f"{PAGE}/date", PAGE, **DATE)
    page = lead.get("/console/today").text
    assert f'<a href="/ft{PAGE}">预告还缺：文字简介、嘉宾、主持人</a>' in page
    assert "文字简介、嘉宾、主持人" in lead.get("/console/preview").text


def test_both_writes_are_on_record_with_before_and_after(scene: Scene, lead: Browser, organiser: Browser) -> None:
    organiser.submit(f"{PAGE}/date", PAGE, **DATE)
    lead.submit(PAGE, **WORDS)
    prepared, dated = scene.store.people.records(limit=2)
    assert [(one.who, one.verb, one.outcome) for one in (dated, prepared)] == [
        ("周主办", "date", ""),
        ("联络员", "prepare", ""),
    ]
    assert dated.before is not None
    assert dated.after is not None
    assert (dated.before["when"], dated.after["when"]) == ("4月", "2024年4月25日（星期四）15:00—17:00")
    assert prepared.after is not None
    assert "主持人：小浦" in prepared.after["page"]


@pytest.mark.parametrize(
    "wrong", [{"post-0": ""}, {"name-0": "长" * 61}, {"host": "长" * 61}, {"introduction": "长" * 2001}]
)
def test_what_is_incomplete_or_too_long_is_not_taken(scene: Scene, lead: Browser, wrong: dict[str, str]) -> None:
    assert lead.submit(PAGE, **WORDS | wrong).status_code == 422
    assert scene.interview.guests == ()


def test_only_the_organiser_sets_the_date_and_only_before_the_preview(scene: Scene, lead: Browser) -> None:
    assert 'name="day"' not in lead.get(PAGE).text
    assert lead.submit(f"{PAGE}/date", PAGE, **DATE).status_code == 403
    other = scene_of()
    announced(other)
    organiser = signed_in(other, Role.ORGANISER)
    assert 'name="day"' not in organiser.get(PAGE).text
    assert organiser.submit(f"{PAGE}/date", PAGE, **DATE | {"day": "2024-04-26"}).status_code == 409


def test_after_the_event_nothing_of_the_page_is_changed(scene: Scene, lead: Browser) -> None:
    scene.store.interviews.save(scene.interview.evolve(state=InterviewState.ENDED))
    assert lead.submit(PAGE, **WORDS).status_code == 409
    assert scene.interview.host == ""


def test_another_host_after_the_preview_is_out_waits_for_seals(lead: Browser) -> None:
    scene = scene_of()
    announced(scene)
    signed_in(scene, Role.OPERATOR).submit(PAGE, host="小江")
    assert scene.interview.guests
    public = browser_of(scene)
    assert "小江" not in public.get("/interviews/1").text
    seal_all(scene)
    assert "小江" in public.get("/interviews/1").text


@pytest.mark.slow
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_the_page_in_a_real_browser(chromium: Chromium, scene: Scene, size: tuple[int, int]) -> None:
    made(scene, "联络员", [Role.LEAD_UNIT])
    with served(scene) as address, window(chromium, address, size=size) as seen:
        comes_in(seen, "联络员")
        for path in ("/console/preview", PAGE):
            seen.open(path)
            assert (seen.serious(), seen.too_wide()) == ([], 0)
        seen.page.get_by_label("姓名").first.fill("张三")
        seen.page.get_by_label("主持人").fill("小浦")
        seen.page.get_by_role("button", name="保存").click()
        expect(seen.page.get_by_role("alert").last).to_have_text("第 1 位嘉宾的姓名、职务、单位要写全")
        expect(seen.page.get_by_role("alert").last).to_be_in_viewport()
        assert seen.page.get_by_label("姓名").first.input_value() == "张三"
        for label, value in (("职务", "大队长"), ("单位", "消防大队")):
            seen.page.get_by_label(label).first.fill(value)
        seen.page.get_by_role("button", name="保存").click()
        expect(seen.page.get_by_role("status")).to_contain_text("已保存，预告还缺：访谈日期")
        assert [fault for fault in seen.faults if "422" not in fault] == []
