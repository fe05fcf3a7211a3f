"""What strangers write comes back character by character; what no database should hold is refused."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microblog.domain.script import Section, SectionKind
from microblog.service.ports import Entry, Store
from microblog.store.columns import escaped, unescaped
from microblog.store.errors import NaiveMoment
from tests.store.examples import NOW, a_comment, a_post, a_script, a_selection, an_interview

ANYTHING = st.text(st.characters(exclude_categories=()))
HOSTILE = [
    "半个表情\ud83d",
    "\ude00",
    "拆开的\ud83d\ude00",
    "完整的😀",
    "零\x00字节",
    "\x1a",
    "\x1ad83d",
    "\x1a0000",
    "'; DROP TABLE posts; --",
    "%s :name {x} \\ud83d",
    "\u202e反\u200b\ufeff",
    "",
]


@given(ANYTHING)
def test_the_escape_loses_nothing_and_can_be_written_as_utf_8(text: str) -> None:
    stored = escaped(text)
    assert "\x00" not in stored
    stored.encode()
    assert unescaped(stored) == text


@given(ANYTHING, ANYTHING)
def test_different_texts_are_stored_differently(one: str, other: str) -> None:
    assert (escaped(one) == escaped(other)) == (one == other)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_from_every_place_it_may_lie(store: Store, text: str) -> None:
    post = a_post(f"key {text}", text=text, author=text, bodies=(text,), platform_id=f"id {text}", reason=text)
    comment = a_comment(text=text, user_name=text, prior_texts=(text, "改前"))
    payload = {"text": text, f"key {text}": [text]}
    script = a_script(sections=(Section("question 1", SectionKind.QUESTION, text, text, asker=text),))
    entry = Entry(NOW, text, "send", text, {"text": text})
    store.outbox.enqueue(post)
    store.comments.upsert([comment], [payload])
    store.questions.choose(3, [a_selection(quote=text)], [])
    store.reviews.add_script(script)
    store.journal.write(entry)
    interview = store.interviews.add(an_interview(introduction=text))
    assert store.outbox.get(post.key) == post
    assert store.outbox.by_platform_id(f"id {text}") == post
    assert store.comments.of(3) == [comment]
    assert store.comments.raw("weibo", comment.platform_id) == payload
    assert store.questions.selections(3) == [a_selection(quote=text)]
    assert store.reviews.scripts(3) == [script]
    assert store.journal.entries(text) == [entry]
    assert store.interviews.get(interview.id).introduction == text


def test_a_moment_without_time_zone_is_refused(store: Store) -> None:
    naive = datetime(2024, 7, 5, 10, 0)  # noqa: DTZ001 - the mistake under test
    with pytest.raises(NaiveMoment):
        store.comments.upsert([a_comment(created_at=naive)], [{}])
    with pytest.raises(NaiveMoment):
        store.interviews.add(an_interview(closes_at=naive))
    with pytest.raises(NaiveMoment):
        store.journal.write(Entry(naive, "小李", "seal", "interview 3"))
    assert store.comments.of(3) == []


def test_a_call_that_fails_half_way_stores_nothing(store: Store) -> None:
    naive = datetime(2024, 7, 5, 10, 0)  # noqa: DTZ001 - the mistake under test
    store.questions.choose(3, [a_selection(1)], [])
    with pytest.raises(NaiveMoment):
        store.questions.choose(3, [a_selection(2), a_selection(3, chosen_at=naive)], [])
    assert store.questions.selections(3) == [a_selection(1)]
