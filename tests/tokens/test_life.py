"""How long a login holds, who is warned, and what goes on without one."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from microblog.domain.errors import LoginExpired, PlatformDown
from microblog.domain.post import LoginNeeded, PostState
from microblog.platforms.memory import Mishap
from microblog.service.announce import announce
from microblog.service.collect import collect
from microblog.service.dispatch import dispatch
from microblog.service.doctor import examine
from microblog.service.importing import guess, source_of, take_in, understand
from microblog.service.logins import resume, watch_login
from microblog.service.polling import poll
from microblog.service.ports import Entry, Login
from tests.shared import (
    DAY,
    END,
    HOUR,
    LEAD,
    MINUTE,
    PREVIEW,
    START,
    Scene,
    Stage,
    a_post,
    adopted,
    announced,
    dated,
    prepared,
    put,
    scene_of,
)

DEAD = LoginNeeded("微博登录已失效：请重新登录")


@pytest.fixture
def desk() -> Scene:
    return scene_of(start=START)


def ends(scene: Scene, by: timedelta) -> None:
    """Let the login end so long from now."""
    scene.platform._expires_at = scene.clock.now() + by


def said(scene: Scene) -> list[Entry]:
    """What the journal says of the login."""
    return scene.store.journal.entries("login")


@pytest.mark.parametrize(
    ("left", "warned"),
    [(30 * DAY, None), (7 * DAY + MINUTE, None), (7 * DAY, 7), (4 * DAY, 7), (3 * DAY, 3), (DAY, 1), (HOUR, 1)],
)
def test_the_end_is_warned_of_7_3_and_1_days_before(desk: Scene, left: timedelta, warned: int | None) -> None:
    ends(desk, left)
    watch_login(desk.office)
    assert [entry.detail["days"] for entry in said(desk)] == ([] if warned is None else [warned])


def test_each_warning_is_given_once_and_again_for_a_new_login(desk: Scene) -> None:
    ends(desk, 8 * DAY)
    for _ in range(9 * 24):
        watch_login(desk.office)
        desk.later(HOUR)
    assert [entry.detail["days"] for entry in said(desk)] == [7, 3, 1]
    ends(desk, 7 * DAY)
    watch_login(desk.office)
    assert [entry.detail["days"] for entry in said(desk)] == [7, 3, 1, 7]


def test_a_dead_login_is_noted_once(desk: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.platform, "login", raising(LoginExpired("登录已过期")))
    for _ in range(3):
        watch_login(desk.office)
    assert [entry.verb for entry in said(desk)] == ["expired"]


def test_a_platform_that_does_not_answer_says_nothing_of_the_login(
    desk: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.platform, "login", raising(PlatformDown("没有回应")))
    watch_login(desk.office)
    assert said(desk) == []


def test_a_preview_whose_login_ends_before_the_interview_is_warned_of_and_still_drafted() -> None:
    scene = scene_of()
    adopted(scene)
    dated(scene)
    prepared(scene)
    scene.platform._expires_at = END
    assert announce(scene.office, scene.interview, by=LEAD) is not None
    [warning] = [entry for entry in scene.store.journal.entries("interview 1") if entry.verb == "login-short"]
    assert "微博登录就到期" in str(warning.detail["why"])
    findings = [one for one in examine(scene.office) if one.check == "微博授权" and not one.ok]
    assert any("第1期访谈" in one.what and "auth login" in one.next_step for one in findings)


def test_a_login_that_outlives_the_interview_is_no_warning() -> None:
    scene = scene_of()
    adopted(scene)
    dated(scene)
    prepared(scene)
    scene.platform._expires_at = END + MINUTE
    announce(scene.office, scene.interview, by=LEAD)
    assert [entry.verb for entry in scene.store.journal.entries("interview 1")].count("login-short") == 0


def test_a_dead_login_stops_all_sending(desk: Scene) -> None:
    put(desk, a_post())
    put(desk, a_post("interview 1 · notice"))
    desk.platform.answers.append(DEAD)
    for _ in range(5):
        dispatch(desk.office)
        desk.later(MINUTE)
    assert len(desk.platform.delivered) == 1
    assert sorted(desk.states().values()) == ["due", "due"]


def test_a_new_login_resumes_at_once(desk: Scene) -> None:
    put(desk, a_post())
    desk.platform.answers.append(DEAD)
    dispatch(desk.office)
    desk.later(MINUTE)
    assert resume(desk.office) == 1
    assert dispatch(desk.office).sent == 1
    assert desk.state("preview") is PostState.POSTED


def test_a_login_frees_only_what_waited_for_it(desk: Scene) -> None:
    put(desk, a_post())
    desk.platform.suffer(Mishap.NOT_SENT)
    dispatch(desk.office)
    assert resume(desk.office) == 0


def test_without_a_login_comments_that_can_be_read_are_read() -> None:
    scene = scene_of()
    announced(scene)
    scene.at(PREVIEW + HOUR)
    put(scene, a_post("interview 1 · notice", due_at=scene.clock.now(), latest_at=scene.clock.now() + DAY))
    scene.platform.answers.append(DEAD)
    dispatch(scene.office)
    scene.platform.netizen(str(scene.post("preview").platform_id), "归谁管？")
    scene.later(MINUTE)
    assert poll(scene.office) == 1
    assert [comment.text for comment in scene.store.comments.of(1)] == ["归谁管？"]


def test_a_login_too_dead_to_read_is_asked_again_when_a_poll_is_due_and_not_every_minute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scene = scene_of()
    announced(scene)
    scene.at(PREVIEW + HOUR)
    asked: list[str] = []

    def refuse(self: Stage, status_id: str, **_: object) -> None:
        asked.append(status_id)
        raise LoginExpired("登录已过期")

    monkeypatch.setattr(Stage, "comments", refuse)
    for _ in range(31):
        poll(scene.office)
        scene.later(MINUTE)
    assert scene.office.practice.poll_every == 30 * MINUTE
    assert len(asked) == 2


def test_imports_need_no_login(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = scene_of()
    announced(scene)
    monkeypatch.setattr(Stage, "comments", raising(LoginExpired("登录已过期")))
    with pytest.raises(LoginExpired):
        collect(scene.office, scene.interview)
    rows = [{"内容": "消防通道归谁管？", "昵称": "江边"}]
    reading = understand(scene.office, scene.interview, rows, guess(rows, {}), source_of("后台"))
    assert take_in(scene.office, scene.interview, reading, by=LEAD).new == 1


def test_the_last_day_is_counted_in_the_doctors_finding(desk: Scene) -> None:
    ends(desk, 2 * DAY + HOUR)
    [finding] = [one for one in examine(desk.office) if one.check == "微博授权"]
    assert not finding.ok
    assert "还剩 2 天" in finding.what


def test_a_login_of_unknown_life_is_no_warning(desk: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.platform, "login", lambda: Login("1", None))
    watch_login(desk.office)
    assert said(desk) == []


def raising(error: Exception) -> Callable[..., None]:
    """A call that fails."""

    def fail(*_: object, **__: object) -> None:
        raise error

    return fail
