"""What only a person sets going again: a refused post, and the answer to a question that was deleted."""

import pytest

from microblog.domain.errors import NotAllowed
from microblog.domain.post import PostKind, PostState, Refused, Verb
from microblog.service.dispatch import dispatch
from microblog.service.outbox import answer_openly, cancel, send_again
from tests.shared import HOUR, MINUTE, OPERATOR, START, Scene, a_post, put

PREVIEW = "interview 1 · preview"
ANSWER = "interview 1 · answer 1 · part "


def refused(desk: Scene) -> None:
    put(desk, a_post())
    desk.platform.answers.append(Refused("要求验证码"))
    dispatch(desk.office)
    desk.later(MINUTE)


def replies(desk: Scene) -> None:
    """The preview is out, a netizen has asked under it, and the two parts of the answer reply to that question."""
    put(desk, a_post())
    dispatch(desk.office)
    asked = desk.platform.netizen(str(desk.post("preview").platform_id), "路灯什么时候修？")
    for number in (1, 2):
        part = a_post(
            f"{ANSWER}{number}",
            kind=PostKind.ANSWER,
            verb=Verb.REPLY,
            text=f"【答】六月底前修好。（{number}/2）",
            follows=PREVIEW if number == 1 else f"{ANSWER}1",
            under=PREVIEW,
            replies_to=asked if number == 1 else None,
            order=number,
        )
        put(desk, part)
    desk.platform.remove(asked)
    desk.later(MINUTE)
    dispatch(desk.office)


def rounds(desk: Scene, number: int = 3) -> None:
    for _ in range(number):
        dispatch(desk.office)
        desk.later(MINUTE)


def test_a_refused_post_goes_out_in_the_same_words_once_a_person_says_so(desk: Scene) -> None:
    refused(desk)
    rounds(desk)
    assert len(desk.platform.delivered) == 1
    send_again(desk.office, PREVIEW, by=OPERATOR)
    rounds(desk)
    assert (desk.state("preview"), desk.platform.texts()) == (PostState.POSTED, [a_post().text])


def test_sending_a_refused_post_again_still_needs_the_seals(desk: Scene) -> None:
    desk.store.outbox.enqueue(a_post(state=PostState.REFUSED))
    send_again(desk.office, PREVIEW, by=OPERATOR)
    rounds(desk)
    assert (desk.state("preview"), desk.platform.posted()) == (PostState.DRAFT, [])


def test_a_refused_post_is_not_sent_late_unasked(desk: Scene) -> None:
    refused(desk)
    desk.at(START + HOUR + MINUTE)
    send_again(desk.office, PREVIEW, by=OPERATOR)
    rounds(desk)
    assert (desk.state("preview"), desk.platform.posted()) == (PostState.MISSED, [])


@pytest.mark.parametrize("state", sorted(set(PostState) - {PostState.REFUSED}))
def test_only_a_refused_post_is_sent_again(desk: Scene, state: PostState) -> None:
    desk.store.outbox.enqueue(a_post(state=state))
    with pytest.raises(NotAllowed, match=state.chinese):
        send_again(desk.office, PREVIEW, by=OPERATOR)


def test_the_answer_to_a_deleted_question_is_given_openly_and_its_thread_goes_on(desk: Scene) -> None:
    replies(desk)
    assert desk.states() == {"preview": "posted", "answer 1 · part 1": "refused", "answer 1 · part 2": "sealed"}
    answer_openly(desk.office, f"{ANSWER}1", by=OPERATOR)
    rounds(desk)
    first, second = (desk.post(f"answer 1 · part {number}") for number in (1, 2))
    assert {first.state, second.state} == {PostState.POSTED}
    sent = [(delivery.verb, delivery.comment_id) for delivery in desk.platform.delivered[-2:]]
    assert sent == [(Verb.COMMENT, None), (Verb.REPLY, first.platform_id)]


def test_answering_openly_keeps_the_sealed_words(desk: Scene) -> None:
    replies(desk)
    before = desk.post("answer 1 · part 1")
    after = answer_openly(desk.office, before.key, by=OPERATOR)
    assert (after.text, after.hash, after.state) == (before.text, before.hash, PostState.SEALED)
    assert after.under == before.under


@pytest.mark.parametrize("state", sorted(set(PostState) - {PostState.REFUSED, PostState.SEALED}))
def test_what_is_out_or_on_its_way_is_not_made_another_comment(desk: Scene, state: PostState) -> None:
    desk.store.outbox.enqueue(a_post(state=state, verb=Verb.REPLY, replies_to="7", under=PREVIEW))
    with pytest.raises(NotAllowed, match="单独评论"):
        answer_openly(desk.office, PREVIEW, by=OPERATOR)


def test_a_post_that_answers_nobody_is_not_made_another_comment(desk: Scene) -> None:
    put(desk, a_post(verb=Verb.REPLY, under="interview 1 · opening"))
    with pytest.raises(NotAllowed, match="不是对网友评论的回复"):
        answer_openly(desk.office, PREVIEW, by=OPERATOR)


def test_the_parts_after_a_cancelled_one_never_become_orphans(desk: Scene) -> None:
    replies(desk)
    cancel(desk.office, f"{ANSWER}1", by=OPERATOR, reason="提问已删除")
    desk.at(START + HOUR + MINUTE)
    rounds(desk)
    assert (desk.state("answer 1 · part 2"), len(desk.platform.posted())) == (PostState.MISSED, 1)
