"""Posts and their attempts."""

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table

from microblog.domain.post import PostKind, PostState, Verb
from microblog.store.columns import Moment, Record, Words, choice
from microblog.store.tables.metadata import METADATA

POSTS = Table(
    "posts",
    METADATA,
    Column("key", Words, primary_key=True),
    Column("interview", Integer, nullable=False, index=True),
    Column("kind", choice(PostKind), nullable=False),
    Column("verb", choice(Verb), nullable=False),
    Column("text", Words, nullable=False),
    Column("author", Words, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("latest_at", Moment, nullable=False),
    Column("bodies", Record(tuple[str, ...]), nullable=False),
    Column("follows", Words),
    Column("under", Words),
    Column("replies_to", Words),
    Column("state", choice(PostState), nullable=False),
    Column("order", Integer, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("lease_until", Moment),
    Column("platform_id", Words, unique=True),
    Column("posted_at", Moment),
    Column("not_before", Moment),
    Column("reason", Words, nullable=False),
    Column("held", Words, nullable=False, server_default=""),
    Index(None, "state", "due_at", "order", "key"),
)

ATTEMPTS = Table(
    "attempts",
    METADATA,
    Column("key", Words, ForeignKey(POSTS.c.key), nullable=False),
    Column("number", Integer, nullable=False),
    Column("text_hash", Words, nullable=False),
    Column("sent_at", Moment, nullable=False, index=True),
    Column("worker", Words, nullable=False),
    Column("outcome", Words, nullable=False),
    Column("detail", Words, nullable=False),
    Column("settled_at", Moment),
    PrimaryKeyConstraint("key", "number"),
)
