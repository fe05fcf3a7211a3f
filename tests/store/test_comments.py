"""Every comment is kept once, with all it ever said."""

from dataclasses import replace
from datetime import timedelta

import pytest

from microblog.domain.errors import NotFound
from microblog.domain.question import Comment
from microblog.service.ports import Pulse, Store, Upsert
from tests.store.examples import MINUTE, NOW, a_comment, a_sweep

UNDER = "5009000000000000"


def serve(store: Store, *comments: Comment) -> Upsert:
    """Store comments as a platform would serve them."""
    return store.comments.upsert(comments, [{"id": comment.platform_id} for comment in comments])


def seen(comment: Comment, minutes: int, **changes: object) -> Comment:
    """The comment served again some minutes later."""
    at = NOW + minutes * MINUTE
    return replace(comment, first_seen_at=at, last_seen_at=at, **changes)  # type: ignore[arg-type]  # checked there


def test_a_comment_comes_back_as_it_was_served(store: Store) -> None:
    comment = a_comment(likes=9, reply_to="501", late=True, own=True, deleted_at=NOW, prior_texts=("甲", "乙"))
    assert serve(store, comment) == Upsert(new=1, edited=0)
    assert store.comments.of(3) == [comment]
    assert store.comments.of(4) == []


def test_a_comment_served_again_changes_only_when_it_was_seen_and_how_it_was_liked(store: Store) -> None:
    comment = a_comment()
    serve(store, comment)
    again = seen(comment, 5, likes=3, user_name="改了名", late=True, interview=4)
    assert serve(store, again) == Upsert(new=0, edited=0)
    assert store.comments.of(3) == [replace(comment, last_seen_at=NOW + 5 * MINUTE, likes=3)]


def test_an_edited_comment_keeps_every_earlier_wording(store: Store) -> None:
    comment = a_comment(text="第一版")
    serve(store, comment)
    assert serve(store, seen(comment, 1, text="第二版")) == Upsert(new=0, edited=1)
    assert serve(store, seen(comment, 2, text="第一版")) == Upsert(new=0, edited=1)
    (kept,) = store.comments.of(3)
    assert (kept.text, kept.prior_texts) == ("第一版", ("第一版", "第二版"))


def test_a_serving_older_than_the_last_one_tells_nothing_new(store: Store) -> None:
    comment = a_comment()
    serve(store, seen(comment, 5, text="新", likes=7))
    assert serve(store, seen(comment, 1, text="旧", likes=2)) == Upsert(new=0, edited=0)
    assert store.comments.of(3) == [seen(comment, 5, text="新", likes=7)]


def test_a_page_that_repeats_a_comment_stores_it_once(store: Store) -> None:
    comment = a_comment()
    assert serve(store, comment, comment, seen(comment, 1, text="改")) == Upsert(new=1, edited=1)
    assert [kept.text for kept in store.comments.of(3)] == ["改"]


def test_the_same_id_in_another_source_is_another_comment(store: Store) -> None:
    assert serve(store, a_comment("1"), a_comment("1", source="portal")) == Upsert(new=2, edited=0)
    assert [comment.id for comment in store.comments.of(3)] == ["portal:1", "weibo:1"]


def test_the_payload_is_kept_as_first_served(store: Store) -> None:
    comment = a_comment("1")
    payload = {"id": 1, "user": {"tags": ["甲"], "verified": None}}
    store.comments.upsert([comment], [payload])
    payload["id"] = 2
    store.comments.upsert([seen(comment, 1, text="改")], [{"id": 3}])
    kept = store.comments.raw("weibo", "1")
    assert kept == {"id": 1, "user": {"tags": ["甲"], "verified": None}}
    kept["user"] = None
    assert store.comments.raw("weibo", "1")["user"] is not None
    with pytest.raises(NotFound, match="weibo:2"):
        store.comments.raw("weibo", "2")


