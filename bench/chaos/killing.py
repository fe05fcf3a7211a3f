"""Scenarios with a real worker process, a SQLite file and HTTP: SIGKILL while it works, then a new process.

The event's posts lie sealed in the database; what is played is sending, reading back and recovery. The worker turns
the sandbox's clock itself, so an event takes a second or two.
"""

import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random

from bench.chaos.judge import Verdict, judge
from bench.chaos.people import People
from bench.chaos.record import Record
from bench.chaos.scenario import LOST, WIRE, Scenario
from bench.chaos.stage import MachineClock, Stage, adopt_interview
from bench.chaos.times import HOUR, MINUTE, PLAN, SECOND, START
from bench.chaos.victim import work_until_done
from bench.chaos.wire import Line
from microblog.domain.post import Post, PostKind, PostState, Verb
from microblog.domain.script import Script, ScriptState, Seal, Section, SectionKind
from microblog.sandbox.faults.plan import FaultPlan, parse_rule
from microblog.sandbox.options import OPEN
from microblog.sandbox.server import Sandbox
from microblog.service.ports import Store
from microblog.store.sql import open_store

BODIES = ("data-centre", "media-centre")
KILLS = (1, 1, 2, 3)
MOST_LIVES = 30
LONGEST_LIFE = 60.0
"""Real seconds after which a worker that was not killed is a defect."""

SPREAD = 0.01
"""Real seconds between the call that a kill waits for and the kill, at most: about what a worker needs for a post."""

RESTING = (PostState.POSTED, PostState.CANCELLED)


class Hung(Exception):
    """A worker did not come to rest in its time."""


class NotKilled(Exception):
    """The work was done before a worker could be killed: the scenario shows nothing."""


def play_killed(seed: int, index: int) -> tuple[Verdict, int]:
    """Play the scenario of this number; returns the verdict and how often the worker was killed."""
    random = Random(f"{seed}/{index}/killed")
    with _room() as folder:
        plan = FaultPlan(parse_rule(rule) for rule in _rules(random))
        options = OPEN.changed({"repeat_window": random.choice((0.0, 3600.0)), "calls_per_day": 0})
        with Sandbox(start=START - MINUTE, options=options, plan=plan) as sandbox:
            address = f"sqlite:///{folder / 'microblog.db'}"
            shutil.copy(_empty_database(), folder / "microblog.db")
            stage = a_stage(seed, index, sandbox, plan, open_store(address))
            try:
                return _play(stage, address, random)
            finally:
                stage.store.close()  # type: ignore[attr-defined]  # the store in SQL has connections


def _play(stage: Stage, address: str, random: Random) -> tuple[Verdict, int]:
    record = Record(stage)
    put_sealed(stage.store, event_posts([random.randint(1, 4) for _ in range(random.randint(1, 2))]))
    record.look(people=True)
    people = People(stage, record, timedelta(0))
    wanted, kills = random.choice(KILLS), 0
    for _ in range(MOST_LIVES):
        left = sum(post.state not in RESTING for post in stage.store.outbox.posts())
        if not left and not kills:
            raise NotKilled
        if not left:
            return judge(stage, record, people.impossible), kills
        if kills < wanted and _killed_life(stage, address, random, left):
            kills += 1
            continue
        if kills >= wanted:
            stage.plan.clear()
            _whole_life(stage, address)
        people.act()
    raise Hung(str({post.key: post.state.value for post in stage.store.outbox.posts()}))


def _killed_life(stage: Stage, address: str, random: Random, left: int) -> bool:
    """Start a worker and kill it in the middle of its work; False when it came to rest before.

    Every post takes two calls at least, so that one of the first that the posts left will take surely comes, and
    more work after it.
    """
    calls = stage.world.calls
    after = len(calls) + random.randint(1, max(1, 2 * left - 2))
    worker = _started(stage, address)
    _wait(worker, lambda: len(calls) >= after)
    time.sleep(random.uniform(0, SPREAD))
    worker.kill()
    return _end_of(worker) == -signal.SIGKILL


def _whole_life(stage: Stage, address: str) -> None:
    """Start a worker and let it come to rest."""
    worker = _started(stage, address)
    _wait(worker, lambda: False)
    _end_of(worker)


