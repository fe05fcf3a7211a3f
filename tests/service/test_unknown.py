"""When it is not known whether a post is out: read back, adopted, sent once more or left to a person."""

from datetime import timedelta

import pytest

from microblog.domain.outbox import HIDDEN_MOST, LANDED_PATIENCE
from microblog.domain.post import Absent, Found, Landed, PostState, RetryAt, Undecidable, Unknown, Verb, Withheld
from microblog.platforms.memory import Mishap
from microblog.service.dispatch import dispatch, release, settle
from microblog.service.read_back import reconcile
from tests.shared import DAY, HOUR, MINUTE, START, Scene, a_post, put

PREVIEW = "interview 1 · preview"
SECOND = timedelta(seconds=1)


def run(desk: Scene, minutes: int = 5) -> None:
    """The worker's rounds, a minute apart."""
    for _ in range(minutes):
        reconcile(desk.office)
        dispatch(desk.office)
        desk.later(MINUTE)


def test_a_timed_out_post_that_landed_is_adopted_and_not_posted_twice(desk: Scene) -> None:
    post = put(desk, a_post())
    desk.platform.suffer(Mishap.LOST_AFTER)
    run(desk)
    [entry] = desk.platform.posted()
    assert (desk.state("preview"), desk.post("preview").platform_id) == (PostState.POSTED, entry.platform_id)
    assert desk.post("preview").posted_at == START
    assert [delivery.text for delivery in desk.platform.delivered] == [post.text]


def test_a_timed_out_post_is_not_touched_before_its_look_up_is_due(desk: Scene) -> None:
    put(desk, a_post())
    desk.platform.answers.append(Unknown(START + 5 * MINUTE, "没有回应"))
    run(desk, 5)
    assert (desk.platform.looks, len(desk.platform.delivered)) == (0, 1)
    assert desk.state("preview") is PostState.UNKNOWN


def test_a_post_proven_absent_is_sent_once_more_with_the_identical_words(desk: Scene) -> None:
    post = put(desk, a_post())
    desk.platform.suffer(Mishap.LOST_BEFORE)
    run(desk, 10)
    assert [delivery.text for delivery in desk.platform.delivered] == [post.text, post.text]
    assert desk.platform.texts() == [post.text]
    assert desk.state("preview") is PostState.POSTED


def test_the_platform_is_told_of_the_attempt_that_may_have_landed(desk: Scene) -> None:
    put(desk, a_post())
    desk.platform.suffer(Mishap.LOST_BEFORE)
    run(desk, 10)
    assert [len(history) for history in desk.platform.histories] == [0, 1]


def test_after_one_resend_an_absent_post_is_left_to_a_person(desk: Scene) -> None:
    put(desk, a_post())
    desk.platform.suffer(Mishap.LOST_BEFORE, Mishap.LOST_BEFORE)
    run(desk, 20)
    assert len(desk.platform.delivered) == 2
    post = desk.post("preview")
    assert (post.state, post.not_before) == (PostState.UNKNOWN, None)
    looks = desk.platform.looks
    run(desk, 5)
    assert desk.platform.looks == looks


def test_what_cannot_be_decided_is_left_to_a_person(desk: Scene) -> None:
    put(desk, a_post())
    desk.platform.suffer(Mishap.LOST_BEFORE)
    desk.platform.sightings.append(Undecidable("之后已发五条，无法核实"))
    run(desk, 10)
    post = desk.post("preview")
    assert (post.state, post.not_before, post.reason) == (PostState.UNKNOWN, None, "之后已发五条，无法核实")
    assert len(desk.platform.delivered) == 1


def test_five_newer_posts_made_by_hand_hide_the_truth(desk: Scene) -> None:
    put(desk, a_post())
    desk.platform.suffer(Mishap.LOST_BEFORE)
    dispatch(desk.office)
    for number in range(5):
        desk.platform.by_hand(f"值班员手工发布 {number}")
    desk.later(MINUTE)
    run(desk)
    assert (desk.state("preview"), len(desk.platform.delivered)) == (PostState.UNKNOWN, 1)