def test_a_payload_is_needed_for_every_comment(store: Store) -> None:
    with pytest.raises(ValueError, match="shorter"):
        store.comments.upsert([a_comment()], [])
    assert store.comments.of(3) == []


def test_comments_are_listed_by_creation_then_id(store: Store) -> None:
    serve(store, a_comment("3"), a_comment("2"), a_comment("1", created_at=NOW))
    assert [comment.platform_id for comment in store.comments.of(3)] == ["2", "3", "1"]


def test_thousands_are_stored_and_served_again_in_one_call(store: Store) -> None:
    comments = [a_comment(str(number), created_at=NOW + timedelta(seconds=number)) for number in range(6_000)]
    assert serve(store, *comments) == Upsert(new=6_000, edited=0)
    edited = [seen(comment, 1, text=f"改 {comment.platform_id}") for comment in comments[:5_500]]
    assert serve(store, *edited, a_comment("6000")) == Upsert(new=1, edited=5_500)
    assert len(store.comments.of(3)) == 6_001


def test_nothing_served_changes_nothing(store: Store) -> None:
    assert serve(store) == Upsert(new=0, edited=0)


def test_the_newest_id_is_the_highest_number_under_the_status(store: Store) -> None:
    assert store.comments.newest("weibo", UNDER) is None
    serve(store, a_comment("999"), a_comment("1000"), a_comment("20000", under="1"), a_comment("3000", source="file"))
    assert store.comments.newest("weibo", UNDER) == "1000"


def test_comments_a_full_sweep_did_not_find_are_marked_once_and_kept(store: Store) -> None:
    here, gone = a_comment("1"), a_comment("2")
    serve(store, here, gone, a_comment("3", under="1"), a_comment("4", source="file"))
    serve(store, seen(here, 5))
    later = NOW + 6 * MINUTE
    assert store.comments.mark_deleted("weibo", UNDER, seen_before=NOW + 5 * MINUTE, at=later) == 1
    assert store.comments.mark_deleted("weibo", UNDER, seen_before=NOW + 5 * MINUTE, at=later + MINUTE) == 0
    assert {comment.id: comment.deleted_at for comment in store.comments.of(3)} == {
        "file:4": None,
        "weibo:1": None,
        "weibo:2": later,
        "weibo:3": None,
    }


def test_a_comment_served_after_it_was_marked_is_not_deleted(store: Store) -> None:
    comment = a_comment()
    serve(store, comment)
    store.comments.mark_deleted("weibo", UNDER, seen_before=NOW + MINUTE, at=NOW + MINUTE)
    assert serve(store, seen(comment, 2)) == Upsert(new=0, edited=0)
    assert store.comments.of(3) == [replace(comment, last_seen_at=NOW + 2 * MINUTE)]


def test_sweeps_are_kept_by_time(store: Store) -> None:
    late, early, other = a_sweep(at=NOW + MINUTE), a_sweep(full=False), a_sweep(interview=4)
    for sweep in (late, early, other):
        store.comments.record(sweep)
    assert store.comments.sweeps(3) == [early, late]


def test_the_pulse_of_an_interview_tells_new_edited_deleted_and_liked_comments(store: Store) -> None:
    def pulse() -> Pulse:
        return store.comments.pulse(3)

    nothing = pulse()
    serve(store, a_comment())
    first = pulse()
    assert (nothing.count, first.count, first.deleted) == (0, 1, 0)
    serve(store, seen(a_comment(), 1))
    serve(store, a_comment("5010000000000009", interview=4))
    assert pulse() == first
    serve(store, seen(a_comment(text="改过了"), 2))
    edited = pulse()
    assert edited.edited > first.edited
    serve(store, seen(a_comment(text="又改过了"), 3, likes=7))
    assert pulse().edited > edited.edited
    assert pulse().likes == 7
    store.comments.mark_deleted("weibo", UNDER, seen_before=NOW + 9 * MINUTE, at=NOW + 9 * MINUTE)
    assert pulse().deleted == 1
