"""Today and the year: every errand with where to go, every milestone by its state; changes by request."""

from datetime import date, timedelta

import pytest

from microblog.domain.interview import InterviewState
from microblog.domain.milestone import Status
from microblog.domain.outbox import Change
from microblog.domain.people import Role, Unit
from microblog.domain.post import PostState
from microblog.domain.request import Decision
from microblog.service.announce import set_date
from microblog.service.draft import build
from microblog.service.duties import duties
from microblog.service.people import save_unit
from microblog.service.review import reject
from microblog.service.select import select
from microblog.service.today import Heap, today
from tests.shared import (
    ANALYST,
    CLOSES,
    DAY,
    END,
    LEAD,
    OFFICE,
    PREVIEW,
    START,
    Scene,
    adopted,
    announced,
    china,
    collected,
    dated,
    prepared,
    scene_of,
    sealed,
    submitted,
    work,
)
from tests.web.site import signed_in

TODAY, YEAR, CHANGES = "/console/today", "/console/calendar?year=2024", "/console/changes"


@pytest.fixture
def scene() -> Scene:
    return scene_of()


def heaps(scene: Scene) -> dict[str, list[str]]:
    """What lies in each heap."""
    found = today(scene.office)
    return {heap.value: [one.what for one in found.of(heap)] for heap in Heap if found.of(heap)}


def test_an_office_without_a_plan_has_nothing_to_do(scene: Scene) -> None:
    page = signed_in(scene, Role.OPERATOR).get(TODAY).text
    assert "没有正在进行的访谈" in page


def test_what_a_preview_still_lacks_is_missing(scene: Scene) -> None:
    adopted(scene)
    dated(scene)
    assert heaps(scene)["missing"] == ["预告还缺：文字简介、嘉宾、主持人"]


def test_what_is_due_and_late_follows_the_clock(scene: Scene) -> None:
    adopted(scene)
    dated(scene)
    scene.at(PREVIEW)
    assert "访谈预告" in heaps(scene)["due"]
    scene.at(PREVIEW + 2 * DAY)
    assert "访谈预告" in heaps(scene)["late"]


def test_words_waiting_for_a_seal_are_unreviewed_for_each_body(scene: Scene) -> None:
    adopted(scene)
    dated(scene)
    prepared(scene)
    work(scene)
    assert heaps(scene)["unreviewed"] == ["2 处文字待数据中心盖章", "2 处文字待融媒体中心盖章"]


def test_a_post_nobody_knows_of_asks_for_a_person(scene: Scene) -> None:
    announced(scene)
    change = Change(PostState.UNKNOWN, reason="没有收到平台回答")
    scene.store.outbox.move("interview 1 · preview", change, expect=[PostState.POSTED])
    assert heaps(scene)["unknown"] == ["预告：结果不明，没有收到平台回答"]


def test_each_step_of_the_script_has_its_errand(scene: Scene) -> None:
    collected(scene)
    assert "征集已截止，还没有选定代表性问题" in heaps(scene)["missing"]
    select(scene.office, scene.interview, by=ANALYST)
    assert "问题已选定，还没有访谈稿" in heaps(scene)["missing"]
    build(scene.office, scene.interview, by=LEAD)
    assert any("处未完成" in line for line in heaps(scene)["missing"])


def test_a_script_sent_back_is_told(scene: Scene) -> None:
    submitted(scene)
    reject(scene.office, scene.interview, body="data-centre", by="王审核", note="请补充")
    assert "第1版访谈稿被退回，须修改" in heaps(scene)["unreviewed"]


def test_comments_that_were_not_served_are_told(scene: Scene) -> None:
    announced(scene)
    scene.platform.hidden.add(scene.platform.netizen(str(scene.post("preview").platform_id), "看不到的", user_id="5"))
    scene.later(timedelta(hours=2))
    work(scene)
    assert any("多 1 条" in line for line in heaps(scene)["missing"])


def test_an_errand_says_whether_it_is_mine(scene: Scene) -> None:
    collected(scene)
    scene.store.interviews.get(1)
    assert "可由您办理" in signed_in(scene, Role.ANALYST).get(TODAY).text
    assert "可由您办理" not in signed_in(scene, Role.AUDITOR).get(TODAY).text


def test_a_dead_worker_is_told_loudly(scene: Scene) -> None:
    adopted(scene)
    assert "值守进程没有运行" in signed_in(scene, Role.OPERATOR).get(TODAY).text


def test_the_year_shows_every_milestone_on_its_day_by_state(scene: Scene) -> None:
    announced(scene)
    scene.at(CLOSES + DAY)
    page = signed_in(scene, Role.AUDITOR).get(YEAR).text
    assert 'id="day-2024-04-25"' in page
    assert 'aria-label="4月25日' in page
    assert '<span class="sign done" aria-hidden="true">●</span> 已完成' in page
    assert "时间待定" not in page


