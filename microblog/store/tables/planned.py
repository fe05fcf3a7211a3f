"""Plans and interviews."""

from sqlalchemy import Column, Integer, Table

from microblog.domain.interview import Interview, InterviewState
from microblog.store.columns import Moment, Plain, Record, Words, choice
from microblog.store.tables.metadata import METADATA

PLANS = Table(
    "plans",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("title", Words, nullable=False),
    Column("year", Integer, nullable=False),
    Column("issuer", Words, nullable=False),
    Column("rule_set", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("imported_at", Moment, nullable=False),
    Column("content", Plain, nullable=False),
)

INTERVIEWS = Table(
    "interviews",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("plan", Integer, nullable=False, index=True),
    Column("state", choice(InterviewState), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("document", Record(Interview), nullable=False),
)
