"""Comments, the sweeps that found them, and what was made of them."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, PrimaryKeyConstraint, Table

from microblog.store.columns import Moment, Plain, Record, Words
from microblog.store.tables.metadata import METADATA

COMMENTS = Table(
    "comments",
    METADATA,
    Column("source", Words, nullable=False),
    Column("platform_id", Words, nullable=False),
    Column("interview", Integer, nullable=False),
    Column("under", Words, nullable=False),
    Column("user_id", Words, nullable=False),
    Column("user_name", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("first_seen_at", Moment, nullable=False),
    Column("last_seen_at", Moment, nullable=False),
    Column("likes", BigInteger, nullable=False),
    Column("reply_to", Words),
    Column("late", Boolean, nullable=False),
    Column("own", Boolean, nullable=False),
    Column("deleted_at", Moment),
    Column("prior_texts", Record(tuple[str, ...]), nullable=False),
    Column("raw", Plain, nullable=False),
    PrimaryKeyConstraint("source", "platform_id"),
    Index(None, "interview", "created_at"),
    Index(None, "source", "under", "last_seen_at"),
)

SWEEPS = Table(
    "sweeps",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("interview", Integer, nullable=False, index=True),
    Column("source", Words, nullable=False),
    Column("under", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("full", Boolean, nullable=False),
    Column("calls", Integer, nullable=False),
    Column("served", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("total", BigInteger, nullable=False),
)

GROUPINGS = Table(
    "groupings",
    METADATA,
    Column("interview", Integer, primary_key=True, autoincrement=False),
    Column("built_at", Moment, nullable=False),
    Column("remarks", Integer, nullable=False),
    Column("content", Plain, nullable=False),
)

SELECTIONS = Table(
    "selections",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("interview", Integer, nullable=False, index=True),
    Column("rank", Integer, nullable=False),
    Column("comment", Words, nullable=False),
    Column("quote", Words, nullable=False),
    Column("asker", Words, nullable=False),
    Column("group", Words, nullable=False),
    Column("topic", Words, nullable=False),
    Column("askers", Integer, nullable=False),
    Column("reason", Words, nullable=False),
    Column("chosen_by", Words, nullable=False),
    Column("chosen_at", Moment, nullable=False),
    Column("speaks_for", Record(tuple[str, ...]), nullable=False),
)

LEFT_OUT = Table(
    "left_out",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("interview", Integer, nullable=False, index=True),
    Column("group", Words, nullable=False),
    Column("topic", Words, nullable=False),
    Column("askers", Integer, nullable=False),
    Column("reason", Words, nullable=False),
    Column("follow_up_by", Moment),
)
