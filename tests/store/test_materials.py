"""What roundups gather comes back as it was kept."""

from datetime import date
from typing import Any

import pytest

from microblog.domain.errors import NotFound
from microblog.domain.material import Material, MaterialKind
from microblog.service.ports import Store
from tests.store.examples import MINUTE, NOW


def a_material(**changes: Any) -> Material:
    link = "https://www.example.gov.cn/policy/7"
    made = Material(3, MaterialKind.POLICY, "消防安全责任制实施办法", link, "小王", NOW, "区政府办", date(2024, 4, 1))
    return made.evolve(**changes)


def test_materials_are_kept_in_the_order_added(store: Store) -> None:
    first = store.materials.add(a_material())
    other = store.materials.add(a_material(interview=4))
    second = store.materials.add(a_material(kind=MaterialKind.PRESS, day=None, source=""))
    assert first == a_material(id=first.id) == store.materials.get(first.id)
    assert store.materials.of(3) == [first, second]
    assert store.materials.of(4) == [other]
    assert store.materials.of(5) == []


def test_a_material_is_changed_and_removed(store: Store) -> None:
    kept = store.materials.add(a_material())
    changed = kept.evolve(title="新题目", day=None, by="小李", at=NOW + MINUTE)
    store.materials.save(changed)
    assert store.materials.of(3) == [changed]
    assert store.materials.remove(kept.id)
    assert not store.materials.remove(kept.id)
    assert store.materials.of(3) == []


def test_a_number_given_once_is_not_given_again(store: Store) -> None:
    kept = store.materials.add(a_material())
    store.materials.remove(kept.id)
    assert store.materials.add(a_material()).id > kept.id


def test_what_was_never_stored_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound, match="99999"):
        store.materials.get(99999)
    with pytest.raises(NotFound, match="99999"):
        store.materials.save(a_material(id=99999))
