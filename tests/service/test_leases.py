"""Workers that die, stall or race for the same post: one of them sends it."""

from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any, cast

import pytest

from microblog.domain.outbox import HIDDEN_MOST, after_looking
from microblog.domain.post import Absent, Posted, PostState, Verb
from microblog.platforms.memory import Mishap
from microblog.service.dispatch import dispatch, release, settle
from microblog.service.ports import Reviews, Store
from microblog.service.read_back import reconcile, recover
from microblog.store.sql import open_store
from tests.service.rivals import calls, die_sending, rival, send_all
from tests.shared import MINUTE, START, Scene, a_post, beside, put

LEASE = timedelta(minutes=2)
PROOF = LEASE + HIDDEN_MOST
"""How long after a claim a post that is not to be seen is proven not to be there."""
SECOND = timedelta(seconds=1)
POSTS = 12


class StallingReviews:
    """Seals that are read by a worker that stands still, while something else happens."""

    def __init__(self, reviews: Reviews, meanwhile: Callable[[], None]) -> None:
        self._reviews, self._meanwhile = reviews, meanwhile

    def __getattr__(self, name: str) -> Any:
        self._meanwhile()
        return getattr(self._reviews, name)


class StallingStore:
    """The store of a worker that stands still between its claim and its call."""

    def __init__(self, store: Store, meanwhile: Callable[[], None]) -> None:
        self._store = store
        self.reviews = StallingReviews(store.reviews, meanwhile)

    def __getattr__(self, part: str) -> Any:
        return getattr(self._store, part)


def stalling_before_the_call(store: Store, meanwhile: Callable[[], None]) -> Store:
    """The store as such a worker sees it."""
    return cast(Store, StallingStore(store, meanwhile))


def test_a_post_of_a_worker_that_died_is_recovered_when_its_lease_ends(desk: Scene) -> None:
    put(desk, a_post())
    release(desk.office)
    assert desk.store.outbox.claim(START, "worker 2", LEASE, list(Verb))
    desk.later(LEASE - SECOND)
    assert recover(desk.office) == 0
    desk.later(SECOND)
    assert recover(desk.office) == 1
    assert desk.state("preview") is PostState.UNKNOWN


def test_a_worker_that_died_before_its_call_loses_nothing(desk: Scene) -> None:
    put(desk, a_post())
    release(desk.office)
    desk.store.outbox.claim(START, "worker 2", LEASE, list(Verb))
    desk.later(PROOF)
    reconcile(desk.office)
    dispatch(desk.office)
    assert (desk.state("preview"), len(desk.platform.posted())) == (PostState.POSTED, 1)


def test_a_worker_that_died_after_its_call_posts_nothing_twice(desk: Scene) -> None:
    put(desk, a_post())
    release(desk.office)
    claimed = desk.store.outbox.claim(START, "worker 2", LEASE, list(Verb))
    assert claimed is not None
    desk.platform.by_hand(claimed[0].text)
    desk.later(LEASE)
    reconcile(desk.office)
    dispatch(desk.office)
    assert (desk.state("preview"), len(desk.platform.posted())) == (PostState.POSTED, 1)
    assert desk.platform.delivered == []


def test_a_stalled_worker_that_wakes_up_cannot_settle_what_it_lost(desk: Scene) -> None:
    put(desk, a_post())
    release(desk.office)
    claimed = desk.store.outbox.claim(START, "worker 2", LEASE, list(Verb))
    assert claimed is not None
    desk.later(PROOF)
    reconcile(desk.office)
    dispatch(desk.office)
    ours = desk.post("preview").platform_id
    assert not settle(desk.office, *claimed, Posted("5118500000000999", START))
    assert (desk.state("preview"), desk.post("preview").platform_id) == (PostState.POSTED, ours)
    assert [attempt.outcome for attempt in desk.store.outbox.attempts(claimed[0].key)] == ["Posted", "Posted"]


