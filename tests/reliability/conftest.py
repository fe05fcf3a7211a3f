"""An office at the start of its event, on the memory store and on the real one in a SQLite file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from microblog.service.ports import Store
from microblog.store.memory import MemoryStore
from microblog.store.sql import open_store
from tests.shared import START, Scene, scene_of


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind."""
    if request.param == "memory":
        yield MemoryStore()
        return
    in_sql = open_store(f"sqlite:///{tmp_path / 'microblog.db'}")
    yield in_sql
    in_sql.close()


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Scene:
    """An office at the start of the event, on either store."""
    return scene_of(store, start=START, files=tmp_path / "filing")
