"""A netizen's whole day on the portal in a real browser, at a desk and on a phone, with script and without."""

import pytest
from playwright.sync_api import Browser

from microblog.service.draft import build, submit, write
from microblog.service.select import select
from tests.shared import (
    ANALYST,
    CLOSES,
    DAY,
    END,
    HOUR,
    LEAD,
    MINUTE,
    START,
    TOPIC,
    Scene,
    announced,
    answered,
    crowd,
    play,
    scene_of,
    seal_all,
    work,
)
from tests.web.real import DESKTOP, PHONE, Window, served, window
from tests.web.test_asking import asked, solved

QUESTION = "我家楼下的消防栓坏了半年，请问找谁修？"
PLACES = pytest.mark.parametrize(("size", "script"), [(DESKTOP, True), (PHONE, True), (PHONE, False)])


def sound(seen: Window, *, script: bool) -> None:
    """Nothing the browser complains of, nothing serious for people who cannot see or point, nothing cut off."""
    assert seen.faults == []
    if script:
        assert seen.serious() == []
        assert seen.too_wide() == 0


def asks(seen: Window, text: str) -> None:
    """Fill in the form as a person does, by its labels, and send it."""
    seen.page.get_by_label("您的问题").fill(text)
    seen.page.get_by_label("昵称").fill("江边散步")
    seen.page.get_by_label("算一算").fill(solved(seen.page.content()))
    seen.page.get_by_role("button", name="提交问题").click()


def to_the_event(scene: Scene) -> None:
    """The others ask as well, and the office does its work until the interview begins."""
    crowd(scene)
    scene.at(CLOSES)
    work(scene)
    select(scene.office, scene.interview, by=ANALYST)
    blank = build(scene.office, scene.interview, by=LEAD)
    write(scene.office, scene.interview, answered(blank, 200), by=LEAD)
    submit(scene.office, scene.interview, by=LEAD, override="专题短访谈")
    seal_all(scene)
    work(scene)
    scene.at(START)


@pytest.mark.slow
@PLACES
def test_a_netizens_day(chromium: Browser, size: tuple[int, int], script: bool) -> None:
    scene = scene_of()
    announced(scene)
    scene.at(CLOSES - 2 * DAY)
    with served(scene) as address, window(chromium, address, size=size, script=script) as seen:
        seen.open("/")
        sound(seen, script=script)
        seen.page.get_by_role("link", name=TOPIC, exact=True).click()
        assert "还有 2 天 0 小时" in seen.words()
        sound(seen, script=script)
        asks(seen, QUESTION)
        assert "已收到" in seen.words()
        assert asked(scene) == [QUESTION]
        sound(seen, script=script)
        to_the_event(scene)
        seen.open("/interviews/1")
        assert "提问征集已于4月14日24时截止" in seen.words()
        assert seen.page.get_by_label("您的问题").count() == 0
        seen.page.get_by_role("link", name="网友提问", exact=True).click()
        assert "问题 1" in seen.words()
        sound(seen, script=script)
        play(scene, START + MINUTE)
        seen.page.get_by_role("link", name="文字直播").click()
        sound(seen, script=script)
        assert "问题 1" not in seen.words()
        play(scene, START + 4 * MINUTE)
        if not script:
            seen.page.reload()
        seen.page.get_by_text("问题 1").wait_for()
        play(scene, END + HOUR)
        seen.open("/interviews/1/transcript")
        assert seen.page.locator(".answer").count() == len(scene.store.questions.selections(1))
        assert seen.page.locator(".pending").count() == 0
        sound(seen, script=script)
        seen.page.get_by_role("link", name="访谈汇总").click()
        sound(seen, script=script)
        seen.page.locator("ol a").first.click()
        assert seen.page.url.endswith("/transcript#question-1")


def test_the_question_is_not_lost_when_the_sum_is_wrong(chromium: Browser) -> None:
    scene = scene_of()
    announced(scene)
    with served(scene) as address, window(chromium, address, size=PHONE) as seen:
        seen.open("/interviews/1")
        seen.page.get_by_label("您的问题").fill(QUESTION)
        seen.page.get_by_label("算一算").fill("99")
        seen.page.get_by_role("button", name="提交问题").click()
        assert seen.page.get_by_role("alert").inner_text().startswith("算式的答案不对")
        assert seen.page.get_by_label("您的问题").input_value() == QUESTION
        # The one thing the browser reports is the refusal itself.
        assert len(seen.faults) == 1
        assert "422" in seen.faults[0]
        assert seen.serious() == []
        asks(seen, QUESTION)
        assert "已收到" in seen.words()


def test_everything_can_be_done_with_the_keyboard_alone(chromium: Browser) -> None:
    scene = scene_of()
    announced(scene)
    with served(scene) as address, window(chromium, address) as seen:
        seen.open("/interviews/1")
        keys = seen.page.keyboard
        keys.press("Tab")
        assert seen.page.evaluate("document.activeElement.textContent") == "跳到正文"
        keys.press("Enter")
        reached = []
        for _ in range(20):
            keys.press("Tab")
            reached.append(str(seen.page.evaluate("document.activeElement.name || ''")))
            if reached[-1] == "answer":
                break
            if reached[-1] == "text":
                keys.insert_text(QUESTION)
        assert [name for name in reached if name] == ["text", "name", "answer"]
        keys.insert_text(solved(seen.page.content()))
        keys.press("Enter")
        seen.page.get_by_role("status").wait_for()
        assert asked(scene) == [QUESTION]


def test_hostile_words_do_not_run_in_a_real_browser(chromium: Browser) -> None:
    scene = scene_of()
    announced(scene)
    hostile = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
    interview = scene.interview
    scene.store.interviews.save(interview.evolve(introduction=hostile, host=hostile))
    seal_all(scene)
    with served(scene) as address, window(chromium, address) as seen:
        seen.open("/interviews/1")
        asks(seen, hostile)
        assert hostile in seen.words()
        assert "owned" not in seen.page.title()
        assert seen.faults == []
