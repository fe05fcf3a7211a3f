"""When comments are read and grouped: what a round costs when there is nothing to read, or nobody to ask."""

import pytest

from microblog.domain.tier import Tier
from microblog.service.dispatch import dispatch
from microblog.service.polling import group_all, next_poll, poll, sweep
from microblog.service.ports import Pause
from microblog.service.review import approve
from tests.shared import (
    DAY,
    HOUR,
    MINUTE,
    PREVIEW,
    REVIEWERS,
    Scene,
    adopted,
    announced,
    china,
    collected,
    crowd,
    dated,
    prepared,
    work,
)


def rounds(scene: Scene, minutes: int) -> int:
    """Poll once a minute; returns how many calls were made."""
    before = scene.platform.reads
    for _ in range(minutes):
        poll(scene.office)
        scene.later(MINUTE)
    return scene.platform.reads - before


def two_open_channels(scene: Scene) -> None:
    """Two interviews with their previews out."""
    adopted(scene, rows=2)
    for number in (1, 2):
        dated(scene, number)
        prepared(scene, number)
    work(scene)
    for number in (1, 2):
        for body, reviewer in REVIEWERS.items():
            approve(scene.office, scene.store.interviews.get(number), body=body, by=reviewer)
    scene.at(PREVIEW)
    for _ in range(3):
        work(scene)
        scene.later(MINUTE)


def test_an_interview_is_read_no_more_often_than_the_office_wants(scene: Scene) -> None:
    announced(scene)
    assert rounds(scene, 180) <= 180 * MINUTE / scene.office.practice.poll_every + 1


def test_before_the_preview_is_out_nothing_is_read(scene: Scene) -> None:
    adopted(scene)
    dated(scene)
    prepared(scene)
    work(scene)
    assert rounds(scene, 10) == 0


def test_without_room_the_next_reading_is_after_midnight(scene: Scene) -> None:
    announced(scene)
    scene.store.journal.spend(scene.clock.now(), "poll", Tier().calls_per_day)
    assert next_poll(scene.office, scene.interview) == china(3, 26)
    assert rounds(scene, 60) == 0
    scene.at(china(3, 26))
    assert rounds(scene, 1) == 1


def test_a_platform_that_is_down_for_hours_does_not_eat_the_days_calls(scene: Scene) -> None:
    announced(scene)
    scene.later(HOUR)
    scene.platform.down = True
    assert rounds(scene, 180) <= 8
    scene.platform.down = False
    crowd(scene)
    rounds(scene, 31)
    assert scene.store.comments.of(1)


def test_a_vanished_preview_neither_eats_the_calls_nor_stops_the_other_interview(scene: Scene) -> None:
    two_open_channels(scene)
    scene.platform.remove(str(scene.post("preview").platform_id))
    other = scene.store.interviews.get(2)
    status = scene.store.outbox.get("interview 2 · preview").platform_id
    scene.platform.netizen(str(status), "消防通道被堵怎么办？")
    assert rounds(scene, 180) <= 16
    assert len(scene.store.comments.of(other.id)) == 1


def test_why_a_list_was_not_read_is_written_down(scene: Scene) -> None:
    announced(scene)
    scene.later(HOUR)
    scene.platform.down = True
    rounds(scene, 1)
    [entry] = [one for one in scene.store.journal.entries("interview 1") if one.verb == "unread"]
    assert entry.detail["why"] == "平台没有回应，稍后再试"


def test_full_sweeps_are_made_while_the_channel_is_open_and_not_after(scene: Scene) -> None:
    announced(scene)
    scene.later(DAY)
    assert sweep(scene.office) == 1
    collected_later = scene.interview.closes_at
    assert collected_later is not None
    scene.at(collected_later)
    work(scene)
    scene.later(HOUR)
    assert sweep(scene.office) == 0


def test_questions_are_grouped_when_they_have_grown_by_a_tenth(scene: Scene) -> None:
    announced(scene)
    scene.later(HOUR)
    crowd(scene)
    poll(scene.office)
    scene.later(MINUTE)
    assert group_all(scene.office) == 1
    assert group_all(scene.office) == 0
    status = str(scene.post("preview").platform_id)
    scene.platform.netizen(status, "楼道堆满杂物谁来清理？")
    scene.later(HOUR)
    poll(scene.office)
    scene.later(MINUTE)
    assert group_all(scene.office) == 0
    scene.platform.netizen(status, "电动车棚什么时候建？")
    scene.later(HOUR)
    poll(scene.office)
    scene.later(MINUTE)
    assert group_all(scene.office) == 1


@pytest.mark.parametrize("scope", ["account", "ip"])
def test_a_closed_door_is_not_knocked_at(scene: Scene, scope: str) -> None:
    announced(scene)
    scene.later(HOUR)
    scene.store.journal.pause(Pause(scope, scene.clock.now() + HOUR, "达到上限"))
    assert rounds(scene, 59) == 0
    scene.later(MINUTE)
    assert rounds(scene, 1) == 1


def test_late_questions_are_still_read_now_and_then(scene: Scene) -> None:
    collected(scene)
    assert 1 <= rounds(scene, 24 * 60) <= 5


def test_reading_never_sends(scene: Scene) -> None:
    announced(scene)
    before = len(scene.platform.delivered)
    rounds(scene, 60)
    dispatch(scene.office)
    assert len(scene.platform.delivered) == before
