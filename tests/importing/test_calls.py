"""What reading costs: every call counted, few wasted, answers first, and nothing asked again before its time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from bench.collect import TARGET, Stream, measure
from microblog.domain.errors import PlatformError, Throttled
from microblog.domain.post import Verb
from microblog.domain.tier import OPEN, Tier
from microblog.service.budget import Reserve, reading_room, reserve_today, room_now, spending
from microblog.service.collect import collect, ledger
from microblog.service.dispatch import dispatch, open_verbs
from microblog.service.polling import QUIET_POLL, next_poll, poll, sweep
from microblog.service.tiers import load_tier
from tests.shared import (
    CLOSES,
    CONFIG,
    DAY,
    HOUR,
    MINUTE,
    PREVIEW,
    START,
    Scene,
    Stage,
    a_post,
    announced,
    play,
    put,
    scene_of,
    sealed,
    work,
)

SMALL = Tier("small", calls_per_day=20, posts_per_hour=3, comments_per_hour=2, ip_calls_per_hour=1000)


def channel(tier: Tier = OPEN) -> Scene:
    """An open question channel, an hour old."""
    scene = scene_of(tier=tier)
    announced(scene)
    scene.at(PREVIEW + HOUR)
    return scene


def says(scene: Scene, count: int) -> None:
    """So many netizens comment now."""
    for number in range(count):
        scene.platform.netizen(str(scene.post("preview").platform_id), f"{scene.clock.now()} {number}")


def test_calls_are_close_to_the_fewest_and_the_ledger_agrees_with_the_platform() -> None:
    cost = measure(Stream("three days", 300, days=3))
    assert cost.calls == cost.judged
    assert cost.ratio <= TARGET
    assert cost.busiest <= OPEN.calls_per_day
    assert cost.held > 250


def test_calls_of_a_block_that_fails_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = channel()
    scene.platform.down = True
    with pytest.raises(PlatformError), spending(scene.office, "poll"):
        scene.platform.comments("1")
    assert scene.store.journal.spent(scene.clock.now()) == {"poll": 1}


def test_a_block_without_a_call_writes_nothing() -> None:
    scene = channel()
    with spending(scene.office, "poll"):
        pass
    assert scene.store.journal.spent(scene.clock.now()) == {}


@pytest.mark.parametrize(
    ("today", "hour", "reserve", "room"),
    [
        ({}, {}, Reserve(), 100),
        ({"poll": 30, "share": 5}, {}, Reserve(writes=20, looks=3), 42),
        ({"poll": 90}, {}, Reserve(writes=20, looks=3), 0),
        ({}, {"poll": 14_990}, Reserve(), 10),
        ({"poll": 40}, {}, Reserve(live=24), 36),
        ({"poll": 80}, {}, Reserve(live=24), 10),
        ({"poll": 60}, {}, Reserve(writes=10, looks=2, sweeps=16, live=24), 6),
    ],
)
def test_reading_gets_what_answers_look_ups_sweeps_and_the_event_leave(
    today: dict[str, int], hour: dict[str, int], reserve: Reserve, room: int
) -> None:
    assert reading_room(OPEN, today, hour, reserve) == room


def test_on_the_events_day_the_thread_the_sweep_and_the_live_polls_are_kept() -> None:
    scene = scene_of()
    sealed(scene)
    scene.at(START - 6 * HOUR)
    reserve = reserve_today(scene.office)
    waiting = [post for post in scene.store.outbox.posts() if not post.state.on_platform]
    assert (reserve.writes, reserve.sweeps, reserve.live) == (len(waiting), 1, 24)


def test_on_the_closing_day_the_sweep_is_kept_and_the_sweep_may_use_it() -> None:
    scene = channel(SMALL)
    says(scene, 5)
    collect(scene.office, scene.interview)
    scene.at(CLOSES - 2 * HOUR)
    assert reserve_today(scene.office).sweeps == 1
    assert room_now(scene.office, sweeping=True) == room_now(scene.office) + 1


def test_a_day_of_polling_never_goes_over_the_days_calls() -> None:
    scene = channel(SMALL)
    for _ in range(3 * 24 * 6):
        says(scene, 3)
        poll(scene.office)
        scene.later(10 * MINUTE)
    midnight = PREVIEW.replace(hour=0) + DAY
    spent = [sum(scene.store.journal.spent(midnight + day * DAY).values()) for day in range(3)]
    assert all(10 <= here - later <= SMALL.calls_per_day for here, later in pairwise(spent))


def test_a_lively_channel_is_read_often_and_a_quiet_one_seldom() -> None:
    scene = channel()
    says(scene, 30)
    scene.at(PREVIEW + 4 * HOUR)
    collect(scene.office, scene.interview)
    assert next_poll(scene.office, scene.interview) - scene.clock.now() == scene.office.practice.poll_every
    scene.later(4 * HOUR)
    collect(scene.office, scene.interview)
    assert next_poll(scene.office, scene.interview) - scene.clock.now() == QUIET_POLL


def test_while_the_interview_is_on_it_is_read_every_few_minutes() -> None:
    scene = scene_of()
    sealed(scene)
    scene.at(START)
    play(scene, START + 10 * MINUTE)
    before = len(scene.store.comments.sweeps(1))
    play(scene, START + 40 * MINUTE)
    assert len(scene.store.comments.sweeps(1)) - before >= 2 * 4


def limited(until: datetime) -> Callable[..., None]:
    """A platform that says: no more before then."""

    def refuse(self: Stage, *_: object, **__: object) -> None:
        self.reads += 1
        raise Throttled("次数用完", retry_at=until)

    return refuse


def test_a_limit_met_while_reading_is_waited_out(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = channel()
    until = scene.clock.now() + 5 * HOUR
    monkeypatch.setattr(Stage, "comments", limited(until))
    before = scene.platform.reads
    while scene.clock.now() < until:
        poll(scene.office)
        sweep(scene.office)
        scene.later(10 * MINUTE)
    assert scene.platform.reads - before == 1
    assert next_poll(scene.office, scene.interview) <= scene.clock.now()


@pytest.mark.parametrize(("verb", "limit"), [(Verb.SHARE, 3), (Verb.COMMENT, 2)])
def test_no_more_is_sent_in_an_hour_than_the_tier_allows(verb: Verb, limit: int) -> None:
    scene = scene_of(start=START, tier=SMALL, pace=timedelta(0))
    put(scene, a_post())
    dispatch(scene.office)
    if verb is Verb.COMMENT:
        scene.later(HOUR)
    under = None if verb is Verb.SHARE else "interview 1 · preview"
    for number in range(6):
        due, late = scene.clock.now(), scene.clock.now() + DAY
        put(scene, a_post(f"interview 1 · notice {number}", verb=verb, under=under, due_at=due, latest_at=late))
    for hour in range(1, 3):
        dispatch(scene.office)
        assert verb not in open_verbs(scene.office)
        wanted = hour * limit + (1 if verb is Verb.COMMENT else 0)
        assert len(scene.platform.delivered) == wanted
        scene.later(HOUR)
        assert verb in open_verbs(scene.office)


def test_the_tiers_that_ship_are_those_of_the_platforms_page() -> None:
    assert load_tier(CONFIG / "tiers.toml", "open") == OPEN
    assert load_tier(CONFIG / "tiers.toml", "commercial").calls_per_day > OPEN.calls_per_day


def test_work_goes_on_by_itself() -> None:
    scene = channel()
    says(scene, 3)
    work(scene)
    assert len(scene.store.comments.of(1)) == 3


@pytest.mark.parametrize(("gone", "deleted"), [(5, 5), (30, 0), (40, 0)])
def test_a_list_that_ends_early_proves_no_deletions(gone: int, deleted: int) -> None:
    scene = channel()
    says(scene, 40)
    collect(scene.office, scene.interview)
    oldest = [one.platform_id for one in scene.store.comments.of(1)][:gone]
    scene.platform.hidden |= set(oldest)
    scene.later(HOUR)
    [reading] = collect(scene.office, scene.interview, full=True)
    assert ledger(scene.office, scene.interview).deleted == deleted
    assert reading.full is (deleted > 0)
