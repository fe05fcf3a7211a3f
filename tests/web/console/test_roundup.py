"""The roundup at the console and on the portal: entered, sealed, shown, on record."""

import pytest
from playwright.sync_api import Browser as Chromium

from microblog.domain.people import Role
from microblog.service.live import skip
from microblog.service.today import Heap, today
from tests.shared import END, HOUR, OPERATOR, START, Scene, play, scene_of, seal_all, sealed
from tests.web.console.test_days import comes_in_with_code
from tests.web.console.test_live_browser import comes_in
from tests.web.real import served, window
from tests.web.site import Browser, browser_of, code_at, made, signed_in

DESK, PUBLIC = "/console/roundup/1", "/interviews/1/roundup"
ENTRY = {
    "kind": "policy",
    "title": "消防安全责任制实施办法",
    "link": "https://www.example.gov.cn/policy/7",
    "source": "区政府办",
    "day": "2024-04-01",
}


@pytest.fixture
def scene() -> Scene:
    scene = scene_of()
    sealed(scene)
    scene.at(START)
    play(scene, END + HOUR)
    return scene


@pytest.fixture
def browser(scene: Scene) -> Browser:
    return signed_in(scene, Role.OPERATOR, name="周值班")


def test_an_entry_goes_from_the_console_through_two_seals_to_the_portal(scene: Scene, browser: Browser) -> None:
    assert "本期暂无政策文件" in browser_of(scene).get(PUBLIC).text
    browser.submit(DESK, **ENTRY)
    page = browser.get(DESK).text
    assert "已加入政策文件，审核盖章后公布" in page
    assert "缺 数据中心、融媒体中心 盖章" in page
    assert ENTRY["title"] not in browser_of(scene).get(PUBLIC).text
    seal_all(scene)
    assert "已盖章" in browser.get(DESK).text
    public = browser_of(scene).get(PUBLIC).text
    assert f'<a href="{ENTRY["link"]}" rel="noopener noreferrer">{ENTRY["title"]}</a>' in public
    assert "区政府办" in public
    assert "本期暂无政策文件" not in public
    assert "本期暂无媒体报道" in public


def test_every_write_is_on_record_with_before_and_after(scene: Scene, browser: Browser) -> None:
    browser.submit(DESK, **ENTRY)
    browser.submit(f"{DESK}/1", DESK, **ENTRY | {"title": "新办法"})
    browser.submit(f"{DESK}/1/remove", DESK)
    removed, changed, added = scene.store.people.records(limit=3)
    assert [one.verb for one in (added, changed, removed)] == ["material-add", "material-change", "material-remove"]
    assert {one.who for one in (added, changed, removed)} == {"周值班"}
    assert added.before == {"materials": []}
    assert changed.before is not None
    assert changed.after is not None
    assert (changed.before["title"], changed.after["title"]) == (ENTRY["title"], "新办法")
    assert (removed.before, removed.after) == (changed.after, None)
    auditor = signed_in(scene, Role.AUDITOR).get("/console/records").text
    assert "标题：消防安全责任制实施办法 → 新办法" in auditor
    assert "删去汇总材料" in auditor
    assert "汇总材料 1" in auditor


def test_what_makes_no_sense_is_refused_and_said(browser: Browser) -> None:
    answer = browser.submit(DESK, **ENTRY | {"link": "javascript:alert(1)"})
    assert answer.status_code == 422
    assert "完整网址" in answer.text


def test_whoever_may_not_file_sees_the_entries_and_no_form(scene: Scene, browser: Browser) -> None:
    browser.submit(DESK, **ENTRY)
    for role in (Role.AUDITOR, Role.ANALYST, Role.LEAD_UNIT):
        other = signed_in(scene, role)
        page = other.get(DESK).text
        assert ENTRY["title"] in page
        assert 'name="title"' not in page
        assert other.submit(DESK, "/console/account", **ENTRY).status_code == 403


def test_strangers_words_in_an_entry_are_text(scene: Scene, browser: Browser) -> None:
    browser.submit(DESK, **ENTRY | {"title": "<script>alert(1)</script>", "source": '"><b>x'})
    seal_all(scene)
    for page in (browser.get(DESK).text, browser_of(scene).get(PUBLIC).text):
        assert "&lt;script&gt;" in page
        assert "<b>x" not in page


def test_sections_nobody_filled_are_an_errand_of_the_day(scene: Scene, browser: Browser) -> None:
    missing = [one for one in today(scene.office).of(Heap.MISSING) if one.path == DESK]
    assert [one.what for one in missing] == ["汇总还没有：政策文件、工作动态、媒体报道"]
    browser.submit(DESK, **ENTRY)
    assert "汇总还没有：工作动态、媒体报道" in browser.get("/console/today").text


def test_the_document_is_downloaded_and_the_folder_written_anew(scene: Scene, browser: Browser) -> None:
    answer = browser.get(f"{DESK}/docx")
    assert answer.content.startswith(b"PK")
    assert "attachment" in answer.headers["Content-Disposition"]
    browser.submit(f"{DESK}/file", DESK)
    assert "备案材料已重新生成" in browser.get(DESK).text
    assert (scene.office.practice.files / "2024-01" / "roundup.docx").is_file()


def test_the_list_says_how_much_there_is_and_what_waits(browser: Browser) -> None:
    browser.submit(DESK, **ENTRY)
    page = browser.get("/console/roundup").text
    assert "1 条待盖章" in page
    assert f'href="/ft{DESK}"' in page


def test_skipped_questions_are_listed_where_papers_are_made_and_questions_chosen() -> None:
    scene = scene_of()
    sealed(scene)
    scene.at(START)
    skip(scene.office, scene.interview, "interview 1 · answer 1", by=OPERATOR, reason="与另一问重复")
    browser = signed_in(scene, Role.ANALYST)
    assert "现场跳过的问题" in browser.get(DESK).text
    page = browser.get("/console/questions/1").text
    assert "现场跳过 1 个，不计入代表人数" in page
    assert "3 个问题代表了" in page


@pytest.mark.slow
def test_a_roundup_in_a_real_browser(chromium: Chromium, scene: Scene) -> None:
    made(scene, "周值班", [Role.OPERATOR])
    secrets = {
        name: made(scene, name, [role])
        for role, name in ((Role.DATA_CENTRE, "王审核"), (Role.MEDIA_CENTRE, "李审核"))
    }
    with served(scene) as address:
        with window(chromium, address) as seen:
            comes_in(seen, "周值班")
            seen.page.get_by_role("link", name="汇总还没有").click()
            seen.page.get_by_label("标题").fill(ENTRY["title"])
            seen.page.get_by_label("链接").fill(ENTRY["link"])
            seen.page.get_by_role("button", name="加入").click()
            seen.page.get_by_text("审核盖章后公布").wait_for()
            assert seen.serious() == []
            assert seen.faults == []
        for name, secret in secrets.items():
            with window(chromium, address) as seen:
                comes_in_with_code(seen, scene, name, secret)
                seen.open("/console/review/1")
                seen.page.get_by_label("全部勾选").check()
                seen.page.get_by_label("动态口令").fill(code_at(secret, scene.clock.now()))
                seen.page.get_by_role("button", name="盖章").click()
                seen.page.get_by_text("已盖章 1 处").wait_for()
        with window(chromium, address, script=False) as seen:
            seen.open(PUBLIC)
            link = seen.page.get_by_role("link", name=ENTRY["title"])
            assert link.get_attribute("href") == ENTRY["link"]
