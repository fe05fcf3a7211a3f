"""A database that is locked, full or gone for a while, and comes back: nothing is lost and nothing goes out twice."""

import resource
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from microblog.domain.outbox import HIDDEN_MOST
from microblog.domain.post import PostState
from microblog.service.dispatch import dispatch
from microblog.service.read_back import reconcile
from microblog.store.errors import StoreUnavailable
from microblog.store.sql import SqlStore, open_store
from tests.shared import MINUTE, START, Scene, a_post, put, scene_of

PREVIEW = "interview 1 · preview"
Undo = Callable[[], None]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    """An office on a database file that gives up waiting for a lock at once; its preview is sealed and due."""
    store = open_store(f"sqlite:///{tmp_path / 'microblog.db'}")
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 10")
    scene = scene_of(store, start=START)
    put(scene, a_post())
    yield scene
    store.close()


def engine_of(scene: Scene) -> Any:
    store = scene.store
    assert isinstance(store, SqlStore)
    return store.engine


def locked(scene: Scene) -> Undo:
    """Another program holds the write lock."""
    other = sqlite3.connect(engine_of(scene).url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    def undo() -> None:
        other.execute("ROLLBACK")
        other.close()

    return undo


def full(scene: Scene) -> Undo:
    """The disk has no room: no file may grow beyond what the database's log holds now."""
    log = Path(f"{engine_of(scene).url.database}-wal")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size, before[1]))
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before)


def gone(scene: Scene) -> Undo:
    """The disk is away: the folder has another name for a while, and every connection is dropped."""
    folder = Path(engine_of(scene).url.database).parent
    away = folder.with_name(folder.name + "-away")
    engine_of(scene).dispose()
    folder.rename(away)

    def undo() -> None:
        engine_of(scene).dispose()
        away.rename(folder)

    return undo


AWAY = pytest.mark.parametrize("away", [locked, full, gone])


def run(scene: Scene, minutes: int = 1) -> None:
    """The worker's rounds; a job that fails is tried again in the next."""
    for _ in range(minutes):
        for job in (reconcile, dispatch):
            try:
                job(scene.office)
            except StoreUnavailable:
                continue
        scene.later(MINUTE)


def in_the_middle(scene: Scene, happen: Callable[[], None]) -> None:
    """Let something happen while the post is being sent."""
    scene.platform.watch = lambda _: happen()


@AWAY
def test_a_database_that_is_away_before_the_sending_delays_it(scene: Scene, away: Callable[[Scene], Undo]) -> None:
    undo = away(scene)
    run(scene)
    assert scene.platform.delivered == []
    undo()
    run(scene, 2)
    assert (scene.state("preview"), len(scene.platform.posted())) == (PostState.POSTED, 1)


@AWAY
def test_a_database_that_goes_away_during_the_sending_loses_no_post(
    scene: Scene, away: Callable[[Scene], Undo]
) -> None:
    """The call goes through, and its outcome cannot be written down: the post is found on the platform later."""
    undo: list[Undo] = []
    in_the_middle(scene, lambda: undo.append(away(scene)))
    run(scene)
    undo[0]()
    assert scene.state("preview") is PostState.SENDING
    run(scene, 10)
    [entry] = scene.platform.posted()
    assert (scene.state("preview"), scene.post("preview").platform_id) == (PostState.POSTED, entry.platform_id)
    assert len(scene.platform.delivered) == 1


@AWAY
def test_a_database_that_is_away_while_looking_back_changes_nothing(
    scene: Scene, away: Callable[[Scene], Undo]
) -> None:
    undo: list[Undo] = []
    in_the_middle(scene, lambda: undo.append(away(scene)))
    run(scene)
    scene.later(HIDDEN_MOST)
    run(scene, 3)
    undo[0]()
    run(scene, 5)
    assert (scene.state("preview"), len(scene.platform.posted())) == (PostState.POSTED, 1)


def test_a_database_that_was_away_is_not_replaced_by_an_empty_one(scene: Scene) -> None:
    undo = gone(scene)
    database = Path(engine_of(scene).url.database)
    run(scene)
    assert not database.exists()
    undo()
    assert scene.store.outbox.get(PREVIEW).text == a_post().text


def test_a_file_that_vanished_is_not_replaced_by_an_empty_one(scene: Scene) -> None:
    """The folder is there, the file is not: an empty database would let the year's work look undone."""
    database = Path(engine_of(scene).url.database)
    engine_of(scene).dispose()
    away = database.rename(database.with_name("away.db"))
    with pytest.raises(StoreUnavailable):
        dispatch(scene.office)
    assert not database.exists()
    away.rename(database)
    run(scene)
    assert scene.state("preview") is PostState.POSTED


def test_two_workers_wait_for_each_others_lock(scene: Scene, tmp_path: Path) -> None:
    """A lock held for a moment is waited for, not reported."""
    with engine_of(scene).connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 5000")
    undo = locked_here(scene)
    timer = threading.Timer(0.3, undo)
    timer.start()
    dispatch(replace(scene.office))
    timer.join()
    assert scene.state("preview") is PostState.POSTED


def locked_here(scene: Scene) -> Undo:
    """A lock that another thread may give back."""
    other = sqlite3.connect(engine_of(scene).url.database, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")

    def undo() -> None:
        other.execute("ROLLBACK")
        other.close()

    return undo
