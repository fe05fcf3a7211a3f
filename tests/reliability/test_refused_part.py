"""A part refused in the middle of the event, by the real steps: the operator edits, both bodies seal, it goes on."""

from pathlib import Path

import pytest

from microblog.domain.post import Delivery, PostKind, PostState, Refused
from microblog.service.outbox import change_words
from microblog.service.review import pending
from tests.shared import BODIES, END, HOUR, OPERATOR, START, Scene, play, scene_of, seal_all, sealed, work


@pytest.fixture
def live(tmp_path: Path) -> Scene:
    """An interview whose answers have several parts, sealed and about to begin; the second part will be refused."""
    scene = scene_of(files=tmp_path / "filing")
    sealed(scene, characters=400)

    def refuse(delivery: Delivery) -> None:
        if delivery.key.endswith("answer 1 · part 2") and scene.post("answer 1 · part 2").fence == 1:
            scene.platform.answers.append(Refused("文字含有违规内容"))

    scene.platform.watch = refuse
    scene.at(START)
    return scene


def parts(scene: Scene, rank: int) -> list[PostState]:
    posts = scene.store.outbox.posts(interview=1)
    return [post.state for post in posts if f"answer {rank} · " in post.key]


def order_of(scene: Scene, rank: int) -> list[str]:
    return [delivery.key for delivery in scene.platform.delivered if f"answer {rank} · " in delivery.key]


def test_the_thread_stops_there_and_the_other_answers_go_on(live: Scene) -> None:
    play(live, START + HOUR)
    assert parts(live, 1)[:3] == [PostState.POSTED, PostState.REFUSED, PostState.SEALED]
    assert set(parts(live, 2)) == {PostState.POSTED}


def test_the_new_words_wait_for_both_bodies_and_for_nothing_else(live: Scene) -> None:
    play(live, START + HOUR)
    key = live.post("answer 1 · part 2").key
    change_words(live.office, key, "【答 1/4】换一种说法。", by=OPERATOR)
    work(live)
    assert live.state("answer 1 · part 2") is PostState.DRAFT
    for body in BODIES:
        assert [item.subject for item in pending(live.office, live.interview, body)] == [key]


def test_sealed_again_the_thread_goes_on_to_its_end_in_order(live: Scene) -> None:
    play(live, START + HOUR)
    key = live.post("answer 1 · part 2").key
    change_words(live.office, key, "【答 1/4】换一种说法。", by=OPERATOR)
    seal_all(live)
    play(live, END)
    assert set(parts(live, 1)) == {PostState.POSTED}
    first, *others = order_of(live, 1)
    assert others == [key, *sorted(others[1:])]
    assert first.endswith("part 1")
    texts = [entry.text for entry in live.platform.posted()]
    assert len(texts) == len(set(texts))


def test_the_interview_closes_in_the_end_although_nobody_mended_the_part(live: Scene) -> None:
    play(live, END + 2 * HOUR)
    closing = live.post("closing")
    assert (closing.kind, closing.state) == (PostKind.CLOSING, PostState.POSTED)
    assert PostState.MISSED in parts(live, 1)
    answered = {key for key in (post.key for post in live.store.outbox.posts()) if "answer 1 · part 3" in key}
    assert not answered & set(order_of(live, 1))
