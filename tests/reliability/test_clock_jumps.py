"""A clock that jumps: by it nothing is sent, missed or called absent, and what it wrote holds up nothing later."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from microblog.domain.errors import PlatformDown
from microblog.domain.interview import InterviewState
from microblog.domain.post import PostState
from microblog.platforms.memory import Mishap
from microblog.service.agenda import advance
from microblog.service.dispatch import dispatch
from microblog.service.office import Office
from microblog.service.ports import CLOCK, Clock
from microblog.service.read_back import reconcile
from tests.shared import (
    CLOSES,
    DAY,
    END,
    HOUR,
    MINUTE,
    START,
    Scene,
    Stage,
    a_post,
    announced,
    play,
    put,
    scene_of,
    sealed,
)

JUMPS = [HOUR, -HOUR, DAY, -DAY]
SECOND = timedelta(seconds=1)


@dataclass
class Jumped:
    """The machine's clock, off by so much."""

    true: Clock
    by: timedelta = timedelta(0)

    def now(self) -> datetime:
        return self.true.now() + self.by


def machine(desk: Scene, by: timedelta) -> tuple[Office, Jumped]:
    """The office on a machine whose clock is off, while the platform's is right."""
    clock = Jumped(desk.clock, by)
    return replace(desk.office, clock=clock), clock


def run(office: Office, desk: Scene, minutes: int) -> None:
    for _ in range(minutes):
        reconcile(office)
        dispatch(office)
        desk.later(MINUTE)


@pytest.mark.parametrize("by", JUMPS)
def test_nothing_is_sent_or_missed_by_a_clock_that_is_wrong(desk: Scene, by: timedelta) -> None:
    put(desk, a_post())
    office, _ = machine(desk, by)
    run(office, desk, 5)
    assert (desk.platform.delivered, desk.state("preview")) == ([], PostState.SEALED)


@pytest.mark.parametrize("by", JUMPS)
def test_once_the_clock_is_right_again_everything_goes_out_in_time(desk: Scene, by: timedelta) -> None:
    for number in range(3):
        put(desk, a_post(f"interview 1 · notice {number}"))
    office, clock = machine(desk, timedelta(0))
    run(office, desk, 1)
    clock.by = by
    run(office, desk, 3)
    clock.by = timedelta(0)
    run(office, desk, 5)
    posts = desk.store.outbox.posts()
    assert {post.state for post in posts} == {PostState.POSTED}
    assert all(post.posted_at is not None and post.posted_at <= post.latest_at for post in posts)


@pytest.mark.parametrize("by", JUMPS)
def test_a_post_sent_before_the_jump_is_not_called_absent_after_it(desk: Scene, by: timedelta) -> None:
    put(desk, a_post())
    office, clock = machine(desk, timedelta(0))
    desk.platform.suffer(Mishap.LOST_AFTER)
    dispatch(office)
    clock.by = by
    run(office, desk, 10)
    assert (desk.platform.looks, desk.state("preview")) == (0, PostState.UNKNOWN)
    clock.by = timedelta(0)
    run(office, desk, 2)
    assert (desk.state("preview"), len(desk.platform.posted())) == (PostState.POSTED, 1)


def test_what_a_fast_clock_sent_before_it_was_found_out_does_not_hold_up_the_rest(desk: Scene) -> None:
    """The clock was wrong by a day before the platform could be asked; the pace counts from that day."""
    put(desk, a_post())
    office, clock = machine(desk, DAY)
    desk.store.outbox.reschedule(a_post().key, START, START + 2 * DAY, expect=list(PostState))
    desk.platform.time = lambda: None  # type: ignore[method-assign]  # a platform that does not tell
    run(office, desk, 1)
    clock.by = timedelta(0)
    put(desk, a_post("interview 1 · opening"))
    run(office, desk, 2)
    assert desk.state("opening") is PostState.POSTED


@pytest.mark.parametrize("by", [2 * MINUTE, -2 * MINUTE])
def test_two_minutes_are_no_reason_to_stop(desk: Scene, by: timedelta) -> None:
    put(desk, a_post(due_at=START - HOUR))
    office, _ = machine(desk, by)
    dispatch(office)
    assert desk.state("preview") is PostState.POSTED


def test_the_operator_reads_by_how_much_the_clock_is_wrong(desk: Scene) -> None:
    put(desk, a_post())
    office, clock = machine(desk, HOUR)
    dispatch(office)
    [pause] = desk.store.journal.pauses(clock.now())
    assert pause.scope == CLOCK
    assert "60 分钟" in pause.why


def test_the_platform_is_asked_for_its_time_only_when_something_is_to_be_done(desk: Scene) -> None:
    asked: list[datetime] = []

    def told() -> datetime:
        asked.append(desk.clock.now())
        return desk.clock.now()

    desk.platform.time = told  # type: ignore[method-assign]  # counts the questions
    put(desk, a_post(due_at=START + 2 * MINUTE))
    run(desk.office, desk, 10)
    assert asked == [START + 2 * MINUTE]


def test_a_wrong_clock_asks_again_every_half_minute_and_not_at_every_round(desk: Scene) -> None:
    put(desk, a_post())
    office, clock = machine(desk, HOUR)
    for _ in range(60):
        dispatch(office)
        desk.later(SECOND)
    clock.by = timedelta(0)
    dispatch(office)
    assert desk.state("preview") is PostState.POSTED


def test_a_platform_that_gives_no_answer_gets_no_post(desk: Scene) -> None:
    put(desk, a_post())

    def silent() -> datetime:
        raise PlatformDown("没有回应")

    desk.platform.time = silent  # type: ignore[method-assign]  # down for a while
    run(desk.office, desk, 3)
    assert (desk.platform.delivered, desk.state("preview")) == ([], PostState.SEALED)
    desk.platform.time = lambda: Stage.time(desk.platform)  # type: ignore[method-assign]  # back again
    run(desk.office, desk, 1)
    assert desk.state("preview") is PostState.POSTED


@pytest.mark.parametrize("told", [None, START - 300 * DAY, START + 2 * DAY])
def test_a_platform_that_tells_no_time_or_a_canned_one_is_no_reason_to_stop(
    desk: Scene, told: datetime | None
) -> None:
    put(desk, a_post())
    desk.platform.time = lambda: told  # type: ignore[method-assign]  # not the real time
    run(desk.office, desk, 1)
    assert desk.state("preview") is PostState.POSTED


@pytest.mark.parametrize("by", [HOUR, DAY])
def test_a_channel_is_not_closed_and_no_closing_post_dated_by_a_clock_that_is_fast(by: timedelta) -> None:
    scene = scene_of()
    sealed(scene)
    scene.at(START)
    play(scene, START + 20 * MINUTE)
    office, clock = machine(scene, by)
    scene.at(END - 30 * MINUTE)
    advance(office)
    assert "interview 1 · closing" not in {post.key for post in scene.store.outbox.posts()}
    clock.by = timedelta(0)
    scene.at(END + MINUTE)
    advance(office)
    assert scene.post("closing").due_at == END + MINUTE


@pytest.mark.parametrize("by", [HOUR, DAY])
def test_questions_are_taken_to_the_last_minute_whatever_our_clock_says(by: timedelta) -> None:
    scene = scene_of()
    announced(scene)
    scene.at(CLOSES - 30 * MINUTE)
    office, clock = machine(scene, by)
    assert advance(office) == []
    clock.by = timedelta(0)
    scene.at(CLOSES)
    assert [interview.state for interview in advance(office)] == [InterviewState.COLLECTED]
