"""Every store there is, so that one suite holds them all to the same behaviour."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from microblog.service.ports import Store
from microblog.store.memory import MemoryStore
from microblog.store.sql import SqlStore, open_store
from microblog.store.tables import METADATA

POSTGRES = "MICROBLOG_TEST_POSTGRES"


SERVERS = ["postgresql"] if POSTGRES in os.environ else []
"""Only where a server is named; `test_database.py` says aloud when none is."""


@pytest.fixture(params=["memory", "sqlite in memory", "sqlite file", *SERVERS])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind."""
    if request.param == "memory":
        yield MemoryStore()
        return
    in_sql = opened("sqlite://" if request.param == "sqlite in memory" else address_of(request.param, tmp_path))
    yield in_sql
    in_sql.close()


@pytest.fixture(params=["sqlite file", *SERVERS])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database that several processes can open."""
    url = address_of(request.param, tmp_path)
    opened(url).close()
    return url


def address_of(kind: str, folder: Path) -> str:
    """Where a database of this kind lies."""
    return f"sqlite:///{folder / 'microblog.db'}" if kind == "sqlite file" else os.environ[POSTGRES]


def opened(url: str) -> SqlStore:
    """The store there, emptied."""
    store = open_store(url)
    for table in reversed(METADATA.sorted_tables):
        # The guard of the record forbids DELETE, and on an empty new file it has nothing to forbid.
        empty = f"TRUNCATE {table.name} CASCADE" if store.engine.dialect.name == "postgresql" else table.delete()
        with store.engine.begin() as connection:
            connection.execute(text(empty) if isinstance(empty, str) else empty)
    return store
