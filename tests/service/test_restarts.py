"""The worker may be started anew between any two steps, or killed between any two writes: the end is the same."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any, cast

import pytest

from microblog.domain.interview import InterviewState
from microblog.domain.post import PostState
from microblog.domain.script import ScriptState
from microblog.service.agenda import advance
from microblog.service.dispatch import dispatch
from microblog.service.draft import build, latest_script, submit, write
from microblog.service.outbox import send_late, settle_absent, settle_posted
from microblog.service.polling import group_all, poll, sweep
from microblog.service.ports import Store
from microblog.service.read_back import reconcile
from microblog.service.review import pending, reject
from microblog.service.select import select
from microblog.store.memory import MemoryStore
from microblog.store.sql import open_store
from tests.shared import (
    ANALYST,
    CLOSES,
    END,
    LEAD,
    MINUTE,
    OPERATOR,
    PREVIEW,
    REVIEWERS,
    START,
    Scene,
    adopted,
    answered,
    beside,
    china,
    crowd,
    dated,
    prepared,
    scene_of,
    seal_all,
)

Step = Callable[[Scene], object]
VERBS: tuple[Step, ...] = (
    lambda scene: reconcile(scene.office),
    lambda scene: advance(scene.office),
    lambda scene: dispatch(scene.office),
    lambda scene: poll(scene.office),
    lambda scene: sweep(scene.office),
    lambda scene: group_all(scene.office),
)
REASON = "专题短访谈，已经区政府办同意"


def script_of(scene: Scene) -> Any:
    return latest_script(scene.office, scene.interview)


def analyst(scene: Scene) -> None:
    """Chooses the questions once the channel is closed."""
    if scene.interview.state is InterviewState.COLLECTED and not scene.store.questions.selections(1):
        select(scene.office, scene.interview, by=ANALYST)


def author(scene: Scene) -> None:
    """Writes what is chosen, improves what was rejected, hands in what is written."""
    script = script_of(scene)
    if script is None:
        if scene.store.questions.selections(1):
            build(scene.office, scene.interview, by=LEAD)
    elif script.state is ScriptState.REJECTED:
        write(scene.office, scene.interview, answered(script, 150), by=LEAD)
    elif script.state is ScriptState.DRAFT and not all(section.answer for section in script.sections):
        write(scene.office, scene.interview, answered(script), by=LEAD)
    elif script.state is ScriptState.DRAFT:
        submit(scene.office, scene.interview, by=LEAD, override=REASON)


def reviewers(scene: Scene) -> None:
    """Reject the first version and seal everything else."""
    script = script_of(scene)
    if script is not None and script.state is ScriptState.SUBMITTED and script.version == 1:
        reject(scene.office, scene.interview, body="media-centre", by=REVIEWERS["media-centre"], note="请写详细")
    elif any(pending(scene.office, scene.interview, body) for body in REVIEWERS):
        seal_all(scene)


def operator(scene: Scene) -> None:
    """Settles what only a person can: looks on the platform, says yes to what is late."""
    shown = {entry.text: entry.platform_id for entry in scene.platform.posted()}
    for post in scene.store.outbox.posts(states=[PostState.UNKNOWN]):
        if post.not_before is None and post.text in shown:
            settle_posted(scene.office, post.key, shown[post.text], by=OPERATOR)
        elif post.not_before is None:
            settle_absent(scene.office, post.key, by=OPERATOR)
    for post in scene.store.outbox.posts(states=[PostState.MISSED]):
        send_late(scene.office, post.key, by=OPERATOR)


DAYS_AFTER = ((4, 26), (4, 28), (4, 29), (4, 30), (5, 6))


def moments() -> Iterator[Any]:
    """When something may happen, and some rounds to spare."""
    yield china(3, 24, 10)
    yield from (PREVIEW + number * 10 * MINUTE for number in range(12))
    yield from (CLOSES + number * MINUTE for number in range(8))
    yield from (START + number * MINUTE for number in range(26))
    yield from (END + number * MINUTE for number in range(8))
    yield from (china(month, day, 9, minute) for month, day in DAYS_AFTER for minute in range(12))


PEOPLE: tuple[Step, ...] = (analyst, author, reviewers, operator)


def perform(scene: Scene, restart: Callable[[Scene], Scene], run: Callable[[Step, Scene], None]) -> Scene:
    """A whole interview, every step of worker and people on an office of its own."""
    adopted(scene)
    dated(scene)
    prepared(scene)
    spoken = False
    for moment in moments():
        scene.at(max(moment, scene.clock.now()))
        for step in (*VERBS, *PEOPLE):
            run(step, scene)
            scene = restart(scene)
        if not spoken and scene.interview.state is InterviewState.ANNOUNCED:
            crowd(scene)
            spoken = True
    return scene


def straight(step: Step, scene: Scene) -> None:
    step(scene)


def final(scene: Scene) -> dict[str, Any]:
    """What is left in the end, but for moments and numbers the platform gave."""
    return {
        "interview": scene.interview.state,
        "posts": [
            (post.key, post.state, post.text, len(scene.store.outbox.attempts(post.key)))
            for post in scene.store.outbox.posts()
        ],
        "thread": sorted(scene.platform.texts()),
        "comments": sorted((comment.text, comment.own) for comment in scene.store.comments.of(1)),
        "selections": [(item.rank, item.quote, item.askers) for item in scene.store.questions.selections(1)],
        "scripts": [(script.version, script.state, script.printed()) for script in scene.store.reviews.scripts(1)],
    }


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The end of an interview during which nothing went wrong."""
    scene = scene_of(files=tmp_path_factory.mktemp("filing"))
    return final(perform(scene, lambda same: same, straight))


