"""Corrections and change requests come back as they were kept, and each is undone or decided once."""

from dataclasses import replace
from typing import Any

import pytest

from microblog.domain.errors import NotFound
from microblog.domain.request import ChangeRequest, Decision, Subject
from microblog.service.ports import Store, StoredCorrection
from tests.store.examples import MINUTE, NOW


def a_correction(**changes: Any) -> StoredCorrection:
    rules = [{"verb": "merge", "remarks": ["weibo:1", "weibo:2"], "level": "topic", "name": ""}]
    return replace(StoredCorrection(3, "小周", NOW, "合并话题“充电”“电动车”", {"rules": rules}), **changes)


def a_request(**changes: Any) -> ChangeRequest:
    values: dict[str, Any] = {"subject": Subject.TOPIC, "before": "甲", "after": "乙", "value": "乙"}
    return ChangeRequest(interview=3, reason="领导出差", by="联络员", at=NOW, **values).evolve(**changes)


def test_corrections_are_kept_in_the_order_made(store: Store) -> None:
    first = store.corrections.add(a_correction())
    second = store.corrections.add(a_correction(title="排除", at=NOW - MINUTE))
    store.corrections.add(a_correction(interview=4))
    assert first == a_correction(id=first.id)
    assert store.corrections.of(3) == [first, second]
    assert store.corrections.of(9) == []


def test_a_correction_is_undone_once_and_can_hold_again(store: Store) -> None:
    kept = store.corrections.add(a_correction())
    assert store.corrections.undo(kept.id, by="小李", at=NOW + MINUTE)
    assert not store.corrections.undo(kept.id, by="别人", at=NOW)
    assert store.corrections.of(3) == [replace(kept, undone_by="小李", undone_at=NOW + MINUTE)]
    assert not store.corrections.of(3)[0].holds
    assert store.corrections.redo(kept.id)
    assert not store.corrections.redo(kept.id)
    assert store.corrections.of(3) == [kept]


def test_what_was_never_stored_is_neither_undone_nor_redone(store: Store) -> None:
    assert not store.corrections.undo(99999, by="小李", at=NOW)
    assert not store.corrections.redo(99999)


def test_what_a_caller_does_to_a_correction_it_got_is_not_stored(store: Store) -> None:
    kept = store.corrections.add(a_correction())
    store.corrections.of(3)[0].content["rules"].clear()
    kept.content["rules"].clear()
    assert store.corrections.of(3)[0].content["rules"]


def test_requests_are_listed_newest_first(store: Store) -> None:
    first, other = store.requests.add(a_request()), store.requests.add(a_request(interview=4))
    second = store.requests.add(a_request(subject=Subject.DATE, value="2024-04-26 15:00-17:00"))
    assert store.requests.all() == [second, other, first]
    assert store.requests.all(3) == [second, first]
    assert store.requests.get(first.id) == first == a_request(id=first.id)
    with pytest.raises(NotFound, match="99999"):
        store.requests.get(99999)


def test_a_request_is_decided_once(store: Store) -> None:
    kept = store.requests.add(a_request())
    yes = kept.evolve(decision=Decision.APPROVED, decided_by="主任", decided_at=NOW + MINUTE, note="同意")
    assert store.requests.decide(yes)
    assert not store.requests.decide(kept.evolve(decision=Decision.REFUSED, decided_by="别人", decided_at=NOW))
    assert store.requests.get(kept.id) == yes
