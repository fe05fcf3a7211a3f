"""What the public is told when topic or time change, and that no page shows words the bodies have not sealed."""

from datetime import time, timedelta

import pytest

from microblog.service.announce import prepare
from microblog.service.change_requests import (
    approve_change,
    refuse_change,
    request_date,
    request_topic,
    request_units,
)
from tests.shared import (
    DAY,
    LEAD,
    PREVIEW,
    TOPIC,
    Scene,
    adopted,
    announced,
    china,
    dated,
    prepared,
    scene_of,
    seal_all,
)
from tests.web.site import browser_of

NEW_TOPIC = "消防安全进校园"


@pytest.fixture
def scene() -> Scene:
    return scene_of()


def pages(scene: Scene) -> dict[str, str]:
    """The topic page of the year and the interview's own."""
    browser = browser_of(scene)
    return {path: browser.get(path).text for path in ("/", "/interviews/1")}


def moved(scene: Scene, day: int, reason: str = "场地冲突") -> None:
    """Another day in April, asked for and approved."""
    asked = request_date(
        scene.office, scene.interview, china(4, day).date(), time(15), time(17), reason=reason, by=LEAD
    )
    scene.later(timedelta(hours=1))
    approve_change(scene.office, asked.id, by="周审批", note="内部意见")


def renamed(scene: Scene, topic: str = NEW_TOPIC) -> None:
    asked = request_topic(scene.office, scene.interview, topic, reason="重点调整", by=LEAD)
    approve_change(scene.office, asked.id, by="周审批")


def test_a_change_after_the_preview_is_shown_with_what_was_and_is_when_and_why(scene: Scene) -> None:
    announced(scene)
    scene.at(PREVIEW + DAY)
    moved(scene, 26)
    for path, page in pages(scene).items():
        assert "原为“2024年4月25日（星期四）15:00—17:00”" in page, path
        assert "现为“<strong>2024年4月26日（星期五）15:00—17:00</strong>”" in page, path
        assert "2024-03-26 10:00</time> 更正，原因：场地冲突" in page, path
        for internal in ("内部意见", "周审批", LEAD):
            assert internal not in page, path


def test_of_several_changes_the_first_announcement_and_the_last_truth_stand_at_the_head(scene: Scene) -> None:
    announced(scene)
    moved(scene, 26)
    moved(scene, 29, reason="嘉宾出差")
    for page in pages(scene).values():
        assert page.count("更正</b> 访谈时间原为“2024年4月25日（星期四）15:00—17:00”") == 1
        assert "<strong>2024年4月29日（星期一）15:00—17:00</strong>" in page
        assert "更正为“2024年4月26日（星期五）15:00—17:00”，原因：场地冲突" in page
        assert "更正为“2024年4月29日（星期一）15:00—17:00”，原因：嘉宾出差" in page


def test_a_topic_is_known_from_the_published_plan_on(scene: Scene) -> None:
    adopted(scene)
    renamed(scene)
    for page in pages(scene).values():
        assert f"访谈主题原为“{TOPIC}”，现为“<strong>{NEW_TOPIC}</strong>”" in page


def test_a_day_nobody_was_told_of_needs_no_correction_and_stays_unknown(scene: Scene) -> None:
    adopted(scene)
    dated(scene)
    moved(scene, 26)
    for page in pages(scene).values():
        assert "更正" not in page
        assert "26日" not in page


def test_a_day_the_plan_printed_is_corrected_before_the_preview(scene: Scene) -> None:
    adopted(scene)
    dated(scene)
    scene.store.interviews.save(scene.interview.evolve(when="4月25日 15:00"))
    moved(scene, 26)
    for page in pages(scene).values():
        assert "现为“<strong>2024年4月26日（星期五）15:00—17:00</strong>”" in page
        assert "4月25日 15:00</" not in page


def test_what_waits_or_was_refused_is_not_told(scene: Scene) -> None:
    announced(scene)
    asked = request_topic(scene.office, scene.interview, NEW_TOPIC, reason="重点调整", by=LEAD)
    assert all(NEW_TOPIC not in page for page in pages(scene).values())
    refuse_change(scene.office, asked.id, by="周审批", note="不宜变更")
    assert all(NEW_TOPIC not in page and "更正" not in page for page in pages(scene).values())


def test_a_reason_is_shown_masked_and_as_text(scene: Scene) -> None:
    announced(scene)
    moved(scene, 26, reason="<b>请联系</b>13812345678")
    for page in pages(scene).values():
        assert "&lt;b&gt;请联系&lt;/b&gt;138********" in page


def test_programs_are_told_as_well(scene: Scene) -> None:
    announced(scene)
    moved(scene, 26)
    (correction,) = browser_of(scene).get("/api/interviews/1").json()["corrections"]
    assert correction["title"] == "访谈时间"
    assert [change["reason"] for change in correction["changes"]] == ["场地冲突"]


def test_an_introduction_is_public_only_as_it_was_sealed(scene: Scene) -> None:
    announced(scene)
    browser = browser_of(scene)
    places = ("/interviews/1", "/api/interviews/1", "/feed.xml")
    assert all("千家万户" in browser.get(path).text for path in places)
    prepare(scene.office, 1, by=LEAD, introduction="还没有审核的简介。", host="新主持")
    for path in places:
        page = browser.get(path).text
        assert "还没有审核的简介" not in page, path
        assert "新主持" not in page, path
        assert "千家万户" not in page, path
    assert "正在审核，审核后公布" in browser.get("/interviews/1").text
    seal_all(scene)
    assert "还没有审核的简介。" in browser.get("/interviews/1").text
    assert "正在审核" not in browser.get("/interviews/1").text


def test_guests_of_an_interview_not_announced_yet_stay_unknown(scene: Scene) -> None:
    adopted(scene)
    dated(scene)
    prepared(scene)
    assert "正在审核" not in browser_of(scene).get("/interviews/1").text


def test_other_units_are_told_as_well(scene: Scene) -> None:
    adopted(scene)
    asked = request_units(scene.office, scene.interview, ["江浦街道", "住建局"], reason="职责划转", by=LEAD)
    approve_change(scene.office, asked.id, by="周审批")
    assert (scene.interview.units, scene.interview.lead) == (("江浦街道", "住建局"), "江浦街道")
    for page in pages(scene).values():
        assert "责任单位原为“消防大队（第一责任单位）、江浦街道”" in page
        assert "现为“<strong>江浦街道（第一责任单位）、住建局</strong>”" in page
        assert "原因：职责划转" in page
