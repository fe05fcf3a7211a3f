"""The real `python worker.py` against the sandbox: signals, kills, and two of them on one database."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from microblog.domain.errors import InvalidInput
from microblog.domain.post import Post, PostState
from microblog.sandbox.server import SECURE_DOMAIN, Sandbox
from microblog.scheduling import Job, make_scheduler
from microblog.store.sql import SqlStore, open_store
from microblog.worker import add, run
from tests.shared import a_post, scene_of, seals_of

ROOT = Path(__file__).parents[1]
PATIENCE = 60.0
"""Real seconds; the machine may be busy."""

JOBS = """
[[job]]
id = "dispatch"
verb = "dispatch"
every = 0.1

[[job]]
id = "reconcile"
verb = "reconcile"
every = 0.2

[[job]]
id = "heartbeat"
verb = "heartbeat"
every = 0.3
"""


def eventually(holds: Callable[[], object]) -> None:
    """Wait until it holds; fail when it does not in time."""
    give_up = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < give_up, "it did not come about in time"
        time.sleep(0.05)


@dataclass
class Desk:
    """A home folder, a sandbox that runs in real time, and the workers started on them."""

    home: Path
    weibo: Sandbox
    store: SqlStore
    settings: dict[str, str] = field(default_factory=dict)
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, name: str = "worker 1", **settings: str) -> subprocess.Popen[bytes]:
        """Start a worker."""
        clean = {key: value for key, value in os.environ.items() if not key.startswith("MICROBLOG_")}
        environment = clean | {
            "PYTHONPATH": str(ROOT),
            "MICROBLOG_HOME": str(self.home),
            "MICROBLOG_WORKER": name,
            "MICROBLOG_WEIBO__API_BASE": self.weibo.base_url,
            "MICROBLOG_WEIBO__ACCESS_TOKEN": self.weibo.token,
            "MICROBLOG_WEIBO__SAFE_DOMAIN": SECURE_DOMAIN,
            "MICROBLOG_POSTING__PACE_SECONDS": "0",
        }
        with (self.home / f"{name}.log").open("ab") as log:
            worker = subprocess.Popen(  # noqa: S603 - our own worker
                [sys.executable, str(ROOT / "worker.py")], cwd=self.home, env=environment | settings, stderr=log
            )
        self.workers.append(worker)
        return worker

    def put(self, *names: str) -> list[Post]:
        """Enqueue sealed posts that are due now."""
        now = datetime.now(UTC)
        posts = [a_post(f"interview 1 · {name}", due_at=now, latest_at=now + timedelta(hours=1)) for name in names]
        for post in posts:
            for seal in seals_of(post):
                self.store.reviews.seal(seal)
            self.store.outbox.enqueue(post.evolve(state=PostState.SEALED))
        return posts

    def states(self) -> list[str]:
        return sorted(post.state.value for post in self.store.outbox.posts())

    def sent(self) -> list[str]:
        """What the sandbox accepted, in order."""
        return [write.sent for write in self.weibo.admin.writes()]

    def suffer(self, fault: str, **params: Any) -> None:
        """Let the first share go wrong."""
        self.weibo.admin.add_rules([{"fault": fault, "endpoint": "statuses/share", "times": 1, **params}])

    def beats(self) -> set[str]:
        return {beat.worker for beat in self.store.journal.beats()}

    def log(self, name: str = "worker 1") -> str:
        return (self.home / f"{name}.log").read_text("utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "config").symlink_to(ROOT / "config")
    (tmp_path / "schedules").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "schedules" / "jobs.toml").write_text(JOBS, encoding="utf-8")
    store = open_store(f"sqlite:///{tmp_path / 'data' / 'microblog.db'}")
    with Sandbox(speed=1.0) as weibo:
        desk = Desk(tmp_path, weibo, store)
        yield desk
        for worker in desk.workers:
            worker.kill()
            worker.wait()
    store.close()


def stopped(worker: subprocess.Popen[bytes]) -> int:
    """Ask a worker to stop; returns its exit code."""
    worker.send_signal(signal.SIGTERM)
    return worker.wait(PATIENCE)


def test_a_worker_leaves_signs_of_life_sends_what_is_due_and_stops_on_a_signal(desk: Desk) -> None:
    worker = desk.start()
    eventually(desk.beats)
    first = desk.store.journal.beats()[0].at
    desk.put("preview")
    eventually(lambda: desk.states() == ["posted"])
    eventually(lambda: desk.store.journal.beats()[0].at > first)
    assert stopped(worker) == 0
    assert len(desk.sent()) == 1
    assert "ERROR" not in desk.log()
    assert "Traceback" not in desk.log()
    assert "值守开始" in desk.log()
    assert "Context impl" not in desk.log()  # what the migration tool tells of itself is nothing to an operator


@pytest.mark.parametrize(
    ("fault", "seconds", "state"), [("slow-answer", 3, "posted"), ("stall-after-commit", 30, "unknown")]
)
def test_asked_to_stop_a_worker_finishes_the_call_in_flight_and_takes_no_other(
    desk: Desk, fault: str, seconds: int, state: str
) -> None:
    desk.suffer(fault, seconds=seconds)
    worker = desk.start(MICROBLOG_WEIBO__READ_TIMEOUT="5")
    eventually(desk.beats)
    desk.put("preview", "opening")
    eventually(desk.sent)
    assert "sending" in desk.states()
    assert stopped(worker) == 0
    left = desk.states()
    left.remove(state)
    assert left in (["due"], ["sealed"])
    assert len(desk.sent()) == 1


def test_two_workers_send_each_post_once(desk: Desk) -> None:
    workers = [desk.start("worker 1"), desk.start("worker 2")]
    eventually(lambda: len(desk.beats()) == 2)
    desk.put(*(f"notice {number}" for number in range(8)))
    eventually(lambda: set(desk.states()) == {"posted"})
    assert [stopped(worker) for worker in workers] == [0, 0]
    assert len(desk.sent()) == len(set(desk.sent())) == 8
    made = [desk.store.outbox.attempts(post.key) for post in desk.store.outbox.posts()]
    assert [len(attempts) for attempts in made] == [1] * 8


def test_a_worker_killed_in_a_call_leaves_its_post_to_the_next_which_adopts_it(desk: Desk) -> None:
    desk.suffer("stall-after-commit", seconds=30)
    patience = {"MICROBLOG_WEIBO__READ_TIMEOUT": "5", "MICROBLOG_POSTING__LEASE_SECONDS": "11"}
    worker = desk.start(**patience)
    eventually(desk.beats)
    desk.put("preview")
    eventually(desk.sent)
    worker.kill()
    worker.wait()
    assert desk.states() == ["sending"]
    heir = desk.start("worker 2", **patience)
    eventually(lambda: desk.states() == ["posted"])
    assert stopped(heir) == 0
    [write] = desk.weibo.admin.writes()
    assert desk.store.outbox.get("interview 1 · preview").platform_id == str(write.id)


def test_a_worker_that_cannot_start_says_why_in_one_line(desk: Desk) -> None:
    (desk.home / "schedules" / "jobs.toml").write_text(JOBS.replace('"dispatch"', '"dispach"'), encoding="utf-8")
    assert desk.start().wait(PATIENCE) == 1
    said = [line for line in desk.log().splitlines() if "INFO" not in line]
    assert len(said) == 1
    assert "dispach" in said[0]


def test_a_job_that_fails_is_tried_again_and_silences_no_other() -> None:
    ran: list[str] = []
    enough = Event()

    def failing() -> None:
        ran.append("failing")
        if len(ran) > 3:
            enough.set()
        raise InvalidInput("设置有误") if len(ran) % 2 else RuntimeError("a defect")

    def working() -> None:
        ran.append("working")

    scheduler = make_scheduler()
    add(scheduler, Job(id="failing", verb="dispatch", every=0.02), failing)
    add(scheduler, Job(id="working", verb="poll", every=0.02), working)
    scheduler.start()
    assert enough.wait(PATIENCE)
    scheduler.shutdown()
    assert {"failing", "working"} == set(ran)


def test_an_unknown_verb_is_named_with_those_there_are() -> None:
    with pytest.raises(InvalidInput, match="heartbeat"):
        run(scene_of().office, (Job(id="a", verb="dispach", every=1),), Event())


def test_running_ends_with_the_last_job() -> None:
    scene, stopping = scene_of(), Event()
    jobs = (Job(id="beat", verb="heartbeat", every=0.05), Job(id="send", verb="dispatch", every=0.05))
    running = Thread(target=run, args=(scene.office, jobs, stopping))
    running.start()
    eventually(scene.store.journal.beats)
    stopping.set()
    running.join(PATIENCE)
    assert not running.is_alive()
