"""Plans, interviews, groupings, choices, scripts, seals and the journal come back as they were kept."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from microblog.domain.errors import NotFound
from microblog.domain.interview import DateState, Form, Guest, InterviewState
from microblog.domain.script import Rejection, ScriptState, Section, SectionKind
from microblog.service.ports import Beat, Entry, Pause, Store, StoredGrouping
from tests.store.examples import MINUTE, NOW, a_plan, a_script, a_seal, a_selection, an_interview, left_out


def test_plans_are_numbered_as_they_come(store: Store) -> None:
    first, second = store.plans.add(a_plan()), store.plans.add(a_plan(id=1, year=2025))
    assert second == a_plan(id=first.id + 1, year=2025)
    assert store.plans.all() == [first, second]
    assert store.plans.get(first.id) == first == a_plan(id=first.id)


def test_a_plan_changes_its_state_and_nothing_else(store: Store) -> None:
    plan = store.plans.add(a_plan())
    store.plans.set_state(plan.id, "approved")
    assert store.plans.get(plan.id) == replace(plan, state="approved")


def test_a_plan_never_stored_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound, match="99999"):
        store.plans.get(99999)
    with pytest.raises(NotFound, match="99999"):
        store.plans.set_state(99999, "approved")


def test_what_a_caller_does_to_a_plan_it_got_is_not_stored(store: Store) -> None:
    plan = store.plans.add(a_plan())
    store.plans.get(plan.id).content["rows"].clear()
    assert store.plans.get(plan.id).content["rows"]


def test_an_interview_comes_back_as_it_was_added(store: Store) -> None:
    whole = an_interview(
        form=Form.VIDEO,
        when="7月上旬",
        months=(7,),
        part="first",
        date=date(2024, 7, 5),
        date_state=DateState.CONFIRMED,
        start=time(10, 0),
        end=time(11, 30),
        guests=(Guest("张三", "大队长", "消防大队"), Guest("李四", "教授", "某大学", expert=True)),
        host="小陈",
        introduction="简介",
        state=InterviewState.ANNOUNCED,
        opened_at=NOW,
        closes_at=NOW + timedelta(days=20),
        additional=True,
    )
    first, second = store.interviews.add(whole), store.interviews.add(an_interview())
    assert first == whole.evolve(id=first.id)
    assert store.interviews.get(first.id) == first
    assert store.interviews.all() == [first, second]
    with pytest.raises(NotFound, match="99999"):
        store.interviews.get(99999)


def test_of_two_who_change_the_same_interview_the_second_is_refused(store: Store) -> None:
    seen = store.interviews.add(an_interview())
    assert store.interviews.save(seen.evolve(topic="甲"))
    assert not store.interviews.save(seen.evolve(topic="乙"))
    kept = store.interviews.get(seen.id)
    assert kept == seen.evolve(topic="甲", revision=1)
    assert store.interviews.save(kept.evolve(topic="乙"))
    assert store.interviews.get(seen.id).revision == 2
    with pytest.raises(NotFound, match="99999"):
        store.interviews.save(seen.evolve(id=99999))


def test_the_latest_grouping_is_kept(store: Store) -> None:
    assert store.questions.grouping(3) is None
    assert store.questions.grouped(3) is None
    store.questions.save_grouping(StoredGrouping(3, NOW, 10, {"topics": ["甲"]}))
    latest = StoredGrouping(3, NOW + MINUTE, 12, {"topics": ["甲", "乙"]})
    store.questions.save_grouping(latest)
    store.questions.save_grouping(StoredGrouping(4, NOW, 1, {}))
    assert store.questions.grouping(3) == latest
    assert store.questions.grouped(3) == (NOW + MINUTE, 12)


def test_choosing_again_replaces_what_was_chosen_and_left_out(store: Store) -> None:
    other = a_selection(interview=4)
    store.questions.choose(4, [other], [])
    store.questions.choose(3, [a_selection(1)], [left_out("q9", 1)])
    chosen, omitted = [a_selection(2), a_selection(1)], [left_out("q3", 2), left_out("q2", 2), left_out("q4", 8)]
    store.questions.choose(3, chosen, omitted)
    assert store.questions.selections(3) == [a_selection(1), a_selection(2)]
    assert store.questions.left_out(3) == [left_out("q4", 8), left_out("q2", 2), left_out("q3", 2)]
    assert store.questions.selections(4) == [other]
    store.questions.choose(3, [], [])
    assert (store.questions.selections(3), store.questions.left_out(3)) == ([], [])


def test_a_version_of_the_script_is_stored_once_and_can_be_changed(store: Store) -> None:
    second, first = a_script(2), a_script(1)
    assert store.reviews.add_script(second)
    assert store.reviews.add_script(first)
    assert not store.reviews.add_script(a_script(1, author="别人"))
    assert store.reviews.scripts(3) == [first, second]
    closing = Section("closing", SectionKind.CLOSING, answer="谢谢大家。", speaker="小陈")
    changed = first.evolve(state=ScriptState.FINAL, sections=(*first.sections, closing), override="时间紧")
    store.reviews.save_script(changed)
    assert store.reviews.scripts(3) == [changed, second]
    with pytest.raises(NotFound):
        store.reviews.save_script(a_script(3))
    assert store.reviews.scripts(4) == []


def test_a_body_seals_the_same_words_once(store: Store) -> None:
    late, early = a_seal(at=NOW + MINUTE), a_seal(body="media centre")
    assert store.reviews.seal(late)
    assert store.reviews.seal(early)
    assert not store.reviews.seal(a_seal(by="别人"))
    other_words, other_post = a_seal(hash="cd34", at=NOW + 2 * MINUTE), a_seal("interview 3 · closing")
    assert store.reviews.seal(other_words)
    assert store.reviews.seal(other_post)
    assert store.reviews.seals(["interview 3 · preview"]) == [early, late, other_words]
    assert store.reviews.seals({"interview 3 · closing", "interview 9 · preview"}) == [other_post]
    assert store.reviews.seals([]) == []


def test_every_no_is_kept_by_time(store: Store) -> None:
    late = Rejection("s", "ab12", "data centre", "小王", NOW + MINUTE, "第二次")
    early = replace(late, at=NOW, note="第一次")
    for rejection in (late, early, replace(late, subject="other")):
        store.reviews.reject(rejection)
    assert store.reviews.rejections(["s"]) == [early, late]


def test_the_journal_is_kept_in_the_order_written(store: Store) -> None:
    second_by_time = Entry(NOW + MINUTE, "小李", "seal", "interview 3", {"hash": "ab12"})
    entries = [second_by_time, Entry(NOW, "worker 1", "send", "interview 4"), replace(second_by_time, at=NOW)]
    for entry in entries:
        store.journal.write(entry)
    assert store.journal.entries() == entries
    assert store.journal.entries("interview 3") == [entries[0], entries[2]]
    assert store.journal.entries("interview 9") == []


def test_the_latest_beat_of_each_worker_is_kept(store: Store) -> None:
    store.journal.beat(Beat("worker 2", NOW, NOW))
    store.journal.beat(Beat("worker 1", NOW, NOW))
    store.journal.beat(Beat("worker 2", NOW + MINUTE, NOW))
    assert store.journal.beats() == [Beat("worker 1", NOW, NOW), Beat("worker 2", NOW + MINUTE, NOW)]


def test_a_pause_is_in_force_until_its_moment(store: Store) -> None:
    store.journal.pause(Pause("ip", NOW + MINUTE, "限频"))
    store.journal.pause(Pause("account", NOW, "限频"))
    assert store.journal.pauses(NOW) == [Pause("ip", NOW + MINUTE, "限频")]
    store.journal.pause(Pause("account", NOW + 5 * MINUTE, "需要登录"))
    assert [pause.scope for pause in store.journal.pauses(NOW)] == ["account", "ip"]
    assert store.journal.pauses(NOW + 5 * MINUTE) == []


def test_calls_are_added_up_by_kind_from_a_moment_on(store: Store) -> None:
    store.journal.spend(NOW - MINUTE, "write", 100)
    store.journal.spend(NOW, "write", 1)
    store.journal.spend(NOW + MINUTE, "sweep", 7)
    store.journal.spend(NOW + MINUTE, "write", 2)
    assert store.journal.spent(NOW) == {"sweep": 7, "write": 3}
    assert store.journal.spent(NOW + 2 * MINUTE) == {}
