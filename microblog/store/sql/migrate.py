"""Bringing a database's tables up to the version this program needs; works from an installed package."""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text

from microblog.domain.errors import InvalidInput
from microblog.store.sql.database import Database

_LOCK = 2_024_0705
"""Any number that is ours: PostgreSQL's advisory lock while one process migrates."""


def upgrade(database: Database) -> None:
    """Run the migrations the database lacks, in one transaction; other processes wait.

    Raises InvalidInput when a newer program wrote the database, StoreUnavailable when it cannot be opened.
    """
    with database.reading() as connection:
        if _current(connection) == newest():
            return
    with database.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
        try:
            command.upgrade(_config(connection), "head")
        except CommandError as error:
            raise InvalidInput("数据库由更新版本的 microblog 建立，请升级程序后再打开") from error


def downgrade(database: Database, revision: str) -> None:
    """Undo migrations down to a revision (`base`: all of them, and everything stored)."""
    with database.writing() as connection:
        command.downgrade(_config(connection), revision)


def newest() -> str | None:
    """The revision this program needs."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "microblog.store:migrations")
    return config
