"""What the doctor finds, in plain words with what to do next."""

from dataclasses import replace
from datetime import timedelta

import pytest

from microblog.domain.errors import LoginExpired
from microblog.domain.outbox import Change
from microblog.domain.post import PostState
from microblog.service.doctor import HELD, Finding, examine
from microblog.service.jobs import heartbeat
from microblog.service.live import hold
from microblog.service.ports import Login
from microblog.service.workdays import Workdays
from tests.on_air import OPENING, on_air
from tests.shared import DAY, MINUTE, OPERATOR, PLAN_DAY, START, Scene, a_post, adopted, china, dated, prepared, put

KEY = "interview 1 · preview"


def found(scene: Scene, check: str) -> list[Finding]:
    """The findings of one check."""
    return [finding for finding in examine(scene.office) if finding.check == check]


def wrong(scene: Scene) -> set[str]:
    """The checks that found something to do."""
    return {finding.check for finding in examine(scene.office) if not finding.ok}


def test_a_healthy_office_has_nothing_to_do(scene: Scene) -> None:
    heartbeat(scene.office, PLAN_DAY)
    assert wrong(scene) == set()
    assert {finding.next_step for finding in examine(scene.office)} == {""}


def test_a_worker_that_never_started_is_missed(scene: Scene) -> None:
    [finding] = found(scene, "值守进程")
    assert (finding.ok, "从未启动" in finding.what, finding.next_step) == (False, True, "请启动 python worker.py")


def test_a_worker_that_fell_silent_is_missed(scene: Scene) -> None:
    heartbeat(scene.office, PLAN_DAY)
    scene.later(2 * MINUTE)
    assert "值守进程" not in wrong(scene)
    scene.later(MINUTE)
    [finding] = found(scene, "值守进程")
    assert (finding.ok, "2024-03-23 10:00" in finding.what) == (False, True)


def test_one_living_worker_is_enough(scene: Scene) -> None:
    heartbeat(replace(scene.office, practice=replace(scene.office.practice, worker="old")), PLAN_DAY)
    scene.later(DAY)
    heartbeat(scene.office, PLAN_DAY)
    [finding] = found(scene, "值守进程")
    assert (finding.ok, "worker 1" in finding.what, "old" in finding.what) == (True, True, False)


def test_a_clock_behind_the_database_is_found(scene: Scene) -> None:
    ahead = replace(scene.office, clock=type(scene.clock)(PLAN_DAY + timedelta(hours=1)))
    heartbeat(ahead, PLAN_DAY)
    [finding] = found(scene, "时钟")
    assert (finding.ok, "校准" in finding.next_step) == (False, True)


def test_a_dead_login_is_found(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Login:
        raise LoginExpired("微博登录已过期：请重新登录授权")

    monkeypatch.setattr(scene.platform, "login", refuse)
    [finding] = found(scene, "微博授权")
    assert (finding.ok, finding.what) == (False, "微博登录已过期：请重新登录授权")


@pytest.mark.parametrize(("days", "ok"), [(8, True), (7, False), (1, False)])
def test_a_login_that_ends_within_a_week_is_found(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, days: int, ok: bool
) -> None:
    monkeypatch.setattr(scene.platform, "login", lambda: Login("1", scene.clock.now() + days * DAY))
    assert ("微博授权" not in wrong(scene)) is ok


@pytest.mark.parametrize(
    ("state", "check"),
    [
        (PostState.SEALED, "未发出"),
        (PostState.DUE, "未发出"),
        (PostState.DRAFT, "未盖章"),
        (PostState.UNKNOWN, "结果不明"),
        (PostState.LANDED, "结果不明"),
        (PostState.MISSED, "已错过"),
        (PostState.REFUSED, "被拒绝"),
    ],
)
def test_a_post_that_needs_a_person_is_found_with_the_way_out(scene: Scene, state: PostState, check: str) -> None:
    heartbeat(scene.office, PLAN_DAY)
    put(scene, a_post(due_at=PLAN_DAY))
    scene.store.outbox.move(KEY, Change(state, reason="看这里"), expect=[PostState.SEALED])
    assert wrong(scene) == {check}
    [finding] = found(scene, check)
    assert KEY in finding.what
    assert "看这里" in finding.what
    assert finding.next_step


@pytest.mark.parametrize("state", [PostState.POSTED, PostState.CANCELLED])
def test_a_post_that_is_done_needs_nobody(scene: Scene, state: PostState) -> None:
    heartbeat(scene.office, PLAN_DAY)
    put(scene, a_post(due_at=PLAN_DAY))
    scene.store.outbox.move(KEY, Change(state), expect=[PostState.SEALED])
    assert wrong(scene) == set()


@pytest.mark.parametrize("state", [PostState.DRAFT, PostState.SEALED])
def test_a_post_whose_time_has_not_come_needs_nobody(scene: Scene, state: PostState) -> None:
    heartbeat(scene.office, PLAN_DAY)
    put(scene, a_post(due_at=START))
    scene.store.outbox.move(KEY, Change(state), expect=[PostState.SEALED])
    assert wrong(scene) == set()


def test_a_post_being_sent_needs_nobody_until_its_lease_ends(scene: Scene) -> None:
    put(scene, a_post(due_at=PLAN_DAY))
    scene.store.outbox.move(KEY, Change(PostState.DUE), expect=[PostState.SEALED])
    post = scene.store.outbox.get(KEY)
    scene.store.outbox.claim(PLAN_DAY, "worker 1", 2 * MINUTE, [post.verb])
    heartbeat(scene.office, PLAN_DAY)
    assert wrong(scene) == set()
    scene.later(2 * MINUTE)
    assert wrong(scene) == {"结果不明"}


def test_a_preview_that_is_overdue_is_found(scene: Scene) -> None:
    adopted(scene)
    dated(scene)
    prepared(scene)
    scene.at(china(3, 26, 9))
    [finding] = found(scene, "逾期")
    assert (finding.ok, "第1期访谈预告" in finding.what) == (False, True)


def test_a_year_without_a_known_calendar_is_found(scene: Scene) -> None:
    workdays = Workdays()
    workdays.is_workday(START.date().replace(year=2099))
    office = replace(scene.office, workdays=workdays)
    [finding] = [one for one in examine(office) if one.check == "节假日历"]
    assert (finding.ok, "2099年" in finding.what) == (False, True)


def test_a_check_that_fails_is_itself_a_finding_and_the_others_go_on(scene: Scene) -> None:
    adopted(scene)
    scene.store.interviews.save(scene.interview.evolve(rule_set="gone"))
    assert "gone" in found(scene, "逾期")[0].what
    assert found(scene, "数据库")[0].ok


def test_a_held_post_is_told_as_held_and_not_as_the_workers_fault() -> None:
    scene = on_air()
    hold(scene.office, scene.interview, OPENING, by=OPERATOR, reason="等核对")
    said = [finding for finding in examine(scene.office) if finding.what.startswith(OPENING)]
    assert [(finding.what, finding.next_step) for finding in said] == [(f"{OPENING}：值班员 暂缓：等核对", HELD)]
