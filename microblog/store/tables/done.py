"""What was done, and the signs of life of those who did it."""

from sqlalchemy import Column, Integer, Table

from microblog.store.columns import Moment, Plain, Words
from microblog.store.tables.metadata import METADATA

ENTRIES = Table(
    "entries",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("who", Words, nullable=False),
    Column("verb", Words, nullable=False),
    Column("subject", Words, nullable=False, index=True),
    Column("detail", Plain, nullable=False),
)

BEATS = Table(
    "beats",
    METADATA,
    Column("worker", Words, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("started_at", Moment, nullable=False),
)

PAUSES = Table(
    "pauses",
    METADATA,
    Column("scope", Words, primary_key=True),
    Column("until", Moment, nullable=False),
    Column("why", Words, nullable=False),
)

CALLS = Table(
    "calls",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("kind", Words, nullable=False),
    Column("calls", Integer, nullable=False),
)
