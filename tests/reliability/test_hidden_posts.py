"""Posts that the platform took and does not show yet, where repeats are not refused: one of each all the same."""

from datetime import timedelta
from random import Random

import pytest

from bench.chaos.killing import a_stage, event_posts, put_sealed
from bench.chaos.stage import MachineClock, Stage
from bench.chaos.times import MINUTE, SECOND, START
from microblog.domain.outbox import HIDDEN_MOST
from microblog.domain.post import PostState
from microblog.sandbox.faults.plan import FaultPlan, parse_rule
from microblog.sandbox.options import OPEN
from microblog.sandbox.server import Sandbox
from microblog.service.dispatch import dispatch
from microblog.service.read_back import reconcile
from microblog.store.memory import MemoryStore


def stage_with(*rules: dict[str, object]) -> Stage:
    """An event's posts before a platform without a rule against repeats."""
    plan = FaultPlan(parse_rule(rule) for rule in rules)
    options = OPEN.changed({"repeat_window": 0.0})
    sandbox = Sandbox(start=START - timedelta(seconds=1), options=options, plan=plan)
    stage = a_stage(0, 0, sandbox, plan, MemoryStore())
    put_sealed(stage.store, event_posts([2]))
    return stage


def run(stage: Stage, length: timedelta = 20 * MINUTE) -> None:
    """A round every five seconds."""
    office = stage.office(MachineClock(stage.world), "worker")
    until = stage.now() + length
    while stage.now() < until:
        reconcile(office)
        dispatch(office)
        stage.world.clock.advance(5)
        stage.line.tick()


def assert_each_is_out_once(stage: Stage) -> None:
    posts = stage.store.outbox.posts()
    assert {post.state for post in posts} == {PostState.POSTED}
    assert sorted(write.sent for write in stage.world.writes) == sorted(post.text for post in posts)


@pytest.mark.parametrize("endpoint", ["statuses/share", "comments/create", "comments/reply"])
@pytest.mark.parametrize("answer", ["drop-after-commit", "bad-gateway-after-commit", "truncated-json"])
def test_a_post_under_review_whose_answer_was_lost_is_not_sent_again(endpoint: str, answer: str) -> None:
    stage = stage_with(
        {"fault": "review-after-commit", "endpoint": endpoint, "nth": 1},
        {"fault": answer, "endpoint": endpoint, "nth": 1},
    )
    run(stage)
    assert_each_is_out_once(stage)


def test_a_call_that_the_platform_takes_two_minutes_late_is_not_made_again() -> None:
    stage = stage_with()
    stage.line.late, stage.line.late_most = 1.0, 120.0
    run(stage, 6 * MINUTE)
    stage.line.late = 0.0
    run(stage)
    assert_each_is_out_once(stage)


def test_a_call_that_is_taken_late_and_then_kept_under_review_is_not_made_again() -> None:
    """The longest that the platform is known to hide a post: first in its queue, then under review."""
    stage = stage_with({"fault": "review-after-commit", "endpoint": "comments/reply", "times": 1})
    stage.line.random = Last()
    run(stage, MINUTE + 10 * SECOND)
    stage.world.clock.advance(180)  # an older comment of ours makes the list look whole
    stage.line.late = 1.0
    run(stage, MINUTE)
    stage.line.late = 0.0
    run(stage)
    assert_each_is_out_once(stage)


class Last(Random):
    """Luck that always draws the end of its range."""

    def random(self) -> float:
        return 1.0


def test_a_call_that_never_arrives_is_made_again_once_it_could_be_seen() -> None:
    stage = stage_with({"fault": "drop-before-commit", "endpoint": "statuses/share", "nth": 1})
    run(stage)
    assert_each_is_out_once(stage)
    opening = stage.store.outbox.get("interview 1 · opening")
    assert opening.posted_at is not None
    assert HIDDEN_MOST < opening.posted_at - opening.due_at < HIDDEN_MOST + MINUTE
