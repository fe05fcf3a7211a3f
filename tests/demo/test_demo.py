"""The demo as `make demo` runs it: a whole interview in one go, and one whose worker is killed three times."""

import io
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from microblog.demo.run import run_demo
from microblog.domain.interview import InterviewState
from microblog.domain.post import Post, PostKind, PostState
from microblog.domain.script import Seal, sealed
from microblog.store.sql import open_store
from microblog.text.count import weibo_length

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Run:
    """What a run of the demo left behind."""

    code: int
    summary: dict[str, Any]
    state: InterviewState
    posts: tuple[Post, ...]
    seals: tuple[Seal, ...]
    attempts: Counter[str]
    said: str

    def thread(self) -> list[tuple[str, str]]:
        """Every post that is out, with its words."""
        return [(post.key, post.text) for post in self.posts if post.state is PostState.POSTED]


def played(out: Path, *, kills: int = 0) -> Run:
    """Run the demo and read what it left."""
    said = io.StringIO()
    code = run_demo(out, kills=kills, console=Console(file=said, width=120))
    store = open_store(f"sqlite:///{out / 'run' / 'microblog.db'}")
    posts = tuple(store.outbox.posts(interview=1))
    run = Run(
        code=code,
        summary=json.loads((out / "summary.json").read_text("utf-8")),
        state=store.interviews.get(1).state,
        posts=posts,
        seals=tuple(store.reviews.seals([post.key for post in posts])),
        attempts=Counter({post.key: len(store.outbox.attempts(post.key)) for post in posts}),
        said=said.getvalue(),
    )
    store.close()
    return run


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return played(tmp_path_factory.mktemp("demo"))


def test_the_demo_ends_well_with_the_interview_filed(run: Run) -> None:
    assert (run.code, run.state) == (0, InterviewState.FILED)


def test_the_demo_tells_what_happens_and_where_to_look(run: Run) -> None:
    for words in ("预告已发布", "访谈开始", "回查平台", "演示结果", "从这里看起"):
        assert words in run.said


def test_nothing_is_posted_twice_and_nothing_is_lost(run: Run) -> None:
    assert (run.summary["duplicates"], run.summary["lost"]) == (0, 0)


def test_the_script_is_long_enough_and_sealed_by_two_bodies(run: Run) -> None:
    assert run.summary["script_chars"] >= 8000
    assert run.summary["seals"] == 2


def test_at_least_fifteen_questions_speak_for_most_of_those_who_asked(run: Run) -> None:
    assert run.summary["representatives"] >= 15
    assert run.summary["coverage"] >= 0.7


def test_every_post_that_went_out_fits_the_platform_and_carries_both_seals(run: Run) -> None:
    out = [post for post in run.posts if post.state is PostState.POSTED]
    assert max(weibo_length(post.text) for post in out) <= 140
    assert all(sealed(post.key, post.hash, post.bodies, run.seals) for post in out)
    assert all(len(post.bodies) == 2 for post in out)


def test_everything_but_what_was_cancelled_went_out(run: Run) -> None:
    assert {post.state for post in run.posts} <= {PostState.POSTED, PostState.CANCELLED}
    kinds = Counter(post.kind for post in run.posts if post.state is PostState.POSTED)
    assert kinds[PostKind.ANSWER] == run.summary["answer_parts_posted"] >= 15
    assert all(kinds[kind] == 1 for kind in (PostKind.PREVIEW, PostKind.OPENING, PostKind.CLOSING, PostKind.ROUNDUP))


def test_no_post_but_the_forgotten_one_needed_more_than_a_call(run: Run) -> None:
    assert set(run.attempts.values()) <= {0, 1}


def test_every_paper_named_in_the_summary_is_there(run: Run) -> None:
    assert all(Path(path).stat().st_size > 0 for path in run.summary["files"].values())
    assert {"transcript", "script", "clusters", "posts", "roundup"} <= run.summary["files"].keys()


def test_a_worker_killed_three_times_comes_to_the_same_thread(run: Run, tmp_path: Path) -> None:
    survivor = played(tmp_path / "killed", kills=3)
    assert (survivor.code, survivor.summary["restarts"]) == (0, 3)
    assert (survivor.summary["duplicates"], survivor.summary["lost"]) == (0, 0)
    assert survivor.thread() == run.thread()
