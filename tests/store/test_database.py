"""The database itself: its version, its guards, and what a person reads when it cannot serve."""

import os
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, Table, inspect
from sqlalchemy.exc import IntegrityError

from microblog.domain.errors import InvalidInput
from microblog.domain.people import Record, Session, Unit, User
from microblog.domain.post import Attempt, Post
from microblog.domain.question import Comment, LeftOut, Selection, Sweep
from microblog.domain.script import Rejection, Script, Seal
from microblog.service.ports import Beat, Entry, Pause, StoredGrouping, StoredPlan
from microblog.store.errors import StoreUnavailable
from microblog.store.sql import SqlStore, open_store
from microblog.store.sql.database import Database
from microblog.store.sql.migrate import downgrade, upgrade
from microblog.store.tables import (
    ATTEMPTS,
    BEATS,
    COMMENTS,
    ENTRIES,
    GROUPINGS,
    LEFT_OUT,
    METADATA,
    PAUSES,
    PLANS,
    POSTS,
    RECORDS,
    REJECTIONS,
    SCRIPTS,
    SEALS,
    SELECTIONS,
    SESSIONS,
    SWEEPS,
    UNITS,
    USERS,
)
from tests.store.conftest import POSTGRES, SERVERS, address_of
from tests.store.examples import a_post, an_interview


@pytest.fixture
def in_file(tmp_path: Path) -> Iterator[SqlStore]:
    """An empty store in a file."""
    store = open_store(address_of("sqlite file", tmp_path))
    yield store
    store.close()


def _file(store: SqlStore) -> str:
    assert store.engine.url.database is not None
    return store.engine.url.database


def _differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), METADATA))


def test_the_migrations_make_exactly_the_tables_the_program_uses(address: str) -> None:
    store = open_store(address)
    assert _differences(store.engine) == []
    store.close()


@pytest.mark.parametrize(
    ("table", "entity", "beside"),
    [
        (PLANS, StoredPlan, set()),
        (POSTS, Post, set()),
        (ATTEMPTS, Attempt, set()),
        (COMMENTS, Comment, {"raw"}),
        (SWEEPS, Sweep, {"id"}),
        (GROUPINGS, StoredGrouping, set()),
        (SELECTIONS, Selection, {"id"}),
        (LEFT_OUT, LeftOut, {"id"}),
        (SCRIPTS, Script, set()),
        (SEALS, Seal, {"id"}),
        (REJECTIONS, Rejection, {"id"}),
        (ENTRIES, Entry, {"id"}),
        (BEATS, Beat, set()),
        (PAUSES, Pause, set()),
        (USERS, User, set()),
        (SESSIONS, Session, set()),
        (UNITS, Unit, set()),
        (RECORDS, Record, {"id"}),
    ],
)
def test_a_table_has_a_column_for_every_field(table: Table, entity: Any, beside: set[str]) -> None:
    assert set(table.c.keys()) == {field.name for field in fields(entity)} | beside


def test_every_migration_can_be_undone_and_made_again(address: str) -> None:
    store = open_store(address)
    database = Database(store.engine)
    downgrade(database, "base")
    assert inspect(store.engine).get_table_names() == ["alembic_version"]
    upgrade(database)
    assert _differences(store.engine) == []
    store.close()


def test_what_was_stored_is_there_when_the_store_is_opened_again(address: str) -> None:
    store = open_store(address)
    store.outbox.enqueue(a_post())
    interview = store.interviews.add(an_interview())
    store.close()
    again = open_store(address)
    assert again.outbox.posts() == [a_post()]
    assert again.interviews.all() == [interview]
    again.close()


def test_an_attempt_cannot_be_stored_without_its_post(address: str) -> None:
    store = open_store(address)
    row = {"key": "x", "number": 1, "text_hash": "", "worker": "w", "outcome": "", "detail": ""}
    with pytest.raises(IntegrityError), store.engine.begin() as connection:
        connection.execute(ATTEMPTS.insert().values(row | {"sent_at": datetime(2024, 7, 5, tzinfo=UTC)}))
    store.close()


def test_a_committed_attempt_survives_a_power_cut(in_file: SqlStore) -> None:
    with in_file.engine.connect() as connection:
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        assert [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas] == ["wal", 2, 1, 10_000]


def test_a_locked_database_is_told_in_one_line_and_nothing_is_stored(in_file: SqlStore) -> None:
    with in_file.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 10")
    other = sqlite3.connect(_file(in_file), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match=r"^数据库正被其他程序占用.*$") as told:
        in_file.outbox.enqueue(a_post())
    assert "\n" not in str(told.value)
    assert in_file.outbox.posts() == []
    other.execute("ROLLBACK")
    other.close()
    assert in_file.outbox.enqueue(a_post())


def test_a_file_that_is_no_database_is_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "microblog.db"
    path.write_text("这不是数据库" * 500)
    with pytest.raises(StoreUnavailable, match="not a database"):
        open_store(f"sqlite:///{path}")


def test_a_folder_that_does_not_exist_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="unable to open"):
        open_store(f"sqlite:///{tmp_path / 'missing' / 'microblog.db'}")


def test_a_database_of_a_newer_program_is_left_alone(in_file: SqlStore) -> None:
    with in_file.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(InvalidInput, match="升级程序"):
        open_store(f"sqlite:///{_file(in_file)}")


def test_a_server_that_does_not_answer_is_told_in_one_line() -> None:
    pytest.importorskip("psycopg", reason="the driver for PostgreSQL is not installed")
    with pytest.raises(StoreUnavailable, match=r"^数据库暂时不可用.*$"):
        open_store("postgresql://user:secret@127.0.0.1:1/microblog")


def test_a_missing_driver_is_told_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(InvalidInput, match="pip install"):
        open_store("postgresql://user@127.0.0.1:1/microblog")


@pytest.mark.parametrize("address", ["", "microblog.db", "mysql://user@127.0.0.1/x", "sqlite:/x"])
def test_an_address_we_cannot_use_is_told_with_the_right_form(address: str) -> None:
    with pytest.raises(InvalidInput, match="sqlite:///文件路径"):
        open_store(address)


@pytest.mark.skipif(
    not SERVERS, reason=f"{POSTGRES} names no PostgreSQL server: its cases of this suite were not run"
)
def test_the_suite_runs_on_a_postgresql_server_too() -> None:
    assert os.environ[POSTGRES].startswith("postgresql")
