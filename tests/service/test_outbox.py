"""What a person decides about a post."""

from datetime import timedelta

import pytest

from microblog.domain.errors import InvalidInput, NotAllowed, NotFound
from microblog.domain.outbox import HIDDEN_MOST, Change
from microblog.domain.post import PostState, Unknown
from microblog.platforms.memory import Mishap
from microblog.service.dispatch import dispatch
from microblog.service.outbox import cancel, change_words, send_late, settle_absent, settle_posted
from microblog.service.read_back import reconcile
from tests.shared import DAY, HOUR, MINUTE, OPERATOR, START, Scene, a_post, put, seals_of

KEY = "interview 1 · preview"
SECOND = timedelta(seconds=1)
STATUS = "5118500000000777"


def in_state(desk: Scene, state: PostState) -> None:
    """A sealed post brought to a state."""
    put(desk, a_post())
    desk.store.outbox.move(KEY, Change(state), expect=[PostState.SEALED])


def unknown(desk: Scene) -> None:
    """A post sent and not heard of again."""
    put(desk, a_post())
    desk.platform.answers.append(Unknown(START + HOUR, "没有回应"))
    dispatch(desk.office)


def test_a_person_who_found_the_post_takes_its_id(desk: Scene) -> None:
    unknown(desk)
    post = settle_posted(desk.office, KEY, STATUS, by=OPERATOR)
    assert (post.state, post.platform_id, post.reason) == (PostState.POSTED, STATUS, f"由 {OPERATOR} 核实")
    dispatch(desk.office)
    assert len(desk.platform.delivered) == 1


def test_what_a_person_finds_days_later_is_dated_when_it_went_out(desk: Scene) -> None:
    put(desk, a_post())
    desk.platform.suffer(Mishap.LOST_AFTER)
    dispatch(desk.office)
    [entry] = desk.platform.posted()
    desk.later(2 * DAY)
    assert settle_posted(desk.office, KEY, entry.platform_id, by=OPERATOR).posted_at == START


def test_an_id_older_than_the_sending_dates_nothing(desk: Scene) -> None:
    old = desk.platform.by_hand("昨天的另一条")
    desk.later(DAY)
    put(desk, a_post(due_at=START + DAY, latest_at=START + 2 * DAY))
    desk.platform.suffer(Mishap.LOST_BEFORE)
    dispatch(desk.office)
    assert settle_posted(desk.office, KEY, old, by=OPERATOR).posted_at == START + DAY


@pytest.mark.parametrize("platform_id", ["", "https://weibo.com/1/abc", "-5", "5118 500"])
def test_an_id_that_is_no_number_is_refused(desk: Scene, platform_id: str) -> None:
    unknown(desk)
    with pytest.raises(InvalidInput, match="编号"):
        settle_posted(desk.office, KEY, platform_id, by=OPERATOR)


def test_the_id_of_another_post_is_refused_as_such(desk: Scene) -> None:
    unknown(desk)
    put(desk, a_post("interview 1 · opening"))
    desk.store.outbox.move("interview 1 · opening", Change(PostState.POSTED, STATUS), expect=[PostState.SEALED])
    with pytest.raises(InvalidInput, match="opening"):
        settle_posted(desk.office, KEY, STATUS, by=OPERATOR)
    assert desk.state("preview") is PostState.UNKNOWN


def test_a_person_who_found_nothing_lets_the_identical_words_go_out_again(desk: Scene) -> None:
    unknown(desk)
    settle_absent(desk.office, KEY, by=OPERATOR)
    desk.later(HIDDEN_MOST)
    dispatch(desk.office)
    assert [delivery.text for delivery in desk.platform.delivered] == [a_post().text] * 2
    assert desk.state("preview") is PostState.POSTED


def test_a_person_who_found_nothing_too_late_is_asked_again(desk: Scene) -> None:
    unknown(desk)
    desk.later(HOUR + SECOND)
    assert settle_absent(desk.office, KEY, by=OPERATOR).state is PostState.MISSED


@pytest.mark.parametrize("state", sorted(set(PostState) - {PostState.UNKNOWN, PostState.LANDED}))
def test_only_what_is_unknown_or_landed_is_settled_by_hand(desk: Scene, state: PostState) -> None:
    in_state(desk, state)
    with pytest.raises(NotAllowed, match=state.chinese):
        settle_posted(desk.office, KEY, STATUS, by=OPERATOR)
    with pytest.raises(NotAllowed, match=state.chinese):
        settle_absent(desk.office, KEY, by=OPERATOR)


