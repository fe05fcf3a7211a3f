"""Trees are grown once, beforehand where that helps, and a failure is no end."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from microblog.service.boards import board_of, warm_up
from microblog.service.collect import collect
from microblog.service.corrections import maker
from microblog.service.group import regroup
from microblog.service.trees import MOST, Stand
from tests.shared import Scene, announced, beside, collected, crowd, scene_of, work


@pytest.fixture
def scene() -> Scene:
    opened = scene_of()
    collected(opened)
    return beside(opened)  # nothing is grown yet


def test_trees_of_collecting_interviews_are_grown_before_anybody_asks(scene: Scene) -> None:
    assert scene.office.trees.now(1) is None
    warm_up(scene.office)
    assert scene.office.trees.wait(1, 30)
    assert scene.office.trees.now(1) is not None


def test_grouping_again_what_is_as_it_was_grows_nothing(scene: Scene) -> None:
    regroup(scene.office, scene.interview)
    before = scene.office.trees.newest(1)
    regroup(scene.office, scene.interview)
    assert scene.office.trees.newest(1) is before


def test_other_likes_need_no_other_tree() -> None:
    scene = scene_of()
    announced(scene)
    crowd(scene)
    scene.later(timedelta(hours=1))
    work(scene)
    before = scene.office.trees.newest(1)
    assert before is not None
    liked = next(iter(scene.store.comments.of(1)))
    entries = scene.platform._entries
    entries[liked.platform_id] = replace(entries[liked.platform_id], likes=99)
    collect(scene.office, scene.interview, full=True)
    regroup(scene.office, scene.interview)
    after = scene.office.trees.newest(1)
    assert after is not None
    assert after.grown.tree is before.grown.tree
    assert max(remark.likes for remark in after.grown.remarks) == 99


def test_a_tree_that_cannot_be_grown_is_logged_and_asked_for_again(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: Stand | None) -> Stand:
        raise OSError("磁盘已满")

    with caplog.at_level(logging.ERROR):
        scene.office.trees.make_soon(1, broken)
        assert scene.office.trees.wait(1, 30)
    assert "磁盘已满" in caplog.text
    assert not scene.office.trees.making(1)
    regroup(scene.office, scene.interview)
    assert board_of(scene.office, scene.interview) is not None


def test_only_the_last_few_interviews_are_kept(scene: Scene) -> None:
    for number in range(1, MOST + 3):
        scene.office.trees.make(number, maker(scene.office, scene.interview.evolve(id=number)))
    assert scene.office.trees.now(1) is None
    assert scene.office.trees.now(MOST + 2) is not None