def test_a_look_that_fails_proves_nothing_and_is_made_again(desk: Scene) -> None:
    put(desk, a_post())
    desk.platform.suffer(Mishap.LOST_AFTER)
    desk.platform.down = True
    run(desk, 5)
    assert (desk.state("preview"), len(desk.platform.delivered)) == (PostState.UNKNOWN, 1)
    desk.platform.down = False
    run(desk, 1)
    assert desk.state("preview") is PostState.POSTED


def test_while_nothing_is_answered_it_is_looked_for_at_least_once_an_hour(desk: Scene) -> None:
    put(desk, a_post())
    desk.platform.suffer(Mishap.LOST_AFTER)
    desk.platform.down = True
    dispatch(desk.office)
    for _ in range(2 * 24):
        desk.later(HOUR)
        reconcile(desk.office)
    looks = desk.platform.looks
    desk.later(HOUR)
    desk.platform.down = False
    reconcile(desk.office)
    assert (looks, desk.state("preview")) == (2 * 24, PostState.POSTED)


def test_a_list_that_keeps_holding_back_what_it_counts_leaves_the_post_to_a_person(desk: Scene) -> None:
    """It may be ours, for ever unseen: waiting would never end, and the interview would stand still unasked."""
    put(desk, a_post(latest_at=START + DAY))
    desk.platform.suffer(Mishap.LOST_BEFORE)
    desk.platform.sightings.extend([Withheld("列出的少于计数")] * 40)
    run(desk, int(LANDED_PATIENCE / MINUTE) + 10)
    post = desk.post("preview")
    assert (post.state, post.not_before, post.reason) == (PostState.UNKNOWN, None, "列出的少于计数")
    assert len(desk.platform.delivered) == 1


def test_absence_proven_after_the_latest_time_asks_before_sending_again(desk: Scene) -> None:
    put(desk, a_post())
    desk.platform.suffer(Mishap.LOST_BEFORE)
    dispatch(desk.office)
    desk.later(HOUR + SECOND)
    run(desk, 3)
    assert (desk.state("preview"), len(desk.platform.delivered)) == (PostState.MISSED, 1)


def test_an_accepted_post_without_id_gets_its_id_when_it_shows(desk: Scene) -> None:
    put(desk, a_post())
    desk.platform.suffer(Mishap.HIDDEN)
    dispatch(desk.office)
    assert desk.state("preview") is PostState.LANDED
    desk.later(MINUTE)
    run(desk)
    [entry] = desk.platform.posted()
    assert (desk.state("preview"), desk.post("preview").platform_id) == (PostState.POSTED, entry.platform_id)
    assert len(desk.platform.delivered) == 1


def test_an_accepted_post_that_never_shows_is_left_to_a_person_and_not_sent_again(desk: Scene) -> None:
    put(desk, a_post(latest_at=START + DAY))
    desk.platform.answers.append(Landed(START + MINUTE, "平台正在审核"))
    run(desk, int(LANDED_PATIENCE / MINUTE) + 5)
    post = desk.post("preview")
    assert (post.state, post.not_before) == (PostState.UNKNOWN, None)
    assert len(desk.platform.delivered) == 1


def test_the_next_part_waits_for_the_id_of_one_that_landed(desk: Scene) -> None:
    put(desk, a_post("interview 1 · opening"))
    put(desk, a_post("interview 1 · closing", follows="interview 1 · opening"))
    desk.platform.suffer(Mishap.HIDDEN)
    run(desk, 2)
    assert desk.states() == {"closing": "sealed", "opening": "landed"}
    run(desk, 4)
    assert desk.states() == {"closing": "posted", "opening": "posted"}


