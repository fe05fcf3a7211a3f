"""What an analyst corrected, and what was asked to be changed."""

from sqlalchemy import Column, Integer, Table

from microblog.domain.request import Decision, Subject
from microblog.store.columns import Moment, Plain, Words, choice
from microblog.store.tables.metadata import METADATA

CORRECTIONS = Table(
    "corrections",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("interview", Integer, nullable=False, index=True),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("title", Words, nullable=False),
    Column("content", Plain, nullable=False),
    Column("undone_by", Words, nullable=False),
    Column("undone_at", Moment),
)

REQUESTS = Table(
    "requests",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("interview", Integer, nullable=False, index=True),
    Column("subject", choice(Subject), nullable=False),
    Column("before", Words, nullable=False),
    Column("after", Words, nullable=False),
    Column("value", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("decision", choice(Decision), nullable=False),
    Column("decided_by", Words, nullable=False),
    Column("decided_at", Moment),
    Column("note", Words, nullable=False),
)
