"""A short slice of `make chaos`: random interviews under faults, kills and hurried people, judged by the ledger."""

import pytest

from bench.chaos.__main__ import EVERY, Progress, main
from bench.chaos.judge import Verdict
from bench.chaos.play import Play, play_one
from bench.chaos.scenario import draw
from bench.chaos.series import play_batch
from bench.chaos.tally import Tally
from microblog.domain.outbox import Change
from microblog.domain.post import PostState

SEED = 20_240_425
SHARE = 50


def told(tally: Tally) -> str:
    return "\n".join(tally.lines(f"seed {SEED}"))


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 4 * SHARE, SHARE))
def test_every_promise_is_kept_whatever_goes_wrong(first: int) -> None:
    tally = play_batch(SEED, first, first + SHARE, False, float("inf"))
    assert tally.failing == {}, told(tally)
    assert tally.posts > 5 * SHARE
    assert tally.left <= 0.02, told(tally)


@pytest.mark.slow
def test_every_promise_is_kept_when_real_processes_are_killed() -> None:
    tally = play_batch(SEED, 0, 5, True, float("inf"))
    assert tally.failing == {}, told(tally)
    assert tally.struck == 5, told(tally)
    assert tally.posts == tally.intended


def test_a_scenario_is_the_same_however_often_it_is_played() -> None:
    assert draw(SEED, 7) == draw(SEED, 7)
    first, second = Play(draw(SEED, 7)), Play(draw(SEED, 7))
    assert first.run() == second.run()
    assert first.stage.world.writes == second.stage.world.writes


def test_scenarios_differ() -> None:
    drawn = [draw(SEED, index) for index in range(20)]
    assert len({repr(scenario.rules) + repr(scenario.events) for scenario in drawn}) > 15


def test_a_failing_scenario_is_named_so_that_it_can_be_played_again(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A product that sends again whatever got no answer."""
    again = Change(PostState.DUE, reason="再发一次")
    monkeypatch.setattr("microblog.service.read_back.after_looking", lambda *_: again)
    monkeypatch.setattr("microblog.service.dispatch.found_meanwhile", lambda *_: None)
    tallies = ((index, play_batch(SEED, index, index + 1, False, float("inf"))) for index in range(100))
    name = next(f"{SEED}:{index}" for index, tally in tallies if tally.broken["duplicates"])
    assert main(["--replay", name]) == 1
    said = capsys.readouterr().out
    assert f"--replay {name}" in said
    assert "duplicates: interview 1" in said


def test_a_long_run_says_how_far_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    told = Progress(2 * EVERY)
    for played in range(100, 2 * EVERY + 1, 100):
        told(played, ["1:7"] if played > EVERY else [])
    first, second = capsys.readouterr().err.splitlines()
    assert (first[:22], first[-13:]) == ("500 of 1000 scenarios,", "failing: none")
    assert (second[:23], second[-12:]) == ("1000 of 1000 scenarios,", "failing: 1:7")


def test_a_kill_that_comes_too_late_is_no_kill() -> None:
    tally = Tally()
    tally.take("kill1:1", Verdict(intended=3, posts=3), 2)
    tally.take("kill1:2", Verdict(intended=3, posts=3), 0)
    assert (tally.struck, tally.kills) == (1, 2)
    assert "2 scenarios, 1 of them with a real SIGKILL, 2 in all" in told(tally)


def test_a_quiet_scenario_posts_everything_and_asks_nobody() -> None:
    calm = next(index for index in range(400) if not draw(SEED, index).rules and not draw(SEED, index).events)
    play = Play(draw(SEED, calm))
    verdict = play.run()
    assert (verdict.posts, verdict.asked) == (verdict.intended, {})
    assert {post.state for post in play.stage.store.outbox.posts()} == {PostState.POSTED}


def test_the_command_prints_the_table_and_says_that_every_promise_was_kept(
    capsys: pytest.CaptureFixture[str],
) -> None:
    quiet = next(index for index in range(400) if not draw(SEED, index).rules)
    assert main(["--replay", f"{SEED}:{quiet}"]) == 0
    said = capsys.readouterr().out
    for line in ("duplicates", "lost", "orphans", "unsealed", "too late", "unknown, left to people"):
        assert line in said
    assert play_one(SEED, quiet).broken == {}
