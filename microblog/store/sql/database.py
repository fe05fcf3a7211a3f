"""Short transactions, and one line of Chinese when the database cannot serve them."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError, NotSupportedError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoneFree

from microblog.store.errors import StoreUnavailable

Insert = postgresql.Insert | sqlite.Insert

_OUR_MISTAKES = (IntegrityError, ProgrammingError, NotSupportedError)
"""What the database says of the statement, not of itself: a guard that held, or a mistake in the program."""


class Database:
    """One engine, and how to read and write through it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read from. Raises StoreUnavailable."""
        with _availability(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, committed at the end, undone on any error. Raises StoreUnavailable.

        SQLite takes its write lock at once: a lock taken only after a first read could fail without waiting.
        """
        with _availability(), self.engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection

    def insert(self, table: Table) -> Insert:
        """An INSERT that can say what to do on a conflict; both databases spell it alike."""
        return sqlite.insert(table) if self.engine.dialect.name == "sqlite" else postgresql.insert(table)


@contextmanager
def _availability() -> Iterator[None]:
    """Turn what the driver says of a database that cannot serve into StoreUnavailable."""
    try:
        yield
    except _OUR_MISTAKES:
        raise
    except DBAPIError as error:
        raise StoreUnavailable(_line(str(error.orig))) from error
    except NoneFree as error:
        raise StoreUnavailable("数据库连接都在使用中，等待超时；请稍后重试") from error


def _line(said: str) -> str:
    if "locked" in said:
        return "数据库正被其他程序占用，等待超时，本次操作没有保存；请稍后重试"
    reason = said.strip().partition("\n")[0]
    return f"数据库暂时不可用（{reason}），本次操作可能没有保存；请检查数据库文件或服务后重试"
