"""The store in SQL: SQLite in a file or in memory, or PostgreSQL."""

from microblog.store.sql.store import SqlStore, open_store

__all__ = ["SqlStore", "open_store"]
