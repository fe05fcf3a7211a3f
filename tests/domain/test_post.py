"""A post's value: its words' hash, its moments, its states."""

from dataclasses import FrozenInstanceError
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microblog.domain.post import PostKind, PostState, text_hash
from tests.shared import a_post


@pytest.mark.parametrize("field", ["due_at", "latest_at", "lease_until", "posted_at", "not_before"])
def test_a_moment_without_time_zone_is_refused_by_name(field: str) -> None:
    with pytest.raises(ValueError, match=field):
        a_post().evolve(**{field: datetime(2024, 4, 25, 15)})  # noqa: DTZ001 - the very mistake


@given(st.text(), st.text())
def test_two_texts_share_a_hash_only_when_they_are_the_same(text: str, other: str) -> None:
    assert (text_hash(text) == text_hash(other)) == (text == other)


def test_words_with_half_an_emoji_have_a_hash_too() -> None:
    assert text_hash("\ud83d") != text_hash("\ude00")


def test_the_hash_is_that_of_the_words_alone() -> None:
    assert a_post(text="甲").hash == a_post("interview 2 · preview", text="甲").hash


def test_readers_see_what_is_posted_or_landed_and_nothing_else() -> None:
    assert {state for state in PostState if state.on_platform} == {PostState.POSTED, PostState.LANDED}


def test_only_a_person_moves_what_was_refused_or_missed() -> None:
    assert {state for state in PostState if state.asks} == {PostState.REFUSED, PostState.MISSED}


@pytest.mark.parametrize("kind", [PostState, PostKind])
def test_every_state_and_kind_has_a_chinese_name_of_its_own(kind: type[PostState] | type[PostKind]) -> None:
    assert len({one.chinese for one in kind}) == len(kind)


def test_a_changed_copy_leaves_the_post_as_it_was() -> None:
    post = a_post()
    assert post.evolve(text="乙").text != post.text
    with pytest.raises(FrozenInstanceError):
        post.text = "丙"  # type: ignore[misc]  # the very mistake


@pytest.mark.parametrize("state", PostState)
def test_every_state_has_a_chinese_name(state: PostState) -> None:
    assert not state.chinese.isascii()
