"""However many workers there are and whenever they die, a post is claimed once."""

import os
import signal
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from microblog.domain.post import PostState
from microblog.service.ports import Store
from microblog.store.sql import open_store
from tests.store.conftest import address_of
from tests.store.examples import ALL_VERBS, LEASE, NOW, due

POSTS = 40


def _claim_all(store: Store, worker: str) -> list[str]:
    """Claim until nothing is due. A claim that finds the last rows locked may come back empty; all are then taken."""
    keys = []
    while claim := store.outbox.claim(NOW, worker, LEASE, ALL_VERBS):
        keys.append(claim[0].key)
    return keys


def _claim_all_at(address: str, worker: str) -> list[str]:
    store = open_store(address)
    try:
        return _claim_all(store, worker)
    finally:
        store.close()


def _claim_and_die(address: str) -> None:
    open_store(address).outbox.claim(NOW, "worker 1", LEASE, ALL_VERBS)
    os.kill(os.getpid(), signal.SIGKILL)


def _fill(store: Store) -> list[str]:
    keys = [f"interview 3 · answer {number:02d}" for number in range(POSTS)]
    for key in keys:
        store.outbox.enqueue(due(key))
    return keys


def _assert_each_claimed_once(store: Store, keys: list[str], claims: list[list[str]]) -> None:
    assert sorted(key for taken in claims for key in taken) == keys
    assert all(len(store.outbox.attempts(key)) == 1 for key in keys)
    assert {(post.state, post.fence) for post in store.outbox.posts()} == {(PostState.SENDING, 1)}


def test_threads_never_claim_the_same_post(store: Store) -> None:
    keys = _fill(store)
    with ThreadPoolExecutor(4) as pool:
        claims = list(pool.map(lambda number: _claim_all(store, f"worker {number}"), range(4)))
    _assert_each_claimed_once(store, keys, claims)


def test_processes_never_claim_the_same_post(address: str) -> None:
    store = open_store(address)
    keys = _fill(store)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        claims = list(pool.map(_claim_all_at, [address] * 2, ["worker 1", "worker 2"]))
    _assert_each_claimed_once(store, keys, claims)
    store.close()


def test_the_attempt_of_a_worker_killed_after_its_claim_is_there(address: str) -> None:
    store = open_store(address)
    store.outbox.enqueue(due())
    worker = get_context("spawn").Process(target=_claim_and_die, args=(address,))
    worker.start()
    worker.join(30)
    assert worker.exitcode == -signal.SIGKILL
    (post,) = store.outbox.stalled(NOW + LEASE)
    assert [attempt.outcome for attempt in store.outbox.attempts(post.key)] == [""]
    assert store.outbox.claim(NOW, "worker 2", LEASE, ALL_VERBS) is None
    store.close()


def test_programs_that_start_together_on_a_new_file_all_open_it(tmp_path: Path) -> None:
    address = address_of("sqlite file", tmp_path)
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(open_store, [address] * 4))
    assert [store.outbox.posts() for store in stores] == [[]] * 4
    for store in stores:
        store.close()