def test_a_month_alone_is_a_window_and_no_invented_day(scene: Scene) -> None:
    adopted(scene)
    page = signed_in(scene, Role.AUDITOR).get(YEAR).text
    assert "日期未定" in page


def test_another_year_is_empty_and_says_so(scene: Scene) -> None:
    adopted(scene)
    assert "2030年还没有访谈" in signed_in(scene, Role.AUDITOR).get("/console/calendar?year=2030").text


def test_what_was_done_late_is_told_from_what_was_done_in_time(scene: Scene) -> None:
    sealed(scene)
    found = {duty.milestone.id: duty.status for duty in duties(scene.office, [scene.interview])}
    assert found["final"] is Status.DONE
    scene.at(END + 30 * DAY)
    assert {duty.milestone.id: duty.status for duty in duties(scene.office, [scene.interview])}[
        "roundup"
    ] is Status.LATE


def gaps(scene: Scene) -> set[tuple[str, str]]:
    """Who has an errand, and the warning on it."""
    return {(one.who, one.warning) for one in today(scene.office).errands}


def test_a_unit_without_one_leader_and_one_section_is_warned_on_each_of_its_tasks(scene: Scene) -> None:
    adopted(scene)
    dated(scene)
    scene.at(PREVIEW)
    nobody = "消防大队尚未登记，未明确分管领导和责任科室"
    assert gaps(scene) == {("区城市数字治理中心", ""), ("第一责任单位", nobody), ("消防大队", nobody)}
    save_unit(scene.office, Unit("消防大队", leader="张副区长、李副区长"), by=OFFICE)
    both = "消防大队未明确 1 名分管领导、1 个责任科室"
    assert ("第一责任单位", both) in gaps(scene)
    auditor = signed_in(scene, Role.AUDITOR)
    tasks = [duty for duty in duties(scene.office, [scene.interview]) if duty.milestone.owner == "lead-unit"]
    assert len(tasks) > 3
    assert auditor.get(YEAR).text.count(both) == len(tasks)
    assert both in auditor.get(TODAY).text
    assert "只能 1 名" in auditor.get("/console/units").text


def test_a_unit_known_by_an_alias_with_leader_and_section_is_not_warned(scene: Scene) -> None:
    adopted(scene)
    dated(scene)
    scene.at(PREVIEW)
    save_unit(scene.office, Unit("区消防大队", ("消防大队",), "张副区长", "防火科"), by=OFFICE)
    assert {warning for _, warning in gaps(scene)} == {""}
    assert "未明确" not in signed_in(scene, Role.AUDITOR).get(YEAR).text


def asked(scene: Scene, name: str = "联络员") -> str:
    """Somebody of the lead unit asks for another day."""
    browser = signed_in(scene, Role.LEAD_UNIT, name=name)
    fields = {"interview": 1, "day": "2024-04-26", "start": "15:00", "end": "17:00", "reason": "场地冲突"}
    return str(browser.submit(f"{CHANGES}/date", page=CHANGES, **fields).status_code)


def test_a_locked_time_changes_by_request_and_a_second_persons_yes(scene: Scene) -> None:
    announced(scene)
    assert asked(scene) == "303"
    (request,) = scene.store.requests.all()
    assert (request.before, request.reason) == ("2024年4月25日（星期四）15:00—17:00", "场地冲突")
    assert scene.interview.date == START.date()
    organiser = signed_in(scene, Role.ORGANISER, name="主任")
    assert "场地冲突" in organiser.get(TODAY).text or "申请变更访谈时间" in organiser.get(TODAY).text
    organiser.submit(f"{CHANGES}/approve", page=CHANGES, request=request.id, note="同意")
    assert scene.interview.date == date(2024, 4, 26)
    kept = scene.store.requests.get(request.id)
    assert (kept.decision, kept.decided_by, kept.note) == (Decision.APPROVED, "主任", "同意")
    (record,) = scene.store.people.records(limit=1)
    assert (record.verb, record.subject) == ("approve-change", "request 1")


def test_nobody_grants_their_own_request(scene: Scene) -> None:
    announced(scene)
    organiser = signed_in(scene, Role.ORGANISER, name="主任")
    fields = {"interview": 1, "topic": "消防安全进校园", "reason": "重点调整"}
    organiser.submit(f"{CHANGES}/topic", page=CHANGES, **fields)
    answer = organiser.submit(f"{CHANGES}/approve", page=CHANGES, request=1)
    assert answer.status_code == 409
    assert "不能批准自己的申请" in answer.text
    assert scene.interview.topic != "消防安全进校园"


