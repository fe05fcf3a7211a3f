"""One step of an interview at a time: what each waits for, and what a failure costs."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from microblog.domain.interview import Form, Interview, InterviewState
from microblog.domain.outbox import Change
from microblog.domain.post import Landed, PostKind, PostState, Unknown
from microblog.domain.script import ScriptState
from microblog.platforms.memory import Mishap
from microblog.service.agenda import advance
from microblog.service.dispatch import dispatch
from microblog.service.draft import build, latest_script, submit, write
from microblog.service.ports import Interviews, Store
from microblog.service.select import select
from tests.shared import (
    ANALYST,
    CLOSES,
    DAY,
    END,
    HOUR,
    LEAD,
    LIVE,
    MINUTE,
    OPERATOR,
    PREVIEW,
    START,
    Scene,
    adopted,
    announced,
    answered,
    collected,
    dated,
    drafted,
    play,
    prepared,
    scene_of,
    seal_all,
    sealed,
    submitted,
    work,
)


@pytest.fixture
def desk(scene: Scene) -> Scene:
    """The day the plan is issued."""
    return scene


def live(scene: Scene) -> None:
    """The opening post is out, the thread runs."""
    sealed(scene)
    scene.at(START)
    work(scene)


def until_ended(scene: Scene) -> None:
    """The event is over, the closing post is out."""
    live(scene)
    play(scene, START + 15 * MINUTE)
    scene.at(END)
    play(scene, END + 5 * MINUTE)


def state(scene: Scene) -> InterviewState:
    return scene.interview.state


def postponed(scene: Scene, number: int = 1) -> list[str]:
    """Why steps were put off, in order."""
    entries = scene.store.journal.entries(f"interview {number}")
    return [entry.detail["why"] for entry in entries if entry.verb == "postponed"]


def test_nothing_is_announced_while_something_is_missing(desk: Scene) -> None:
    adopted(desk)
    dated(desk)
    assert advance(desk.office) == []
    assert desk.store.outbox.posts() == []


def test_the_preview_is_put_in_the_outbox_as_soon_as_everything_is_there(desk: Scene) -> None:
    adopted(desk)
    dated(desk)
    prepared(desk)
    advance(desk.office)
    assert (desk.state("preview"), state(desk)) == (PostState.DRAFT, InterviewState.PLANNED)


def test_the_channel_opens_with_the_preview_on_the_platform_and_its_id_known(desk: Scene) -> None:
    adopted(desk)
    dated(desk)
    prepared(desk)
    work(desk)
    seal_all(desk)
    desk.at(PREVIEW)
    desk.platform.suffer(Mishap.HIDDEN)
    work(desk)
    assert (desk.state("preview"), state(desk)) == (PostState.LANDED, InterviewState.PLANNED)
    desk.later(5 * MINUTE)
    work(desk)
    assert (desk.state("preview"), state(desk)) == (PostState.POSTED, InterviewState.ANNOUNCED)


def test_the_channel_stays_open_to_its_last_minute(desk: Scene) -> None:
    announced(desk)
    desk.at(CLOSES - MINUTE)
    work(desk)
    assert state(desk) is InterviewState.ANNOUNCED
    desk.at(CLOSES)
    work(desk)
    assert state(desk) is InterviewState.COLLECTED


def test_at_closing_the_whole_list_is_read_and_grouped(desk: Scene) -> None:
    announced(desk)
    desk.platform.netizen(str(desk.post("preview").platform_id), "小区消防通道被堵怎么办？")
    desk.at(CLOSES)
    advance(desk.office)
    last = desk.store.comments.sweeps(1)[-1]
    assert (last.full, last.at) == (True, CLOSES)
    assert desk.store.questions.grouped(1) == (CLOSES, 1)


def test_a_platform_down_at_closing_is_asked_again(desk: Scene) -> None:
    announced(desk)
    desk.at(CLOSES)
    desk.platform.down = True
    assert advance(desk.office) == []
    assert (state(desk), postponed(desk)) == (InterviewState.ANNOUNCED, ["平台没有回应，稍后再试"])
    desk.platform.down = False
    desk.later(MINUTE)
    assert [interview.state for interview in advance(desk.office)] == [InterviewState.COLLECTED]


def test_why_a_step_waits_is_written_down_once_and_not_at_every_round(desk: Scene) -> None:
    announced(desk)
    desk.at(CLOSES)
    desk.platform.down = True
    for _ in range(5):
        advance(desk.office)
        desk.later(MINUTE)
    assert len(postponed(desk)) == 1


def test_one_interviews_trouble_does_not_stop_the_others(desk: Scene) -> None:
    adopted(desk, rows=2)
    for number in (1, 2):
        dated(desk, number)
        prepared(desk, number)
    first = desk.store.interviews.get(1)
    many = tuple(replace(first.guests[0], name=f"张{number}", post="党组成员兼副大队长") for number in range(9))
    desk.store.interviews.save(first.evolve(guests=many))
    advance(desk.office)
    assert [post.key for post in desk.store.outbox.posts()] == ["interview 2 · preview"]
    assert "超过140字" in postponed(desk)[0]


def test_an_interview_under_vanished_rules_does_not_stop_the_others(desk: Scene) -> None:
    adopted(desk, rows=2)
    for number in (1, 2):
        dated(desk, number)
        prepared(desk, number)
    desk.store.interviews.save(desk.store.interviews.get(1).evolve(rule_set="gone"))
    advance(desk.office)
    assert [post.key for post in desk.store.outbox.posts()] == ["interview 2 · preview"]


def test_the_interview_is_sealed_when_its_script_is_final(desk: Scene) -> None:
    submitted(desk)
    work(desk)
    assert state(desk) is InterviewState.COLLECTED
    seal_all(desk)
    work(desk)
    assert state(desk) is InterviewState.SEALED


def test_a_new_version_takes_the_interview_back_until_it_is_sealed_too(desk: Scene) -> None:
    sealed(desk)
    script = latest_script(desk.office, desk.interview)
    assert script is not None
    opening = replace(script.sections[0], answer="另一段开场。")
    write(desk.office, desk.interview, [opening, *script.sections[1:]], by=LEAD)
    advance(desk.office)
    assert state(desk) is InterviewState.COLLECTED
    submit(desk.office, desk.interview, by=LEAD, override="短访谈")
    seal_all(desk)
    advance(desk.office)
    assert state(desk) is InterviewState.SEALED


def test_the_event_is_live_when_its_opening_post_is_out(desk: Scene) -> None:
    sealed(desk)
    desk.at(START)
    assert advance(desk.office) == []
    dispatch(desk.office)
    advance(desk.office)
    assert state(desk) is InterviewState.LIVE


def test_no_closing_post_is_written_while_the_event_or_its_answers_go_on(desk: Scene) -> None:
    live(desk)
    desk.at(LIVE + HOUR)
    work(desk)
    assert "closing" not in desk.states()
    desk.at(END)
    advance(desk.office)
    assert "closing" not in desk.states()
    assert Counter(desk.states().values())["sealed"]


def test_the_closing_post_waits_for_an_answer_that_is_still_being_looked_for(desk: Scene) -> None:
    live(desk)
    play(desk, START + 10 * MINUTE)
    last = [post for post in desk.store.outbox.posts() if post.kind is PostKind.ANSWER][-1]
    desk.store.outbox.move(last.key, Change(PostState.UNKNOWN, not_before=END + HOUR), expect=[PostState.POSTED])
    desk.at(END + MINUTE)
    advance(desk.office)
    assert "closing" not in desk.states()
    desk.store.outbox.move(last.key, Change(PostState.UNKNOWN), expect=[PostState.UNKNOWN])
    advance(desk.office)
    assert desk.state("closing") is PostState.DRAFT


def test_the_closing_post_says_what_really_was_received_and_answered(desk: Scene) -> None:
    live(desk)
    play(desk, START + 20 * MINUTE)
    desk.platform.netizen(str(desk.post("opening").platform_id), "请问工地夜间施工噪音归谁管？", user_id="9")
    desk.at(END)
    work(desk)
    text = desk.post("closing").text
    assert "共收到网友提问11条" in text
    assert "现场答复4个" in text
    assert "5月8日24时前" in text


def test_a_thread_that_was_refused_is_not_counted_as_answered(desk: Scene) -> None:
    live(desk)
    desk.store.outbox.move(
        "interview 1 · answer 2 · part 2", Change(PostState.CANCELLED), expect=[PostState.SEALED, PostState.DUE]
    )
    desk.store.outbox.move(
        "interview 1 · answer 3 · part 2", Change(PostState.REFUSED), expect=[PostState.SEALED, PostState.DUE]
    )
    play(desk, START + 15 * MINUTE)
    desk.at(END + HOUR)
    work(desk)
    work(desk)
    assert "现场答复3个" in desk.post("closing").text


def test_the_event_ends_when_the_closing_post_is_out(desk: Scene) -> None:
    until_ended(desk)
    assert (state(desk), desk.interview.ended_at) == (InterviewState.ENDED, desk.post("closing").posted_at)


def test_a_platform_down_at_the_end_of_the_event_is_asked_again(desk: Scene) -> None:
    live(desk)
    play(desk, START + 20 * MINUTE)
    desk.at(END)
    desk.platform.down = True
    advance(desk.office)
    assert "closing" not in desk.states()
    desk.platform.down = False
    desk.later(MINUTE)
    advance(desk.office)
    assert desk.state("closing") is PostState.DRAFT


def test_rules_without_a_date_for_open_questions_cost_no_calls(desk: Scene) -> None:
    live(desk)
    play(desk, START + 20 * MINUTE)
    desk.at(END)
    pukou = desk.office.rule_sets["pukou"]
    rules = replace(pukou, milestones=tuple(rule for rule in pukou.milestones if rule.id != "unanswered"))
    reads = desk.platform.reads
    advance(replace(desk.office, rule_sets={"pukou": rules}))
    assert (desk.platform.reads, "unanswered" in postponed(desk)[-1]) == (reads, True)


def test_the_roundup_goes_out_on_its_day_and_files_the_interview(desk: Scene) -> None:
    until_ended(desk)
    roundup = desk.post("roundup")
    assert roundup.due_at > END
    seal_all(desk)
    desk.at(roundup.due_at)
    work(desk)
    assert (desk.state("roundup"), state(desk)) == (PostState.POSTED, InterviewState.FILED)
    assert (desk.office.practice.files / "2024-01" / "transcript.html").exists()


def test_a_filed_interview_is_left_alone(desk: Scene) -> None:
    until_ended(desk)
    seal_all(desk)
    desk.at(desk.post("roundup").due_at)
    work(desk)
    before = desk.store.outbox.posts(), desk.interview
    desk.later(30 * DAY)
    work(desk)
    assert (desk.store.outbox.posts(), desk.interview) == before


def test_a_recorded_interview_ends_with_its_recording_and_is_filed_without_an_answer_thread(desk: Scene) -> None:
    adopted(desk, form=Form.VIDEO)
    dated(desk)
    prepared(desk)
    work(desk)
    seal_all(desk)
    desk.at(PREVIEW)
    work(desk)
    desk.later(HOUR)
    for number, words in enumerate(("楼道里给电动车充电归谁管？", "消防通道被私家车堵住怎么办？")):
        desk.platform.netizen(str(desk.post("preview").platform_id), words, user_id=str(number))
    desk.at(CLOSES)
    work(desk)
    select(desk.office, desk.interview, by=ANALYST)
    write(desk.office, desk.interview, answered(build(desk.office, desk.interview, by=LEAD)), by=LEAD)
    submit(desk.office, desk.interview, by=LEAD, override="短访谈")
    seal_all(desk)
    work(desk)
    assert state(desk) is InterviewState.SEALED
    desk.at(END)
    for _ in range(3):
        work(desk)
    assert (state(desk), desk.interview.ended_at) == (InterviewState.ENDED, END)
    seal_all(desk)
    desk.at(desk.post("roundup").due_at)
    work(desk)
    assert state(desk) is InterviewState.FILED
    assert desk.states() == {"preview": "posted", "roundup": "posted"}
    assert "含2组问答" in desk.post("roundup").text


class Earlier:
    """The interviews as another worker read them a moment ago."""

    def __init__(self, interviews: Interviews, read: list[Interview]) -> None:
        self._interviews, self._read = interviews, read

    def all(self) -> list[Interview]:
        return self._read

    def __getattr__(self, name: str) -> Any:
        return getattr(self._interviews, name)


class EarlierStore:
    """A store whose interviews were read before someone else saved them."""

    def __init__(self, store: Store, read: list[Interview]) -> None:
        self._store = store
        self.interviews = Earlier(store.interviews, read)

    def __getattr__(self, part: str) -> Any:
        return getattr(self._store, part)


def test_someone_who_saves_in_between_costs_one_round(desk: Scene) -> None:
    sealed(desk)
    desk.at(START)
    dispatch(desk.office)
    stale = desk.interview
    desk.store.interviews.save(stale.evolve(host="小江"))

    advance(replace(desk.office, store=cast(Store, EarlierStore(desk.store, [stale]))))
    assert (desk.interview.host, state(desk)) == ("小江", InterviewState.SEALED)
    advance(desk.office)
    assert (desk.interview.host, state(desk)) == ("小江", InterviewState.LIVE)


@pytest.mark.parametrize("outcome", [Landed(PREVIEW + HOUR, "审核中"), Unknown(PREVIEW + HOUR, "没有回应")])
def test_the_channel_does_not_open_on_a_preview_whose_id_is_not_known(desk: Scene, outcome: Landed | Unknown) -> None:
    adopted(desk)
    dated(desk)
    prepared(desk)
    work(desk)
    seal_all(desk)
    desk.at(PREVIEW)
    desk.platform.answers.append(outcome)
    work(desk)
    assert (state(desk), desk.interview.closes_at) == (InterviewState.PLANNED, None)


def test_the_states_of_a_whole_interview_come_in_order(store: Store, tmp_path: Path) -> None:
    desk = scene_of(store, files=tmp_path / "filing")
    until_ended(desk)
    seal_all(desk)
    desk.at(desk.post("roundup").due_at)
    work(desk)
    states = {member.value for member in InterviewState}
    order = [entry.verb for entry in desk.store.journal.entries("interview 1") if entry.verb in states]
    assert order == ["announced", "collected", "sealed", "live", "ended", "filed"]


def test_drafting_before_the_channel_closed_does_not_move_the_interview(desk: Scene) -> None:
    drafted(desk)
    assert state(desk) is InterviewState.COLLECTED
    script = latest_script(desk.office, desk.interview)
    assert script is not None
    assert script.state is ScriptState.DRAFT
    work(desk)
    assert state(desk) is InterviewState.COLLECTED


def test_people_and_the_system_are_told_apart_in_the_journal(desk: Scene) -> None:
    collected(desk)
    who = {entry.who for entry in desk.store.journal.entries("interview 1")}
    assert "system" in who
    assert OPERATOR not in who
