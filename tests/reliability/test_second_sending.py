"""A post that may be out already is looked for once more in the moment before it is sent again."""

from dataclasses import replace

import pytest

from microblog.domain.outbox import HIDDEN_MOST, Change
from microblog.domain.post import PostState
from microblog.platforms.memory import Mishap
from microblog.service.dispatch import dispatch
from microblog.service.outbox import send_late, settle_absent
from tests.shared import HOUR, MINUTE, OPERATOR, START, Scene, a_post, put

KEY = "interview 1 · preview"


def unknown(desk: Scene, mishap: Mishap = Mishap.LOST_BEFORE) -> None:
    """Sent without an answer; only a person can tell what became of it."""
    put(desk, a_post())
    desk.platform.suffer(mishap)
    dispatch(desk.office)
    desk.store.outbox.move(KEY, Change(PostState.UNKNOWN, reason="看不清"), expect=[PostState.UNKNOWN])


def test_a_person_in_a_hurry_cannot_have_a_post_sent_while_the_first_may_be_hidden(desk: Scene) -> None:
    unknown(desk)
    desk.later(MINUTE)
    assert settle_absent(desk.office, KEY, by=OPERATOR).not_before == START + HIDDEN_MOST
    dispatch(desk.office)
    assert len(desk.platform.delivered) == 1
    desk.at(START + HIDDEN_MOST)
    dispatch(desk.office)
    assert (desk.state("preview"), len(desk.platform.posted())) == (PostState.POSTED, 1)


def test_what_a_person_overlooked_is_found_and_not_sent_again(desk: Scene) -> None:
    unknown(desk, Mishap.LOST_AFTER)
    desk.later(10 * MINUTE)
    settle_absent(desk.office, KEY, by=OPERATOR)
    dispatch(desk.office)
    [entry] = desk.platform.posted()
    assert (desk.state("preview"), desk.post("preview").platform_id) == (PostState.POSTED, entry.platform_id)
    assert len(desk.platform.delivered) == 1
    assert desk.post("preview").reason == "回查找到，已登记编号"


def test_what_a_colleague_pasted_by_hand_meanwhile_is_taken_over(desk: Scene) -> None:
    unknown(desk)
    desk.at(START + HOUR + MINUTE)
    settle_absent(desk.office, KEY, by=OPERATOR)
    send_late(desk.office, KEY, by=OPERATOR)
    by_hand = desk.platform.by_hand(a_post().text)
    dispatch(desk.office)
    assert (len(desk.platform.posted()), desk.post("preview").platform_id) == (1, by_hand)


def test_without_a_look_nothing_is_sent_a_second_time(desk: Scene) -> None:
    unknown(desk)
    desk.later(10 * MINUTE)
    settle_absent(desk.office, KEY, by=OPERATOR)
    desk.platform.down = True
    dispatch(desk.office)
    assert (desk.state("preview"), len(desk.platform.delivered)) == (PostState.DUE, 1)
    desk.platform.down = False
    desk.later(MINUTE)
    dispatch(desk.office)
    assert (desk.state("preview"), len(desk.platform.posted())) == (PostState.POSTED, 1)


@pytest.mark.parametrize("late", [False, True])
def test_no_call_is_begun_after_the_latest_time(desk: Scene, late: bool) -> None:
    """A worker that stood still between its claim and its call, for less than its lease."""
    post = put(desk, a_post(latest_at=START + MINUTE))
    habits = replace(desk.office.practice, lease=10 * MINUTE)
    stalls = iter([MINUTE + MINUTE * late])

    class Slow:
        def __getattr__(self, name: str) -> object:
            if desk.state("preview") is PostState.SENDING:
                desk.later(next(stalls, 0 * MINUTE))
            return getattr(desk.store.reviews, name)

    class Store:
        reviews = Slow()

        def __getattr__(self, name: str) -> object:
            return getattr(desk.store, name)

    dispatch(replace(desk.office, practice=habits, store=Store()))  # type: ignore[arg-type]  # a store that stalls
    assert [delivery.key for delivery in desk.platform.delivered] == ([] if late else [post.key])
    dispatch(desk.office)
    assert desk.state("preview") is (PostState.MISSED if late else PostState.POSTED)