def test_a_topic_granted_before_the_preview_is_out_rewords_it(scene: Scene) -> None:
    adopted(scene)
    dated(scene)
    prepared(scene)
    work(scene)
    lead = signed_in(scene, Role.LEAD_UNIT, name="联络员")
    lead.submit(f"{CHANGES}/topic", page=CHANGES, interview=1, topic="消防安全进校园", reason="重点调整")
    signed_in(scene, Role.ORGANISER, name="主任").submit(f"{CHANGES}/approve", page=CHANGES, request=1)
    assert "消防安全进校园" in scene.post("preview").text


def test_a_request_refused_needs_a_reason_and_changes_nothing(scene: Scene) -> None:
    announced(scene)
    asked(scene)
    organiser = signed_in(scene, Role.ORGANISER, name="主任")
    assert organiser.submit(f"{CHANGES}/refuse", page=CHANGES, request=1).status_code == 422
    organiser.submit(f"{CHANGES}/refuse", page=CHANGES, request=1, note="预告已发布")
    assert scene.store.requests.get(1).decision is Decision.REFUSED
    assert scene.interview.date == START.date()
    assert organiser.submit(f"{CHANGES}/approve", page=CHANGES, request=1).status_code == 409


def test_one_request_of_a_kind_waits_at_a_time(scene: Scene) -> None:
    announced(scene)
    assert asked(scene) == "303"
    assert asked(scene, name="另一位") == "409"


@pytest.mark.parametrize(
    "wrong",
    [{"start": "17:00", "end": "15:00"}, {"day": "2024-04-25"}, {"day": "x"}, {"reason": " "}],
)
def test_a_request_that_makes_no_sense_is_not_taken(scene: Scene, wrong: dict[str, str]) -> None:
    announced(scene)
    fields = {"interview": "1", "day": "2024-04-26", "start": "15:00", "end": "17:00", "reason": "场地冲突"}
    lead = signed_in(scene, Role.LEAD_UNIT)
    assert lead.submit(f"{CHANGES}/date", page=CHANGES, **fields | wrong).status_code == 422
    assert scene.store.requests.all() == []


def test_sealed_words_are_not_overtaken_by_a_new_date(scene: Scene) -> None:
    submitted(scene)
    assert asked(scene) == "303"
    answer = signed_in(scene, Role.ORGANISER).submit(f"{CHANGES}/approve", page=CHANGES, request=1)
    assert answer.status_code == 409
    assert "访谈稿已送审" in answer.text
    assert scene.store.requests.get(1).decision is Decision.WAITING


def test_after_the_event_nothing_is_asked_for(scene: Scene) -> None:
    adopted(scene)
    interview = scene.interview
    scene.store.interviews.save(interview.evolve(state=InterviewState.FILED))
    assert asked(scene) == "409"


def test_a_date_set_before_the_preview_needs_no_request(scene: Scene) -> None:
    adopted(scene)
    day = china(4, 26)
    set_date(scene.office, 1, day=day.date(), start=START.time(), end=END.time(), confirmed=False, by=OFFICE)
    assert scene.interview.date == day.date()


def test_units_change_by_request_and_a_lead_is_chosen_where_there_is_none(scene: Scene) -> None:
    adopted(scene)
    scene.store.interviews.save(scene.interview.evolve(lead=None))
    lead = signed_in(scene, Role.LEAD_UNIT, name="联络员")
    fields = {"interview": 1, "lead": "江浦街道", "others": "消防大队、住建局", "reason": "原表未标牵头单位"}
    lead.submit(f"{CHANGES}/units", page=CHANGES, **fields)
    (request,) = scene.store.requests.all()
    assert (request.before, request.after) == ("消防大队、江浦街道", "江浦街道（第一责任单位）、消防大队、住建局")
    signed_in(scene, Role.ORGANISER, name="主任").submit(f"{CHANGES}/approve", page=CHANGES, request=request.id)
    assert (scene.interview.lead, scene.interview.units) == ("江浦街道", ("江浦街道", "消防大队", "住建局"))
    (record,) = scene.store.people.records(limit=1)
    assert record.after is not None
    assert record.after["units"] == "江浦街道（第一责任单位）、消防大队、住建局"


@pytest.mark.parametrize(
    "wrong",
    [{"lead": ""}, {"lead": "长" * 61}, {"others": "消防大队、消防大队"}, {"lead": "消防大队", "others": "江浦街道"}],
)
def test_units_that_make_no_sense_are_not_taken(scene: Scene, wrong: dict[str, str]) -> None:
    adopted(scene)
    fields = {"interview": "1", "lead": "江浦街道", "others": "", "reason": "划转"}
    lead = signed_in(scene, Role.LEAD_UNIT)
    assert lead.submit(f"{CHANGES}/units", page=CHANGES, **fields | wrong).status_code == 422
    assert scene.store.requests.all() == []
