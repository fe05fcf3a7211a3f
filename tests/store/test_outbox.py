"""Posts move only as their guards allow, and nothing of them is lost."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from microblog.domain.errors import NotAllowed, NotFound
from microblog.domain.outbox import Change
from microblog.domain.post import Attempt, PostKind, PostState, Verb
from microblog.service.ports import Store
from tests.store.examples import ALL_VERBS, LEASE, MINUTE, NOW, a_post, claimed, due, posted


def test_a_post_comes_back_as_it_was_enqueued(store: Store) -> None:
    post = a_post(
        kind=PostKind.ANSWER,
        verb=Verb.REPLY,
        follows="interview 3 · opening",
        under="interview 3 · opening",
        replies_to="501",
        order=4,
        fence=2,
        lease_until=NOW,
        platform_id="601",
        posted_at=NOW + timedelta(microseconds=1),
        not_before=NOW,
        reason="等待",
        held="值班员：等领导",
        state=PostState.POSTED,
    )
    assert store.outbox.enqueue(post)
    assert store.outbox.get(post.key) == post
    assert store.outbox.find(post.key) == post
    assert store.outbox.by_platform_id("601") == post


def test_moments_come_back_in_utc(store: Store) -> None:
    beijing = datetime(2024, 7, 5, 10, 0, tzinfo=timezone(timedelta(hours=8)))
    store.outbox.enqueue(a_post(due_at=beijing))
    kept = store.outbox.get("interview 3 · preview")
    assert kept.due_at == beijing
    assert kept.due_at.tzinfo is UTC


def test_enqueuing_again_changes_nothing(store: Store) -> None:
    assert store.outbox.enqueue(a_post())
    assert not store.outbox.enqueue(a_post(text="别的文字", state=PostState.DUE))
    assert store.outbox.posts() == [a_post()]


def test_a_held_post_is_not_claimed_until_it_is_let_go(store: Store) -> None:
    store.outbox.enqueue(due())
    assert store.outbox.hold(due().key, "值班员：等领导", expect=[PostState.DUE])
    assert store.outbox.claim(NOW, "worker 1", LEASE, ALL_VERBS) is None
    assert store.outbox.hold(due().key, "", expect=[PostState.DUE])
    assert store.outbox.claim(NOW, "worker 1", LEASE, ALL_VERBS) is not None


def test_a_post_on_its_way_cannot_be_held(store: Store) -> None:
    post, _ = claimed(store)
    assert not store.outbox.hold(post.key, "值班员：等领导", expect=[PostState.SEALED, PostState.DUE])
    assert store.outbox.get(post.key).held == ""


def test_a_held_post_stays_held_when_it_is_moved_reworded_or_rescheduled(store: Store) -> None:
    key = a_post().key
    store.outbox.enqueue(a_post(state=PostState.SEALED, held="值班员：等领导"))
    assert store.outbox.move(key, Change(PostState.MISSED), expect=[PostState.SEALED])
    assert store.outbox.reschedule(key, NOW, NOW + MINUTE, expect=[PostState.MISSED])
    assert store.outbox.reword(key, "别的文字", "小李", expect=[PostState.MISSED])
    assert store.outbox.get(key).held == "值班员：等领导"


def test_a_held_post_is_ripe_only_once_it_is_too_late(store: Store) -> None:
    post = a_post(state=PostState.SEALED, held="值班员：等领导")
    store.outbox.enqueue(post)
    assert store.outbox.ripe(post.latest_at) == []
    assert store.outbox.ripe(post.latest_at + MINUTE) == [post]


def test_an_unknown_key_is_not_found(store: Store) -> None:
    assert store.outbox.find("interview 9 · preview") is None
    with pytest.raises(NotFound, match="interview 9 · preview"):
        store.outbox.get("interview 9 · preview")
    assert not store.outbox.move("interview 9 · preview", Change(PostState.DUE), expect=list(PostState))
    assert not store.outbox.reword("interview 9 · preview", "文字", "小李", expect=list(PostState))
    assert store.outbox.attempts("interview 9 · preview") == []
    assert store.outbox.by_platform_id("1") is None


def test_posts_are_listed_by_due_time_then_order_then_key(store: Store) -> None:
    for post in (
        a_post("乙", order=1),
        a_post("b", order=1),
        a_post("B", order=1),
        a_post("a-late", due_at=NOW + MINUTE),
        a_post("z", order=0),
        a_post("a-early", due_at=NOW - MINUTE, order=9),
    ):
        store.outbox.enqueue(post)
    assert [post.key for post in store.outbox.posts()] == ["a-early", "z", "B", "b", "乙", "a-late"]


def test_posts_can_be_narrowed_to_an_interview_and_to_states(store: Store) -> None:
    store.outbox.enqueue(a_post("a"))
    store.outbox.enqueue(due("b"))
    store.outbox.enqueue(due("c", interview=4))
    assert [post.key for post in store.outbox.posts(interview=3)] == ["a", "b"]
    assert [post.key for post in store.outbox.posts(states={PostState.DUE})] == ["b", "c"]
    assert [post.key for post in store.outbox.posts(interview=4, states=[PostState.DRAFT])] == []
    assert store.outbox.posts(states=[]) == []


def test_a_move_sets_exactly_what_the_change_says(store: Store) -> None:
    waiting = due(not_before=NOW, reason="等待", lease_until=NOW, fence=5, platform_id="601", posted_at=NOW)
    store.outbox.enqueue(waiting)
    change = Change(PostState.UNKNOWN, not_before=NOW + MINUTE, reason="回查")
    assert store.outbox.move(waiting.key, change, expect=[PostState.DUE])
    assert store.outbox.get(waiting.key) == waiting.evolve(
        state=PostState.UNKNOWN, not_before=NOW + MINUTE, reason="回查", lease_until=None
    )
    assert store.outbox.move(waiting.key, posted("602"), expect=[PostState.UNKNOWN])
    assert store.outbox.get(waiting.key) == waiting.evolve(
        state=PostState.POSTED,
        platform_id="602",
        posted_at=NOW + MINUTE,
        not_before=None,
        reason="",
        lease_until=None,
    )


@pytest.mark.parametrize(("expect", "fence"), [([PostState.SEALED], None), ([], None), ([PostState.DUE], 4)])
def test_a_move_is_refused_in_another_state_or_with_another_fence(
    store: Store, expect: list[PostState], fence: int | None
) -> None:
    store.outbox.enqueue(due(fence=5))
    assert not store.outbox.move("interview 3 · preview", Change(PostState.CANCELLED), expect=expect, fence=fence)
    assert store.outbox.get("interview 3 · preview") == due(fence=5)


def test_two_posts_cannot_have_become_the_same_status(store: Store) -> None:
    store.outbox.enqueue(a_post("a", state=PostState.POSTED, platform_id="601"))
    store.outbox.enqueue(a_post("b", state=PostState.UNKNOWN))
    assert not store.outbox.move("b", posted("601"), expect=[PostState.UNKNOWN])
    assert store.outbox.get("b") == a_post("b", state=PostState.UNKNOWN)
    assert store.outbox.move("a", posted("601"), expect=[PostState.POSTED])
    with pytest.raises(NotAllowed, match="601"):
        store.outbox.enqueue(a_post("c", platform_id="601"))
    assert store.outbox.find("c") is None


def test_new_words_make_a_draft_that_waits_for_nothing(store: Store) -> None:
    refused = a_post(state=PostState.REFUSED, reason="内容不妥", not_before=NOW, fence=1)
    store.outbox.enqueue(refused)
    assert not store.outbox.reword(refused.key, "新文字", "小赵", expect=[PostState.DRAFT])
    assert store.outbox.get(refused.key) == refused
    assert store.outbox.reword(refused.key, "新文字", "小赵", expect=[PostState.REFUSED])
    assert store.outbox.get(refused.key) == refused.evolve(
        state=PostState.DRAFT, text="新文字", author="小赵", reason="", not_before=None
    )


def test_new_times_are_given_only_in_an_expected_state(store: Store) -> None:
    store.outbox.enqueue(a_post(state=PostState.MISSED))
    key, later = "interview 3 · preview", NOW + timedelta(days=1)
    assert not store.outbox.reschedule(key, later, later + MINUTE, expect=[PostState.DUE])
    assert store.outbox.reschedule(key, later, later + MINUTE, expect=[PostState.MISSED])
    assert store.outbox.get(key) == a_post(state=PostState.MISSED, due_at=later, latest_at=later + MINUTE)


def test_ripe_are_sealed_posts_whose_time_has_come_and_whatever_is_too_late(store: Store) -> None:
    sealed, past = PostState.SEALED, NOW - timedelta(hours=2)
    for post in (
        a_post("come", state=sealed),
        a_post("waited", state=sealed, not_before=NOW),
        a_post("early", state=sealed, due_at=NOW + MINUTE),
        a_post("told to wait", state=sealed, not_before=NOW + MINUTE),
        a_post("draft"),
        due("due"),
        due("due, last moment", latest_at=NOW),
        due("due, late", due_at=past, latest_at=NOW - MINUTE),
        a_post("sealed, late", state=sealed, due_at=past, latest_at=NOW - MINUTE, not_before=NOW + MINUTE, order=1),
    ):
        store.outbox.enqueue(post)
    assert [post.key for post in store.outbox.ripe(NOW)] == ["due, late", "sealed, late", "come", "waited"]


def test_a_claim_commits_the_attempt_with_the_words_as_they_go_out(store: Store) -> None:
    post, attempt = claimed(store)
    assert post == due(state=PostState.SENDING, fence=1, lease_until=NOW + LEASE)
    assert attempt == Attempt(post.key, 1, post.hash, NOW, "worker 1")
    assert store.outbox.get(post.key) == post
    assert store.outbox.attempts(post.key) == [attempt]
    assert store.outbox.claim(NOW, "worker 2", LEASE, ALL_VERBS) is None


def test_claims_go_by_due_time_and_leave_what_may_not_go(store: Store) -> None:
    for post in (
        due("second", order=2),
        due("first", order=1),
        due("third", due_at=NOW + MINUTE, not_before=NOW, latest_at=NOW + 2 * MINUTE),
        due("told to wait", not_before=NOW + MINUTE),
        due("too late", latest_at=NOW - MINUTE),
        due("another verb", verb=Verb.REPLY),
        a_post("sealed", state=PostState.SEALED),
    ):
        store.outbox.enqueue(post)
    taken = [store.outbox.claim(NOW, "worker 1", LEASE, [Verb.SHARE]) for _ in range(4)]
    assert [claim and claim[0].key for claim in taken] == ["first", "second", "third", None]
    assert store.outbox.claim(NOW, "worker 1", LEASE, []) is None


def test_a_second_attempt_has_the_next_number_and_a_higher_fence(store: Store) -> None:
    post, first = claimed(store)
    again = Change(PostState.DUE, reason="没有发出")
    assert store.outbox.settle(first, "RetryAt", "没有发出", again, fence=post.fence, at=NOW + MINUTE)
    taken = store.outbox.claim(NOW + 2 * MINUTE, "worker 2", LEASE, ALL_VERBS)
    assert taken is not None
    assert (taken[0].fence, taken[1].number, taken[1].worker) == (2, 2, "worker 2")
    assert [attempt.outcome for attempt in store.outbox.attempts(post.key)] == ["RetryAt", ""]
    assert store.outbox.last_sent_at() == NOW + 2 * MINUTE


def test_settling_moves_the_post_and_ends_the_lease(store: Store) -> None:
    post, attempt = claimed(store)
    assert store.outbox.settle(attempt, "Posted", "", posted("601"), fence=1, at=NOW + MINUTE)
    assert store.outbox.get(post.key) == post.evolve(
        state=PostState.POSTED, platform_id="601", posted_at=NOW + MINUTE, lease_until=None
    )
    (settled,) = store.outbox.attempts(post.key)
    assert (settled.outcome, settled.detail, settled.settled_at) == ("Posted", "", NOW + MINUTE)
    assert settled.text_hash == attempt.text_hash


def test_a_worker_that_lost_the_post_still_records_what_its_call_came_to(store: Store) -> None:
    post, lost = claimed(store)
    store.outbox.move(post.key, Change(PostState.DUE), expect=[PostState.SENDING])
    taken = store.outbox.claim(NOW + MINUTE, "worker 2", LEASE, ALL_VERBS)
    assert taken is not None
    assert not store.outbox.settle(lost, "Posted", "迟到", posted("601"), fence=post.fence, at=NOW + 2 * MINUTE)
    assert store.outbox.get(post.key) == taken[0]
    assert [attempt.outcome for attempt in store.outbox.attempts(post.key)] == ["Posted", ""]


def test_an_outcome_that_comes_after_the_post_was_moved_on_does_not_move_it_back(store: Store) -> None:
    post, attempt = claimed(store)
    store.outbox.move(post.key, Change(PostState.UNKNOWN), expect=[PostState.SENDING], fence=post.fence)
    assert not store.outbox.settle(attempt, "Refused", "否", Change(PostState.REFUSED), fence=post.fence, at=NOW)
    assert store.outbox.get(post.key).state is PostState.UNKNOWN
    assert store.outbox.attempts(post.key)[0].outcome == "Refused"


def test_settling_with_an_id_another_post_has_records_the_outcome_and_leaves_the_post(store: Store) -> None:
    store.outbox.enqueue(a_post("a", state=PostState.POSTED, platform_id="601"))
    post, attempt = claimed(store, "b")
    assert not store.outbox.settle(attempt, "Posted", "重号", posted("601"), fence=post.fence, at=NOW)
    assert store.outbox.get("b") == post
    assert store.outbox.attempts("b")[0].detail == "重号"


def test_an_attempt_never_made_cannot_be_settled(store: Store) -> None:
    post, attempt = claimed(store)
    other = Attempt(post.key, attempt.number + 1, attempt.text_hash, NOW, "worker 1")
    with pytest.raises(NotFound):
        store.outbox.settle(other, "Posted", "", posted("601"), fence=1, at=NOW)
    assert store.outbox.get(post.key) == post


def test_stalled_are_posts_in_sending_whose_lease_has_run_out(store: Store) -> None:
    post, attempt = claimed(store)
    assert store.outbox.stalled(NOW + LEASE - timedelta(microseconds=1)) == []
    assert store.outbox.stalled(NOW + LEASE) == [post]
    store.outbox.settle(attempt, "Posted", "", posted("601"), fence=1, at=NOW)
    assert store.outbox.stalled(NOW + timedelta(days=1)) == []


def test_only_landed_and_unknown_posts_with_a_time_to_look_are_looked_for(store: Store) -> None:
    for post in (
        a_post("unknown", state=PostState.UNKNOWN, not_before=NOW),
        a_post("landed", state=PostState.LANDED, not_before=NOW - MINUTE),
        a_post("later", state=PostState.UNKNOWN, not_before=NOW + MINUTE),
        a_post("asks a person", state=PostState.UNKNOWN),
        due("due", not_before=NOW),
    ):
        store.outbox.enqueue(post)
    assert [post.key for post in store.outbox.to_look_for(NOW)] == ["landed", "unknown"]


def test_before_any_attempt_nothing_was_sent(store: Store) -> None:
    assert store.outbox.last_sent_at() is None
    claimed(store)
    assert store.outbox.last_sent_at() == NOW
