"""A plan document becomes interviews, and none of them starts before the plan is approved."""

from dataclasses import replace
from datetime import date, time

import pytest

from microblog.domain.errors import NotAllowed, NotFound
from microblog.domain.interview import DateState, Form
from microblog.domain.plan import Plan, PlannedTime, PlanRow, Proposal
from microblog.service.agenda import advance
from microblog.service.plan import adopt, advance_plan, working_interviews
from microblog.service.polling import poll
from microblog.service.ports import Store
from tests.shared import OFFICE, PREVIEW, TOPIC, Scene, a_plan, adopted, dated, prepared, scene_of, work


@pytest.fixture
def desk(store: Store) -> Scene:
    """An empty office, on either store."""
    return scene_of(store)


def keep(scene: Scene, plan: Plan, rule_set: str = "pukou") -> int:
    return adopt(scene.office, plan, rule_set=rule_set, form=Form.WEIBO, by=OFFICE).id


def test_every_row_becomes_an_interview_with_what_the_row_says(desk: Scene) -> None:
    number = keep(desk, a_plan(rows=3))
    kept = desk.store.interviews.all()
    assert [interview.no for interview in kept] == [1, 2, 3]
    first = kept[0]
    assert (first.plan, first.topic, first.units, first.lead) == (number, TOPIC, ("消防大队", "江浦街道"), "消防大队")
    assert (first.year, first.months, first.date, first.date_state) == (2024, (4,), None, DateState.NONE)
    assert (first.form, first.rule_set) == (Form.WEIBO, "pukou")


def test_a_day_printed_in_the_plan_is_provisional(desk: Scene) -> None:
    when = PlannedTime("4月25日15:00", months=(4,), day=date(2024, 4, 25), start=time(15), end=time(17))
    keep(desk, replace(a_plan(), rows=(PlanRow(1, when, TOPIC, ("消防大队",)),)))
    interview = desk.interview
    assert (interview.date, interview.start, interview.date_state) == (when.day, when.start, DateState.PROVISIONAL)


def test_a_year_printed_in_a_row_wins_over_the_plans(desk: Scene) -> None:
    rows = (PlanRow(1, PlannedTime("2025年1月", year=2025, months=(1,)), TOPIC, ("消防大队",)),)
    keep(desk, replace(a_plan(), rows=rows))
    assert desk.interview.year == 2025


def test_interviews_named_only_in_prose_become_drafts_without_a_date(desk: Scene) -> None:
    proposed = (Proposal(Form.VIDEO, "乡村振兴", "农业农村局"), Proposal(None, "就业创业", "人社局"))
    keep(desk, replace(a_plan(), proposed=proposed))
    drafts = desk.store.interviews.all()[1:]
    assert [(item.no, item.topic, item.form, item.lead, item.date) for item in drafts] == [
        (2, "乡村振兴", Form.VIDEO, "农业农村局", None),
        (3, "就业创业", Form.WEIBO, "人社局", None),
    ]


def test_an_import_is_a_draft_and_goes_to_publication_step_by_step(desk: Scene) -> None:
    number = keep(desk, a_plan())
    assert desk.store.plans.get(number).state == "draft"
    assert [advance_plan(desk.office, number, by=OFFICE) for _ in range(3)] == ["submitted", "approved", "published"]
    with pytest.raises(NotAllowed, match="没有下一步"):
        advance_plan(desk.office, number, by=OFFICE)


def test_before_approval_nothing_is_done_for_any_interview(desk: Scene) -> None:
    adopted(desk, approved=False)
    dated(desk)
    prepared(desk)
    desk.at(PREVIEW)
    work(desk)
    advance_plan(desk.office, 1, by=OFFICE)
    work(desk)
    assert (working_interviews(desk.office), desk.store.outbox.posts()) == ([], [])
    assert (advance(desk.office), poll(desk.office)) == ([], 0)


def test_from_approval_on_the_work_starts(desk: Scene) -> None:
    adopted(desk, approved=False)
    dated(desk)
    prepared(desk)
    for _ in range(2):
        advance_plan(desk.office, 1, by=OFFICE)
    work(desk)
    assert [post.key for post in desk.store.outbox.posts()] == ["interview 1 · preview"]


def test_the_same_plan_is_not_imported_twice(desk: Scene) -> None:
    keep(desk, a_plan())
    with pytest.raises(NotAllowed, match="已导入"):
        keep(desk, a_plan())
    assert len(desk.store.interviews.all()) == 1


def test_another_years_plan_stands_beside_it(desk: Scene) -> None:
    keep(desk, a_plan())
    keep(desk, replace(a_plan(), year=2025))
    assert [plan.year for plan in desk.store.plans.all()] == [2024, 2025]


def test_an_import_that_was_cut_short_is_completed_by_the_next(desk: Scene) -> None:
    keep(desk, a_plan(rows=3))
    whole = desk.store.interviews.all()
    other = scene_of()
    stored = desk.store.plans.get(1)
    other.store.plans.add(replace(stored, id=0))
    other.store.interviews.add(replace(whole[0], id=0))
    keep(other, a_plan(rows=3))
    assert [item.no for item in other.store.interviews.all()] == [1, 2, 3]
    assert len(other.store.plans.all()) == 1


def test_another_document_under_the_same_title_is_refused(desk: Scene) -> None:
    keep(desk, a_plan(rows=1))
    with pytest.raises(NotAllowed, match="已导入"):
        keep(desk, a_plan(rows=2))
    assert len(desk.store.interviews.all()) == 1


def test_a_plan_without_a_year_is_refused(desk: Scene) -> None:
    with pytest.raises(NotAllowed, match="哪一年"):
        keep(desk, replace(a_plan(), year=None))


def test_a_plan_under_rules_that_are_not_there_is_refused_before_anything_is_kept(desk: Scene) -> None:
    with pytest.raises(NotFound, match="pokou"):
        keep(desk, a_plan(), rule_set="pokou")
    assert desk.store.plans.all() == []


def test_a_plan_without_a_title_is_named_for_its_issuer(desk: Scene) -> None:
    number = keep(desk, replace(a_plan(), title=""))
    assert desk.store.plans.get(number).title == "区政府办公室2024年访谈计划"


def test_the_rows_as_printed_stay_with_the_plan(desk: Scene) -> None:
    content = desk.store.plans.get(keep(desk, a_plan())).content
    assert (content["rows"][0]["topic"], content["issued"]) == (TOPIC, "2024-03-23")
