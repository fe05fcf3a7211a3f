"""What a netizen finds on the portal, from the plan to the roundup."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from microblog.domain.interview import Form
from microblog.service.answer import pen_for
from microblog.service.draft import write
from tests.shared import (
    CLOSES,
    DAY,
    END,
    HOUR,
    LEAD,
    MINUTE,
    START,
    TOPIC,
    Scene,
    adopted,
    announced,
    dated,
    play,
    prepared,
    scene_of,
    sealed,
    submitted,
)
from tests.web.site import browser_of

PAGES = ("", "/questions", "/live", "/transcript", "/roundup", "/calendar.ics")


@pytest.fixture
def scene() -> Scene:
    return scene_of()


def ended(scene: Scene) -> None:
    """As far as the closing post."""
    sealed(scene)
    scene.at(START)
    play(scene, END + HOUR)


def test_the_home_page_lists_the_interviews_of_the_newest_year(scene: Scene) -> None:
    adopted(scene, rows=3)
    page = browser_of(scene).get("/").text
    assert page.count('<li class="card">') == 3
    assert "2024年在线访谈" in page
    assert "待预告" in page


def test_before_a_plan_is_published_nothing_is_public(scene: Scene) -> None:
    adopted(scene, approved=False)
    browser = browser_of(scene)
    assert TOPIC not in browser.get("/").text
    assert [browser.get(f"/interviews/1{page}").status_code for page in PAGES] == [404] * len(PAGES)
    assert browser.get("/api/interviews").json() == []
    assert browser.get("/years/2024").status_code == 404


def test_an_interview_that_does_not_exist_is_not_found(scene: Scene) -> None:
    browser = browser_of(scene)
    for number in ("0", "-1", "99", "99999999999999999999"):
        assert browser.get(f"/interviews/{number}").status_code == 404
    assert browser.get("/interviews/x").status_code == 422


def test_every_post_links_to_a_page_that_exists(scene: Scene) -> None:
    ended(scene)
    pen = pen_for(scene.office, scene.interview, LEAD)
    browser = browser_of(scene)
    for link in (pen.link(), pen.link("/transcript")):
        assert browser.get(link).status_code == 200
        assert browser.get(f"https://www.example.gov.cn{urlsplit(link).path.removeprefix('/ft')}").status_code == 200


def test_guests_and_introduction_are_public_with_the_preview_and_not_before(scene: Scene) -> None:
    adopted(scene)
    dated(scene)
    prepared(scene)
    browser = browser_of(scene)
    for page in ("/interviews/1", "/api/interviews/1", "/", "/feed.xml"):
        text = browser.get(page).text
        assert "张三" not in text
        assert "千家万户" not in text
    other = scene_of()
    announced(other)
    page = browser_of(other).get("/interviews/1").text
    assert {"张三", "消防安全关系千家万户。", "2024年4月25日（星期四）15:00—17:00"} <= {
        word for word in ("张三", "消防安全关系千家万户。", "2024年4月25日（星期四）15:00—17:00") if word in page
    }


def test_the_countdown_says_how_long_the_channel_is_open(scene: Scene) -> None:
    announced(scene)
    scene.at(CLOSES - DAY - HOUR)
    page = browser_of(scene).get("/interviews/1").text
    assert "还有" in page
    assert "1 天 1 小时" in page
    assert f'data-left="{25 * 3600}"' in page


def test_questions_are_public_once_both_bodies_sealed_them(scene: Scene) -> None:
    submitted(scene)
    browser = browser_of(scene)
    before = browser.get("/interviews/1/questions").text
    assert "审核后在这里公布" in before
    other = scene_of()
    sealed(other)
    page = browser_of(other).get("/interviews/1/questions").text
    script = other.store.reviews.scripts(1)[-1]
    assert all(section.question in page for section in script.questions())
    assert all(section.question not in before for section in script.questions())
    assert not any(section.answer[:20] in page for section in script.questions())


def test_an_answer_is_live_when_all_its_parts_are_on_the_platform(scene: Scene) -> None:
    sealed(scene, 300)
    browser = browser_of(scene)
    assert "访谈尚未开始" in browser.get("/interviews/1/live").text
    assert browser.get("/interviews/1/transcript").status_code == 404
    scene.at(START)
    play(scene, START + 3 * MINUTE)
    first = scene.store.reviews.scripts(1)[-1].questions()[0]
    posts = [post for post in scene.store.outbox.posts() if "answer 1 " in post.key]
    assert [post.state.on_platform for post in posts] == [True, True, False]
    assert first.answer[:20] not in browser.get("/interviews/1/live").text
    play(scene, START + 5 * MINUTE)
    assert first.answer[:20] in browser.get("/interviews/1/live").text


def test_the_live_page_reads_in_either_order(scene: Scene) -> None:
    ended(scene)
    browser = browser_of(scene)
    newest = browser.get("/interviews/1/live").text
    oldest = browser.get("/interviews/1/live?order=oldest").text
    assert newest.index('id="question-2"') < newest.index('id="question-1"')
    assert oldest.index('id="question-1"') < oldest.index('id="question-2"')
    part = browser.get("/interviews/1/live?part=true").text
    assert part.strip().startswith("<article")


def test_while_live_the_page_reloads_itself_without_script(scene: Scene) -> None:
    sealed(scene)
    scene.at(START)
    play(scene, START + MINUTE)
    page = browser_of(scene).get("/interviews/1/live").text
    assert '<noscript><meta http-equiv="refresh" content="30"></noscript>' in page


def test_a_reader_is_told_when_something_new_is_there(scene: Scene) -> None:
    ended(scene)
    browser = browser_of(scene, stream_for=timedelta(seconds=0.2))
    text = browser.get("/interviews/1/live/events").text
    assert text.startswith("retry: ")
    assert text.count("event: changed") == 1
    seen = text.partition("id: ")[2].partition("\n")[0]
    again = browser.get("/interviews/1/live/events", headers={"Last-Event-ID": seen}).text
    assert "changed" not in again


def test_when_all_streams_are_taken_the_next_reader_is_told_to_come_back(scene: Scene) -> None:
    announced(scene)
    answer = browser_of(scene, streams=0).get("/interviews/1/live/events")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")


def test_transcript_and_roundup_say_what_was_answered(scene: Scene) -> None:
    ended(scene)
    browser = browser_of(scene)
    script = scene.store.reviews.scripts(1)[-1]
    transcript = browser.get("/interviews/1/transcript").text
    assert all(section.question in transcript for section in script.questions())
    assert all(section.answer[:30] in transcript for section in script.questions())
    roundup = browser.get("/interviews/1/roundup").text
    assert all(title in roundup for title in ("政策文件", "工作动态", "媒体报道"))
    assert roundup.count("/transcript#question-") == len(script.questions())


def test_a_new_draft_beside_the_sealed_script_stays_unseen(scene: Scene) -> None:
    ended(scene)
    script = scene.store.reviews.scripts(1)[-1]
    changed = [replace(section, answer="还没有审核的新说法。") for section in script.sections]
    write(scene.office, scene.interview, changed, by=LEAD)
    browser = browser_of(scene)
    for page in ("/transcript", "/live", "/roundup", "/questions"):
        assert "新说法" not in browser.get(f"/interviews/1{page}").text
    assert "新说法" not in browser.get("/api/interviews/1/record").text


def test_the_form_of_an_interview_is_said(scene: Scene) -> None:
    adopted(scene, form=Form.VIDEO)
    page = browser_of(scene).get("/interviews/1").text
    assert "视频访谈" in page


def test_a_page_that_did_not_change_is_not_sent_again(scene: Scene) -> None:
    ended(scene)
    browser = browser_of(scene)
    for page in ("/", "/interviews/1", "/interviews/1/transcript", "/feed.xml", "/calendar.ics"):
        first = browser.get(page)
        assert first.headers["Cache-Control"].startswith("public, max-age=")
        scene.later(timedelta(seconds=1))
        again = browser.get(page, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert "set-cookie" not in first.headers


def test_the_feed_is_rss_with_the_announced_interviews(scene: Scene) -> None:
    announced(scene)
    feed = ElementTree.fromstring(browser_of(scene).get("/feed.xml").content)  # noqa: S314  # our own document
    (item,) = feed.iter("item")
    assert item.findtext("title") == f"访谈预告：{TOPIC}"
    assert item.findtext("link") == "https://www.example.gov.cn/ft/interviews/1"
    assert item.findtext("pubDate") == "Mon, 25 Mar 2024 09:00:00 +0800"


def test_the_calendar_holds_the_public_dates_alone(scene: Scene) -> None:
    announced(scene)
    browser = browser_of(scene)
    for page in ("/calendar.ics", "/interviews/1/calendar.ics"):
        events = Calendar.from_ical(browser.get(page).content).walk("VEVENT")
        assert len(events) == 3
        assert all(TOPIC in str(event["SUMMARY"]) for event in events)


def test_a_crowd_costs_the_database_no_more_than_one_reader(scene: Scene) -> None:
    ended(scene)
    browser = browser_of(scene, shelf=timedelta(seconds=2))
    first = browser.get("/interviews/1/transcript").content
    scene.store.outbox.posts = lambda **_: pytest.fail("asked again")  # type: ignore[method-assign]
    # The page's own head is asked for each time; the record behind it is not made again.
    assert browser.get("/interviews/1/transcript").content == first
