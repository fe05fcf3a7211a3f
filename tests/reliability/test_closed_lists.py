"""Lists of comments that are gone, refused or down when a channel closes or an event ends: the interview goes on."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from microblog.domain.errors import PlatformDown, PlatformError, PlatformRefused
from microblog.domain.interview import InterviewState
from microblog.domain.post import PostState
from microblog.service.agenda import advance
from microblog.service.collect import collect
from microblog.service.ports import CommentPage
from tests.shared import CLOSES, END, HOUR, MINUTE, START, Scene, announced, crowd, play, scene_of, sealed


@pytest.fixture
def channel() -> Scene:
    """An open channel with questions under its preview."""
    scene = scene_of()
    announced(scene)
    crowd(scene)
    return scene


@pytest.fixture
def event() -> Scene:
    """An interview that is about to begin."""
    scene = scene_of()
    sealed(scene)
    scene.at(START)
    return scene


def shut(scene: Scene, error: Callable[[], PlatformError]) -> list[str]:
    """No list can be read any more; returns the tries as they come."""
    tried: list[str] = []

    def refuse(status_id: str, **_: object) -> CommentPage:
        tried.append(status_id)
        raise error()

    scene.platform.comments = refuse  # type: ignore[method-assign]  # a door closed overnight
    return tried


def advance_for(scene: Scene, length: timedelta) -> None:
    until = scene.clock.now() + length
    while scene.clock.now() < until:
        advance(scene.office)
        scene.later(timedelta(seconds=15))


def test_a_preview_that_is_gone_does_not_keep_the_channel_from_closing(channel: Scene) -> None:
    collect(channel.office, channel.interview)
    channel.platform.remove(str(channel.post("preview").platform_id))
    channel.at(CLOSES)
    advance(channel.office)
    assert channel.interview.state is InterviewState.COLLECTED
    assert channel.store.comments.of(1)


def test_a_list_that_is_gone_does_not_hide_the_others(event: Scene) -> None:
    play(event, START + 2 * MINUTE)
    opening = str(event.post("opening").platform_id)
    event.platform.netizen(opening, "现场提问：路灯何时修？")
    event.platform.remove(str(event.post("preview").platform_id))
    play(event, END + 5 * MINUTE)
    assert any(comment.under == opening for comment in event.store.comments.of(1))
    assert event.state("closing") is PostState.POSTED


def test_a_door_closed_for_hours_is_waited_for_and_then_the_interview_goes_on(channel: Scene) -> None:
    collect(channel.office, channel.interview)
    channel.at(CLOSES)
    shut(channel, lambda: PlatformRefused("应用没有这个接口的权限"))
    advance_for(channel, 2 * HOUR)
    assert channel.interview.state.value == "announced"
    advance_for(channel, HOUR)
    assert channel.interview.state is InterviewState.COLLECTED
    assert any(entry.verb == "unread" for entry in channel.store.journal.entries("interview 1"))


@pytest.mark.parametrize("error", [PlatformRefused, PlatformDown])
def test_a_step_held_up_by_the_platform_does_not_eat_the_days_calls(
    channel: Scene, error: type[PlatformError]
) -> None:
    channel.at(CLOSES)
    tried = shut(channel, lambda: error("读不到"))
    advance_for(channel, 2 * HOUR)
    assert 10 < len(tried) < 30


def test_after_a_short_breakdown_the_step_is_made_within_a_minute(channel: Scene) -> None:
    channel.at(CLOSES)
    channel.platform.down = True
    advance_for(channel, MINUTE)
    channel.platform.down = False
    advance_for(channel, MINUTE)
    assert channel.interview.state is InterviewState.COLLECTED
