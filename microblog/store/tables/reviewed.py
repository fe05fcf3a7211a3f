"""Scripts, seals and rejections."""

from sqlalchemy import Column, Integer, PrimaryKeyConstraint, Table, UniqueConstraint

from microblog.domain.script import ScriptState, Section
from microblog.store.columns import Moment, Record, Words, choice
from microblog.store.tables.metadata import METADATA

SCRIPTS = Table(
    "scripts",
    METADATA,
    Column("interview", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("sections", Record(tuple[Section, ...]), nullable=False),
    Column("author", Words, nullable=False),
    Column("written_at", Moment, nullable=False),
    Column("state", choice(ScriptState), nullable=False),
    Column("override", Words, nullable=False),
    PrimaryKeyConstraint("interview", "version"),
)

SEALS = Table(
    "seals",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("subject", Words, nullable=False),
    Column("hash", Words, nullable=False),
    Column("body", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("subject", "hash", "body"),
)

REJECTIONS = Table(
    "rejections",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("subject", Words, nullable=False, index=True),
    Column("hash", Words, nullable=False),
    Column("body", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("note", Words, nullable=False),
)