def test_an_interview_without_trouble_is_filed_with_everything_posted_once(unbroken: dict[str, Any]) -> None:
    assert unbroken["interview"] is InterviewState.FILED
    assert {state for _, state, _, _ in unbroken["posts"]} <= {PostState.POSTED, PostState.CANCELLED}
    assert (
        len(unbroken["thread"])
        == len(set(unbroken["thread"]))
        == sum(state is PostState.POSTED for _, state, _, _ in unbroken["posts"])
    )
    assert [state for _, state, _ in unbroken["scripts"]] == [ScriptState.REJECTED, ScriptState.FINAL]


def test_a_new_office_after_every_step_comes_to_the_same_end(tmp_path: Path, unbroken: dict[str, Any]) -> None:
    scene = scene_of(files=tmp_path / "filing")
    assert final(perform(scene, beside, straight)) == unbroken


def test_a_database_opened_anew_after_every_round_comes_to_the_same_end(
    tmp_path: Path, unbroken: dict[str, Any]
) -> None:
    address = f"sqlite:///{tmp_path / 'microblog.db'}"
    steps = 0

    def reopened(before: Scene) -> Scene:
        nonlocal steps
        steps += 1
        if steps % len((*VERBS, *PEOPLE)):
            return before
        before.store.close()  # type: ignore[attr-defined]  # the SQL store
        return beside(before, open_store(address))

    scene = perform(scene_of(open_store(address), files=tmp_path / "filing"), reopened, straight)
    assert final(scene) == unbroken
    scene.store.close()  # type: ignore[attr-defined]  # the SQL store


class Killed(BaseException):
    """The worker's process is gone, between two writes."""


READS = (
    "get",
    "find",
    "all",
    "posts",
    "ripe",
    "attempts",
    "stalled",
    "to_look_for",
    "last_sent_at",
    "by_platform_id",
    "of",
    "pulse",
    "newest",
    "raw",
    "sweeps",
    "last_sweeps",
    "arrived",
    "grouping",
    "grouped",
    "selections",
    "left_out",
    "scripts",
    "seals",
    "rejections",
    "entries",
    "beats",
    "pauses",
    "spent",
)


class Mortal:
    """A part of a store whose process may die before or after any write."""

    def __init__(self, part: object, fate: Callable[[], None]) -> None:
        self._part, self._fate = part, fate

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._part, name)
        if name in READS:
            return method

        def write(*args: Any, **named: Any) -> Any:
            self._fate()
            done = method(*args, **named)
            self._fate()
            return done

        return write


class MortalStore:
    """The store of a process that may die."""

    def __init__(self, store: Store, fate: Callable[[], None]) -> None:
        self._store, self._fate = store, fate

    def __getattr__(self, part: str) -> Mortal:
        return Mortal(getattr(self._store, part), self._fate)


@pytest.mark.parametrize("seed", range(6))
def test_a_worker_killed_between_any_two_writes_loses_nothing_and_posts_nothing_twice(
    seed: int, tmp_path: Path, unbroken: dict[str, Any]
) -> None:
    luck, store = Random(seed), MemoryStore()
    scene = scene_of(store, files=tmp_path / "filing")

    def fate() -> None:
        if luck.random() < 0.015:
            raise Killed

    def with_kills(step: Step, alive: Scene) -> None:
        if step in PEOPLE:
            step(alive)
            return
        try:
            step(beside(alive, cast(Store, MortalStore(store, fate))))
        except Killed:
            kills.append(alive.clock.now())
            alive.later(5 * MINUTE)

    kills: list[Any] = []
    scene = perform(scene, lambda same: same, with_kills)
    ended = final(scene)
    assert kills
    for part in ("interview", "thread", "comments", "selections"):
        assert ended[part] == unbroken[part]
    assert [post[:3] for post in ended["posts"]] == [post[:3] for post in unbroken["posts"]]