def _started(stage: Stage, address: str) -> ForkServerProcess:
    context = get_context("forkserver")
    context.set_forkserver_preload(["bench.chaos.victim"])
    worker = context.Process(target=work_until_done, args=(address, stage.sandbox.base_url, stage.token))
    worker.start()
    return worker


def _wait(worker: ForkServerProcess, over: Callable[[], bool]) -> None:
    """Until it is over or the worker has ended. Raises Hung. One thread alone may ask for the exit code."""
    give_up = time.monotonic() + LONGEST_LIFE
    while worker.exitcode is None and not over():
        if time.monotonic() > give_up:
            worker.kill()
            raise Hung(f"the worker was still at work after {LONGEST_LIFE:g} s")
        time.sleep(0.0005)


def _end_of(worker: ForkServerProcess) -> int:
    worker.join()
    if worker.exitcode not in (0, -signal.SIGKILL):
        raise Hung(f"the worker ended with {worker.exitcode}")
    return worker.exitcode


def _rules(random: Random) -> Iterator[dict[str, object]]:
    names = [name for name in (*LOST, *WIRE) if "stall" not in name and name != "slow-answer"]
    yield {
        "fault": random.sample(names, 5),
        "endpoint": random.choice(("statuses/share", "comments/*", "*")),
        "probability": random.uniform(0.02, 0.2),
        "seed": random.randrange(10**6),
    }


def event_posts(threads: Sequence[int]) -> list[Post]:
    """Opening, a thread of so many parts for each answer, and the closing."""
    opening = _post("opening", Verb.SHARE, PostKind.OPENING, 0)
    posts = [opening]
    for rank, parts in enumerate(threads, 1):
        for number in range(1, parts + 1):
            follows = opening.key if number == 1 else f"interview 1 · answer {rank} · part {number - 1}"
            verb = Verb.COMMENT if number == 1 else Verb.REPLY
            part = _post(f"answer {rank} · part {number}", verb, PostKind.ANSWER, len(posts))
            posts.append(part.evolve(follows=follows, under=opening.key))
    return [*posts, _post("closing", Verb.SHARE, PostKind.CLOSING, len(posts)).evolve(follows=opening.key)]


def put_sealed(store: Store, posts: Iterable[Post]) -> None:
    """Put posts in the outbox with the seals of both bodies on their words, and the script they were made from."""
    remarks = Section("opening", SectionKind.OPENING, answer="欢迎各位网友。", author="联络员")
    store.reviews.add_script(Script(1, 1, (remarks,), "联络员", PLAN, ScriptState.FINAL))
    for post in posts:
        for body in BODIES:
            store.reviews.seal(Seal(post.key, post.hash, body, "审核员", START - HOUR))
        store.outbox.enqueue(post)


def _post(name: str, verb: Verb, kind: PostKind, order: int) -> Post:
    return Post(
        key=f"interview 1 · {name}",
        interview=1,
        kind=kind,
        verb=verb,
        text=f"【{name}】第{order}条，详见 https://www.example.gov.cn/ft/interviews/1 ",
        author="联络员",
        due_at=START + order * SECOND,
        latest_at=START + 2 * HOUR,
        bodies=BODIES,
        state=PostState.SEALED,
        order=order,
    )


def nothing_drawn(seed: int, index: int) -> Scenario:
    """A scenario in which nothing goes wrong."""
    return Scenario(
        seed, index, "thread", (), 1, {}, (), (), kill=0, stall=0, forgets=0, refused=0, late=0, patience=SECOND
    )


def a_stage(seed: int, index: int, sandbox: Sandbox, plan: FaultPlan, store: Store) -> Stage:
    """A stage on which nothing is drawn."""
    line = Line(sandbox, plan, Random(0))
    return Stage(nothing_drawn(seed, index), sandbox, plan, line, store, sandbox.token)


@contextmanager
def _room() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        yield Path(folder)


@cache
def _empty_database() -> Path:
    """A database with its tables and one approved interview; made once, copied for every scenario."""
    path = Path(tempfile.mkdtemp(prefix="chaos-empty-")) / "microblog.db"
    store = open_store(f"sqlite:///{path}")
    plan = FaultPlan()
    sandbox = Sandbox(start=PLAN, plan=plan)
    stage = a_stage(0, 0, sandbox, plan, store)
    adopt_interview(stage.office(MachineClock(sandbox.world), "people"))
    store.close()
    return path