def test_a_worker_that_wakes_up_after_its_lease_does_not_make_the_call(desk: Scene) -> None:
    put(desk, a_post())

    def meanwhile() -> None:
        if desk.state("preview") is PostState.SENDING:
            desk.later(PROOF)
            other = beside(desk, worker="worker 2")
            reconcile(other.office)
            dispatch(other.office)

    sleeper = beside(desk, stalling_before_the_call(desk.store, meanwhile))
    dispatch(sleeper.office)
    assert len(desk.platform.delivered) == 1
    assert desk.state("preview") is PostState.POSTED


def test_a_worker_late_for_a_post_nobody_took_over_leaves_it_due(desk: Scene) -> None:
    put(desk, a_post())
    stall = iter([LEASE])

    def meanwhile() -> None:
        if desk.state("preview") is PostState.SENDING:
            desk.later(next(stall, 0 * MINUTE))

    sleeper = beside(desk, stalling_before_the_call(desk.store, meanwhile))
    dispatch(sleeper.office, keep_going=lambda: not desk.store.outbox.attempts("interview 1 · preview"))
    assert (desk.platform.delivered, desk.state("preview")) == ([], PostState.DUE)
    dispatch(desk.office)
    assert desk.state("preview") is PostState.POSTED


def test_two_looks_at_once_release_a_post_once(desk: Scene) -> None:
    """The other worker looks, sends again and loses the answer, all between our look and our writing it down."""
    put(desk, a_post())
    desk.platform.suffer(Mishap.LOST_BEFORE)
    dispatch(desk.office)
    desk.later(PROOF)
    reconcile(desk.office)
    stale = desk.post("preview")
    desk.platform.suffer(Mishap.LOST_AFTER)
    dispatch(desk.office)
    change = after_looking(stale, desk.store.outbox.attempts(stale.key), Absent(), desk.clock.now())
    assert not desk.store.outbox.move(stale.key, change, expect=[PostState.UNKNOWN], fence=stale.fence)


@pytest.fixture
def address(tmp_path: Path) -> str:
    """A SQLite file with sealed posts that are all due."""
    address = f"sqlite:///{tmp_path / 'microblog.db'}"
    scene = rival(address, tmp_path / "calls", 9)
    for number in range(POSTS):
        put(scene, a_post(f"interview 1 · notice {number:02d}"))
    release(scene.office)
    return address


def keys() -> list[str]:
    return [f"interview 1 · notice {number:02d}" for number in range(POSTS)]


def assert_each_sent_once(address: str, record: Path) -> None:
    store = open_store(address)
    assert sorted(calls(record)) == keys()
    assert {post.state for post in store.outbox.posts()} == {PostState.POSTED}
    store.close()


def test_workers_in_threads_send_each_post_once(address: str, tmp_path: Path) -> None:
    record = tmp_path / "calls"
    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(lambda number: send_all(address, record, number), range(1, 5)))
    assert sum(sent) == POSTS
    assert_each_sent_once(address, record)


def test_workers_in_processes_send_each_post_once(address: str, tmp_path: Path) -> None:
    record = tmp_path / "calls"
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        sent: list[Future[int]] = [pool.submit(send_all, address, record, number) for number in (1, 2)]
    assert sum(one.result() for one in sent) == POSTS
    assert_each_sent_once(address, record)


def test_a_killed_process_leaves_its_post_to_the_next(address: str, tmp_path: Path) -> None:
    record = tmp_path / "calls"
    victim = get_context("spawn").Process(target=die_sending, args=(address, record, 1))
    victim.start()
    victim.join(30)
    assert victim.exitcode == -9
    heir = rival(address, record, 2)
    assert [post.state for post in heir.store.outbox.posts()].count(PostState.SENDING) == 1
    heir.later(PROOF)
    reconcile(heir.office)
    dispatch(heir.office)
    assert_each_sent_once(address, record)
