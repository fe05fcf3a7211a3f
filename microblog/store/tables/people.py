"""Users, sessions, units, and the record of writes."""

from sqlalchemy import Boolean, Column, Integer, Table

from microblog.domain.people import Role
from microblog.store.columns import Moment, Plain, Record, Words
from microblog.store.tables.metadata import METADATA

USERS = Table(
    "users",
    METADATA,
    Column("name", Words, primary_key=True),
    Column("roles", Record(tuple[Role, ...]), nullable=False),
    Column("unit", Words, nullable=False),
    Column("password", Words, nullable=False),
    Column("totp", Words, nullable=False),
    Column("totp_step", Integer, nullable=False),
    Column("must_change", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Moment),
    Column("created_at", Moment),
    Column("revision", Integer, nullable=False),
)

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("id", Words, primary_key=True),
    Column("user", Words, nullable=False, index=True),
    Column("opened_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("proven", Boolean, nullable=False),
)

UNITS = Table(
    "units",
    METADATA,
    Column("name", Words, primary_key=True),
    Column("aliases", Record(tuple[str, ...]), nullable=False),
    Column("leader", Words, nullable=False),
    Column("section", Words, nullable=False),
)

RECORDS = Table(
    "records",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("who", Words, nullable=False),
    Column("verb", Words, nullable=False),
    Column("subject", Words, nullable=False, index=True),
    Column("outcome", Words, nullable=False),
    Column("address", Words, nullable=False),
    Column("before", Plain, nullable=False),
    Column("after", Plain, nullable=False),
)
"""The migration adds triggers: a row can be neither changed nor removed."""
