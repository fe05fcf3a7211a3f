"""What a person decides while an interview is on holds against every worker."""

from contextlib import suppress
from random import Random

import pytest

from microblog.domain.errors import InvalidInput, NotAllowed, NotFound
from microblog.domain.post import Delivery, PostState
from microblog.service.dispatch import dispatch, release
from microblog.service.live import hold, let_go, look_again, send_now, skip
from microblog.service.outbox import change_words, send_late
from microblog.service.review import settle_seals
from tests.on_air import FIRST, OPENING, SECOND, force, on_air, part_of, run
from tests.shared import END, HOUR, MINUTE, OPERATOR, START, Scene, seals_of


def delivered(scene: Scene) -> list[str]:
    return [delivery.key for delivery in scene.platform.delivered]


@pytest.fixture
def scene() -> Scene:
    return on_air()


def test_a_held_answer_is_not_sent_and_the_others_go_on(scene: Scene) -> None:
    assert hold(scene.office, scene.interview, FIRST, by=OPERATOR, reason="等核对") == 2
    run(scene, 10)
    assert delivered(scene) == [OPENING, part_of(SECOND, 1), part_of(SECOND, 2)]
    assert scene.post("answer 1 · part 1").state is PostState.SEALED
    assert scene.post("answer 1 · part 1").held == "值班员 暂缓：等核对"


def test_what_is_let_go_is_sent_at_once_when_its_time_has_come(scene: Scene) -> None:
    hold(scene.office, scene.interview, FIRST, by=OPERATOR)
    run(scene, 10)
    assert let_go(scene.office, scene.interview, FIRST, by=OPERATOR) == 2
    run(scene, 2)
    assert delivered(scene)[-2:] == [part_of(FIRST, 1), part_of(FIRST, 2)]


def test_a_post_that_was_due_already_when_it_was_held_is_not_claimed(scene: Scene) -> None:
    release(scene.office)
    assert scene.state("opening") is PostState.DUE
    hold(scene.office, scene.interview, OPENING, by=OPERATOR)
    assert dispatch(scene.office).sent == 0
    assert delivered(scene) == []


def test_a_held_post_is_missed_in_its_time(scene: Scene) -> None:
    hold(scene.office, scene.interview, OPENING, by=OPERATOR)
    scene.at(START + 11 * MINUTE)
    run(scene)
    assert scene.state("opening") is PostState.MISSED
    send_late(scene.office, OPENING, by=OPERATOR)
    run(scene)
    assert delivered(scene) == []
    let_go(scene.office, scene.interview, OPENING, by=OPERATOR)
    run(scene)
    assert delivered(scene) == [OPENING]


def test_new_words_and_new_seals_do_not_let_a_held_post_go(scene: Scene) -> None:
    hold(scene.office, scene.interview, FIRST, by=OPERATOR)
    key = part_of(FIRST, 1)
    changed = change_words(scene.office, key, "【答】改过的答复。", by=OPERATOR)
    for seal in seals_of(changed):
        scene.store.reviews.seal(seal)
    settle_seals(scene.office, scene.interview)
    assert scene.state("answer 1 · part 1") is PostState.SEALED
    run(scene, 10)
    assert key not in delivered(scene)


def test_parts_that_are_out_are_not_held_but_those_after_them_are(scene: Scene) -> None:
    run(scene, 2)
    assert delivered(scene) == [OPENING, part_of(FIRST, 1)]
    assert hold(scene.office, scene.interview, FIRST, by=OPERATOR) == 1
    with pytest.raises(NotAllowed, match="来不及暂缓"):
        hold(scene.office, scene.interview, OPENING, by=OPERATOR)


@pytest.mark.parametrize("state", [PostState.SENDING, PostState.UNKNOWN, PostState.REFUSED, PostState.CANCELLED])
def test_what_the_machine_would_not_send_cannot_be_held(scene: Scene, state: PostState) -> None:
    force(scene, OPENING, state)
    with pytest.raises(NotAllowed):
        hold(scene.office, scene.interview, OPENING, by=OPERATOR)
    assert scene.post("opening").held == ""


def test_only_what_is_held_can_be_let_go(scene: Scene) -> None:
    with pytest.raises(NotAllowed, match="没有暂缓"):
        let_go(scene.office, scene.interview, FIRST, by=OPERATOR)


def test_an_answer_brought_forward_goes_out_in_order_at_the_offices_pace(scene: Scene) -> None:
    run(scene)
    hold(scene.office, scene.interview, SECOND, by=OPERATOR)
    assert send_now(scene.office, scene.interview, SECOND, by=OPERATOR) == 2
    scene.later(MINUTE)
    run(scene)
    assert delivered(scene) == [OPENING, part_of(SECOND, 1)]
    scene.later(MINUTE)
    run(scene)
    assert delivered(scene)[-1] == part_of(SECOND, 2)