def test_the_same_words_posted_for_another_reason_are_not_taken_for_ours(desk: Scene) -> None:
    put(desk, a_post("interview 1 · opening", text="欢迎收看", due_at=START - SECOND))
    put(desk, a_post(text="欢迎收看"))
    desk.platform.suffer()
    run(desk, 1)
    desk.platform.answers.append(Unknown(START + 2 * MINUTE, "没有回应"))
    run(desk, 5)
    opening = desk.post("opening").platform_id
    assert (desk.state("preview"), desk.post("preview").platform_id) == (PostState.UNKNOWN, None)
    assert opening is not None
    assert "另一条" in desk.post("preview").reason


def test_a_post_found_later_keeps_the_moment_it_really_went_out(desk: Scene) -> None:
    put(desk, a_post())
    desk.platform.answers.append(Unknown(START + MINUTE, "没有回应"))
    desk.platform.sightings.append(Found("5118500000000777", START + SECOND))
    run(desk)
    assert desk.post("preview").posted_at == START + SECOND


def test_each_look_is_taken_from_the_days_calls(desk: Scene) -> None:
    put(desk, a_post())
    desk.platform.suffer(Mishap.LOST_AFTER)
    run(desk)
    assert desk.store.journal.spent(START) == {"share": 1, "look": 1}


def test_a_post_whose_only_attempt_proves_not_sent_after_all_goes_out(desk: Scene) -> None:
    """A stalled worker lost the post, which became unknown; then it woke up and wrote down that nothing was sent."""
    put(desk, a_post())
    release(desk.office)
    claimed = desk.store.outbox.claim(START, "worker 2", 2 * MINUTE, list(Verb))
    assert claimed is not None
    desk.platform.down = True
    desk.later(3 * MINUTE)
    reconcile(desk.office)
    settle(desk.office, *claimed, RetryAt(START + MINUTE, "没连上"))
    desk.platform.down = False
    run(desk, 3)
    assert (desk.state("preview"), len(desk.platform.posted())) == (PostState.POSTED, 1)


def test_what_a_stalled_worker_brings_home_is_looked_at_again_without_a_person(desk: Scene) -> None:
    """Its second attempt looked like a second sending and was left to a person; it never made the call."""
    put(desk, a_post())
    desk.platform.suffer(Mishap.LOST_BEFORE)
    dispatch(desk.office)
    desk.later(HIDDEN_MOST)
    reconcile(desk.office)
    claimed = desk.store.outbox.claim(desk.clock.now(), "worker 2", 2 * MINUTE, list(Verb))
    assert claimed is not None
    desk.later(2 * MINUTE + HIDDEN_MOST)
    reconcile(desk.office)
    post = desk.post("preview")
    assert (post.state, post.not_before) == (PostState.UNKNOWN, None)
    settle(desk.office, *claimed, RetryAt(desk.clock.now(), "停顿过久，没有发出"))
    run(desk, 2)
    assert (desk.state("preview"), len(desk.platform.posted())) == (PostState.POSTED, 1)


def test_a_post_that_waits_for_its_look_up_is_not_hurried_by_what_is_brought_home(desk: Scene) -> None:
    put(desk, a_post())
    release(desk.office)
    claimed = desk.store.outbox.claim(START, "worker 2", 2 * MINUTE, list(Verb))
    assert claimed is not None
    desk.later(2 * MINUTE)
    reconcile(desk.office)
    waiting = desk.post("preview")
    assert waiting.not_before is not None
    settle(desk.office, *claimed, Unknown(desk.clock.now(), "没有回应"))
    assert desk.post("preview") == waiting


@pytest.mark.parametrize("sighting", [Absent(), Undecidable("看不清")])
def test_a_look_never_sends(desk: Scene, sighting: Absent | Undecidable) -> None:
    put(desk, a_post())
    desk.platform.answers.append(Unknown(START, "没有回应"))
    dispatch(desk.office)
    desk.platform.sightings.append(sighting)
    reconcile(desk.office)
    assert len(desk.platform.delivered) == 1