@pytest.mark.parametrize("state", sorted(set(PostState) - {PostState.MISSED}))
def test_only_what_was_missed_is_sent_late(desk: Scene, state: PostState) -> None:
    in_state(desk, state)
    with pytest.raises(NotAllowed, match=KEY):
        send_late(desk.office, KEY, by=OPERATOR)
    assert (desk.state("preview"), desk.post("preview").latest_at) == (state, START + HOUR)


def test_sending_late_still_needs_the_seals(desk: Scene) -> None:
    put(desk, a_post(), bodies=("data-centre",))
    desk.later(2 * HOUR)
    dispatch(desk.office)
    send_late(desk.office, KEY, by=OPERATOR)
    dispatch(desk.office)
    assert (desk.platform.delivered, desk.state("preview")) == ([], PostState.DRAFT)


@pytest.mark.parametrize("state", [PostState.DRAFT, PostState.SEALED, PostState.REFUSED, PostState.MISSED])
def test_words_not_on_their_way_can_be_changed_and_are_a_draft_again(desk: Scene, state: PostState) -> None:
    in_state(desk, state)
    post = change_words(desk.office, KEY, "换一种说法", by=OPERATOR)
    assert (post.state, post.text, post.author) == (PostState.DRAFT, "换一种说法", OPERATOR)


@pytest.mark.parametrize(
    "state",
    [PostState.DUE, PostState.SENDING, PostState.UNKNOWN, PostState.LANDED, PostState.POSTED, PostState.CANCELLED],
)
def test_words_that_are_out_or_on_their_way_stay(desk: Scene, state: PostState) -> None:
    in_state(desk, state)
    with pytest.raises(NotAllowed, match=KEY):
        change_words(desk.office, KEY, "换一种说法", by=OPERATOR)
    assert desk.post("preview").text == a_post().text


@pytest.mark.parametrize("text", ["", "  \n", "长" * 141])
def test_words_no_platform_takes_are_refused_before_anyone_seals_them(desk: Scene, text: str) -> None:
    in_state(desk, PostState.DRAFT)
    with pytest.raises(InvalidInput, match=KEY):
        change_words(desk.office, KEY, text, by=OPERATOR)
    assert desk.post("preview").text == a_post().text


def test_a_cancelled_post_never_goes_out(desk: Scene) -> None:
    put(desk, a_post())
    cancel(desk.office, KEY, by=OPERATOR, reason="嘉宾临时有事")
    dispatch(desk.office)
    assert (desk.platform.delivered, desk.post("preview").reason) == ([], "嘉宾临时有事")


@pytest.mark.parametrize("state", [PostState.SENDING, PostState.UNKNOWN, PostState.LANDED, PostState.POSTED])
def test_what_may_be_out_cannot_be_cancelled(desk: Scene, state: PostState) -> None:
    in_state(desk, state)
    with pytest.raises(NotAllowed, match=state.chinese):
        cancel(desk.office, KEY, by=OPERATOR, reason="不发了")


def test_a_post_nobody_wrote_is_not_found(desk: Scene) -> None:
    for decide in (settle_absent, send_late):
        with pytest.raises(NotFound):
            decide(desk.office, "interview 9 · preview", by=OPERATOR)


def test_every_decision_is_in_the_journal_with_its_maker(desk: Scene) -> None:
    unknown(desk)
    settle_absent(desk.office, KEY, by=OPERATOR)
    assert [(entry.who, entry.verb) for entry in desk.store.journal.entries(KEY)][-1] == (OPERATOR, "settle-absent")


def test_a_hand_settled_post_that_shows_up_later_is_left_as_it_is(desk: Scene) -> None:
    put(desk, a_post())
    desk.platform.suffer(Mishap.LOST_AFTER)
    dispatch(desk.office)
    [entry] = desk.platform.posted()
    settle_posted(desk.office, KEY, entry.platform_id, by=OPERATOR)
    desk.later(MINUTE)
    assert reconcile(desk.office) == 0
    assert desk.post("preview").platform_id == entry.platform_id


def test_reworded_and_sealed_again_a_refused_post_goes_out(desk: Scene) -> None:
    in_state(desk, PostState.REFUSED)
    changed = change_words(desk.office, KEY, "换一种说法", by=OPERATOR)
    for seal in seals_of(changed):
        desk.store.reviews.seal(seal)
    desk.store.outbox.move(KEY, Change(PostState.SEALED), expect=[PostState.DRAFT])
    dispatch(desk.office)
    assert desk.platform.texts() == ["换一种说法"]