def test_nothing_is_brought_forward_before_the_events_hour() -> None:
    scene = on_air(START - MINUTE)
    with pytest.raises(NotAllowed, match="还没到开始时间"):
        send_now(scene.office, scene.interview, FIRST, by=OPERATOR)
    assert scene.post("answer 1 · part 1").due_at == START + MINUTE


@pytest.mark.parametrize("state", [PostState.DRAFT, PostState.POSTED, PostState.UNKNOWN, PostState.MISSED])
def test_only_sealed_and_waiting_words_are_brought_forward(scene: Scene, state: PostState) -> None:
    force(scene, OPENING, state)
    with pytest.raises(NotAllowed, match="没有已盖章、还在时限内"):
        send_now(scene.office, scene.interview, OPENING, by=OPERATOR)


def test_bringing_forward_does_not_undo_lateness(scene: Scene) -> None:
    scene.at(END + HOUR)
    with pytest.raises(NotAllowed, match="还在时限内"):
        send_now(scene.office, scene.interview, FIRST, by=OPERATOR)


def test_a_skipped_answer_is_cancelled_as_a_whole_with_its_reason(scene: Scene) -> None:
    assert skip(scene.office, scene.interview, FIRST, by=OPERATOR, reason="与第二问重复") == 2
    run(scene, 10)
    assert delivered(scene) == [OPENING, part_of(SECOND, 1), part_of(SECOND, 2)]
    assert {scene.post(f"answer 1 · part {number}").reason for number in (1, 2)} == {"跳过：与第二问重复"}


def test_skipping_needs_a_reason(scene: Scene) -> None:
    with pytest.raises(InvalidInput, match="答复 1"):
        skip(scene.office, scene.interview, FIRST, by=OPERATOR, reason="  ")
    assert scene.state("answer 1 · part 1") is PostState.SEALED


@pytest.mark.parametrize("state", [PostState.SENDING, PostState.UNKNOWN, PostState.LANDED, PostState.POSTED])
def test_half_an_answer_is_never_left_out(scene: Scene, state: PostState) -> None:
    force(scene, part_of(FIRST, 1), state)
    with pytest.raises(NotAllowed, match="不能再跳过"):
        skip(scene.office, scene.interview, FIRST, by=OPERATOR, reason="重复")
    assert scene.state("answer 1 · part 2") is PostState.SEALED


def test_a_look_can_be_asked_for_at_once(scene: Scene) -> None:
    run(scene)
    force(scene, OPENING, PostState.UNKNOWN, reason="请人工核实")
    assert look_again(scene.office, OPENING, by=OPERATOR).not_before == scene.clock.now()
    assert scene.post("opening").reason == "请人工核实"
    with pytest.raises(NotAllowed, match="不用再查"):
        look_again(scene.office, part_of(FIRST, 1), by=OPERATOR)


def test_a_thread_that_does_not_exist_is_named(scene: Scene) -> None:
    for do in (hold, let_go, send_now):
        with pytest.raises(NotFound, match="answer 9"):
            do(scene.office, scene.interview, "interview 1 · answer 9", by=OPERATOR)


def test_every_decision_is_in_the_journal(scene: Scene) -> None:
    office, interview = scene.office, scene.interview
    hold(office, interview, FIRST, by=OPERATOR, reason="等核对")
    let_go(office, interview, FIRST, by=OPERATOR)
    send_now(office, interview, FIRST, by=OPERATOR)
    skip(office, interview, FIRST, by=OPERATOR, reason="重复")
    entries = scene.store.journal.entries(FIRST)
    assert [entry.verb for entry in entries] == ["hold", "let-go", "send-now", "skip"]
    assert {entry.who for entry in entries} == {OPERATOR}


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_decided_when_nothing_is_sent_while_it_is_held(seed: int) -> None:
    scene, random = on_air(), Random(seed)

    def watch(delivery: Delivery) -> None:
        assert scene.store.outbox.get(delivery.key).held == ""

    scene.platform.watch = watch
    deeds = (hold, let_go, send_now)
    for _ in range(60):
        thread = random.choice([OPENING, FIRST, SECOND])
        with suppress(NotAllowed):
            random.choice(deeds)(scene.office, scene.interview, thread, by=OPERATOR)
        if random.random() < 0.5:
            scene.later(MINUTE / 2)
            run(scene)
    texts = scene.platform.texts()
    assert len(texts) == len(set(texts))
