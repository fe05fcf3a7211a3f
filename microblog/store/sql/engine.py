"""Engines for the databases we know, from their addresses."""

from pathlib import Path
from sqlite3 import OperationalError
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from microblog.domain.errors import InvalidInput

BUSY_SECONDS = 10
"""How long a call waits for another process's write lock before it gives up."""

_PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
    # A committed attempt must survive a power cut, or the post could be sent twice.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)


def engine_for(address: str) -> Engine:
    """An engine for `sqlite:///FILE`, `sqlite://` (in memory) or `postgresql://…`; connects to nothing yet.

    Raises InvalidInput on any other address, or when the driver for PostgreSQL is not installed.
    """
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise InvalidInput("数据库地址写法不对，请写成 sqlite:///文件路径 或 postgresql://用户@主机/库名") from error
    match url.get_backend_name():
        case "sqlite":
            return _sqlite(url)
        case "postgresql":
            return _postgresql(url)
    raise InvalidInput(
        f"不支持“{url.get_backend_name()}”数据库，请使用 sqlite:///文件路径 或 postgresql://用户@主机/库名"
    )


def _sqlite(url: URL) -> Engine:
    options: dict[str, Any] = {}
    if url.database in (None, "", ":memory:"):
        # One connection is the whole database; handing it out to one call at a time keeps transactions apart.
        options = {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0}
    engine = create_engine(url, connect_args={"check_same_thread": False}, **options)
    if not options:
        _never_anew(engine, Path(str(url.database)))
    event.listen(engine, "connect", _prepare)
    return engine


def _never_anew(engine: Engine, file: Path) -> None:
    """Once opened, a file that vanishes is an error: SQLite would make an empty one, where nothing was ever done."""
    opened: set[Path] = set()

    def look(*_: object) -> None:
        if file in opened and not file.exists():
            raise OperationalError(f"{file.name} is gone")

    event.listen(engine, "do_connect", look)
    event.listen(engine, "connect", lambda *_: opened.add(file))


def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """The driver must begin no transactions of its own: `Database.writing` does, with the lock it needs."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    _write_ahead(cursor)
    cursor.close()


def _write_ahead(cursor: DBAPICursor) -> None:
    """Set the journal mode; a new file's first switch fails at once, not after the timeout, while others read it."""
    give_up_at = monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        except OperationalError:
            if monotonic() > give_up_at:
                raise
            sleep(0.02)


def _postgresql(url: URL) -> Engine:
    try:
        return create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise InvalidInput("使用 PostgreSQL 需要先安装驱动：pip install 'psycopg[binary]'") from error
