"""A reply that lands in the wrong place, known from the answer or only from reading back, is reported."""

import pytest

from microblog.domain.outbox import after_looking
from microblog.domain.post import Found, PostState
from microblog.platforms.memory import Mishap
from microblog.service.doctor import Finding, examine
from tests.shared import MINUTE, START, Scene, play, scene_of, sealed


@pytest.fixture
def live() -> Scene:
    """An interview whose opening and the first parts of its answers are out."""
    scene = scene_of()
    sealed(scene, characters=400)
    scene.at(START)
    play(scene, START + 2 * MINUTE)
    return scene


def reported(scene: Scene) -> list[Finding]:
    return [finding for finding in examine(scene.office) if finding.check == "回复位置"]


def misplaced(scene: Scene) -> list[str]:
    return [post.key for post in scene.store.outbox.posts() if "普通评论" in post.reason]


def test_nothing_is_reported_while_replies_stand_where_they_belong(live: Scene) -> None:
    play(live, START + 20 * MINUTE)
    assert [finding.ok for finding in reported(live)] == [True]


def test_a_reply_that_became_a_plain_comment_is_reported_and_its_thread_goes_on(live: Scene) -> None:
    live.platform.suffer(Mishap.MISPLACED)
    play(live, START + 30 * MINUTE)
    [key] = misplaced(live)
    [finding] = reported(live)
    assert (finding.ok, key in finding.what, "网页" in finding.next_step) == (False, True, True)
    assert {post.state for post in live.store.outbox.posts(interview=1) if "answer" in post.key} == {PostState.POSTED}


def test_a_misplaced_reply_whose_answer_was_lost_is_reported_when_it_is_found(live: Scene) -> None:
    """The second part of an answer, taken as a plain comment; the answer to the call never came."""
    key = "interview 1 · answer 1 · part 2"
    play(live, START + 30 * MINUTE)
    post = live.store.outbox.get(key)
    found = Found(str(post.platform_id), START, misplaced=True)
    change = after_looking(post.evolve(state=PostState.UNKNOWN), live.store.outbox.attempts(key), found, START)
    live.store.outbox.move(key, change, expect=[PostState.POSTED])
    assert misplaced(live) == [key]
    assert [finding.ok for finding in reported(live)] == [False]
