"""Users, sessions and units come back as they were kept; the record of writes can only grow."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from microblog.domain.people import Record, Role, Session, Unit, User
from microblog.service.ports import Store
from tests.store.conftest import SERVERS, address_of, opened
from tests.store.examples import MINUTE, NOW

WANG = User("王审核", (Role.DATA_CENTRE,), "数据中心", "$argon2id$…", created_at=NOW)
WRITE = Record(NOW, "王审核", "seal", "interview 3", before={"seals": 0}, after={"seals": 1}, address="127.0.0.1")


def test_a_name_is_taken_once(store: Store) -> None:
    assert store.people.add(WANG)
    assert not store.people.add(WANG.evolve(unit="别处"))
    assert store.people.user("王审核") == WANG
    assert store.people.user("无名") is None


def test_users_are_listed_by_name(store: Store) -> None:
    for name in ("丙", "乙", "a"):
        store.people.add(WANG.evolve(name=name))
    assert [user.name for user in store.people.users()] == ["a", "丙", "乙"]


def test_of_two_who_change_the_same_user_the_second_is_refused(store: Store) -> None:
    store.people.add(WANG)
    assert store.people.save(WANG.evolve(failures=1, locked_until=NOW + MINUTE, roles=(Role.ANALYST, Role.OPERATOR)))
    assert not store.people.save(WANG.evolve(failures=2))
    kept = store.people.user("王审核")
    assert kept == WANG.evolve(failures=1, locked_until=NOW + MINUTE, roles=(Role.ANALYST, Role.OPERATOR), revision=1)
    assert not store.people.save(WANG.evolve(name="无名"))


def test_a_closed_session_stays_closed(store: Store) -> None:
    first, second = (Session(name, "王审核", NOW, NOW) for name in ("甲", "乙"))
    other = Session("丙", "李四", NOW, NOW)
    for session in (first, second, other):
        store.people.open(session)
    store.people.keep(replace(first, seen_at=NOW + MINUTE, proven=True))
    assert store.people.session("甲") == replace(first, seen_at=NOW + MINUTE, proven=True)
    store.people.close("甲")
    store.people.keep(first)
    assert store.people.session("甲") is None
    store.people.close_all("王审核")
    assert (store.people.session("乙"), store.people.session("丙")) == (None, other)


def test_a_unit_is_kept_under_its_name(store: Store) -> None:
    unit = Unit("区工信局", ("工信局",), "张副区长")
    store.people.save_unit(unit)
    store.people.save_unit(replace(unit, section="办公室"))
    assert store.people.units() == [replace(unit, section="办公室")]
    assert store.people.unit("区工信局") == replace(unit, section="办公室")
    assert store.people.unit("工信局") is None


def test_records_come_newest_first(store: Store) -> None:
    later = replace(WRITE, at=NOW - MINUTE, subject="interview 4", outcome="不能自己盖章", before=None, after=None)
    store.people.record(WRITE)
    store.people.record(later)
    assert store.people.records() == [later, WRITE]
    assert store.people.records(limit=1, skip=1) == [WRITE]
    assert store.people.records(subject="interview 3") == [WRITE]


@pytest.mark.parametrize("change", ["UPDATE records SET who = 'x'", "DELETE FROM records"])
@pytest.mark.parametrize("kind", ["sqlite file", *SERVERS])
def test_the_database_itself_refuses_to_change_what_was_recorded(kind: str, change: str, tmp_path: Path) -> None:
    store = opened(address_of(kind, tmp_path))
    store.people.record(WRITE)
    with pytest.raises(IntegrityError, match="append-only"), store.engine.begin() as connection:
        connection.execute(text(change))
    assert store.people.records() == [WRITE]
    store.close()
