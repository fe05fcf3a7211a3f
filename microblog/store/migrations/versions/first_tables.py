"""The first tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
JSON_TEXT = sa.Text()
MOMENT = sa.DateTime(timezone=True)
CHOICE = sa.String(20)
NUMBER = sa.Integer()

TABLES = [
    "plans",
    "interviews",
    "posts",
    "attempts",
    "comments",
    "sweeps",
    "groupings",
    "selections",
    "left_out",
    "scripts",
    "seals",
    "rejections",
    "entries",
    "beats",
    "pauses",
    "calls",
]


def upgrade() -> None:
    """Create every table."""
    _planned()
    _posted()
    _collected()
    _chosen()
    _reviewed()
    _done()


def downgrade() -> None:
    """Drop every table, with its indexes."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _planned() -> None:
    op.create_table(
        "plans",
        _id(),
        *_needed(WORDS, "title", "issuer", "rule_set", "state"),
        *_needed(NUMBER, "year"),
        *_needed(MOMENT, "imported_at"),
        *_needed(JSON_TEXT, "content"),
    )
    op.create_table(
        "interviews",
        _id(),
        *_needed(NUMBER, "plan", "revision"),
        *_needed(CHOICE, "state"),
        *_needed(JSON_TEXT, "document"),
    )
    _index("interviews", "plan")


def _posted() -> None:
    op.create_table(
        "posts",
        sa.Column("key", WORDS, nullable=False),
        *_needed(NUMBER, "interview", "order", "fence"),
        *_needed(CHOICE, "kind", "verb", "state"),
        *_needed(WORDS, "text", "author", "reason"),
        *_needed(MOMENT, "due_at", "latest_at"),
        *_needed(JSON_TEXT, "bodies"),
        *_optional(WORDS, "follows", "under", "replies_to", "platform_id"),
        *_optional(MOMENT, "lease_until", "posted_at", "not_before"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_posts")),
        sa.UniqueConstraint("platform_id", name=op.f("uq_posts_platform_id")),
    )
    _index("posts", "interview")
    _index("posts", "state", "due_at", "order", "key")
    op.create_table(
        "attempts",
        *_needed(WORDS, "key", "text_hash", "worker", "outcome", "detail"),
        *_needed(NUMBER, "number"),
        *_needed(MOMENT, "sent_at"),
        *_optional(MOMENT, "settled_at"),
        sa.PrimaryKeyConstraint("key", "number", name=op.f("pk_attempts")),
        sa.ForeignKeyConstraint(["key"], ["posts.key"], name=op.f("fk_attempts_key")),
    )
    _index("attempts", "sent_at")


def _collected() -> None:
    op.create_table(
        "comments",
        *_needed(WORDS, "source", "platform_id", "under", "user_id", "user_name", "text"),
        *_needed(NUMBER, "interview"),
        *_needed(MOMENT, "created_at", "first_seen_at", "last_seen_at"),
        *_needed(sa.BigInteger(), "likes"),
        *_needed(sa.Boolean(), "late", "own"),
        *_needed(JSON_TEXT, "prior_texts", "raw"),
        *_optional(WORDS, "reply_to"),
        *_optional(MOMENT, "deleted_at"),
        sa.PrimaryKeyConstraint("source", "platform_id", name=op.f("pk_comments")),
    )
    _index("comments", "interview", "created_at")
    _index("comments", "source", "under", "last_seen_at")
    op.create_table(
        "sweeps",
        _id(),
        *_needed(NUMBER, "interview", "calls", "served", "new"),
        *_needed(WORDS, "source", "under"),
        *_needed(MOMENT, "at"),
        *_needed(sa.Boolean(), "full"),
        *_needed(sa.BigInteger(), "total"),
    )
    _index("sweeps", "interview")


def _chosen() -> None:
    op.create_table(
        "groupings",
        sa.Column("interview", NUMBER, autoincrement=False, nullable=False),
        *_needed(MOMENT, "built_at"),
        *_needed(NUMBER, "remarks"),
        *_needed(JSON_TEXT, "content"),
        sa.PrimaryKeyConstraint("interview", name=op.f("pk_groupings")),
    )
    op.create_table(
        "selections",
        _id(),
        *_needed(NUMBER, "interview", "rank", "askers"),
        *_needed(WORDS, "comment", "quote", "asker", "group", "topic", "reason", "chosen_by"),
        *_needed(MOMENT, "chosen_at"),
        *_needed(JSON_TEXT, "speaks_for"),
    )
    _index("selections", "interview")
    op.create_table(
        "left_out",
        _id(),
        *_needed(NUMBER, "interview", "askers"),
        *_needed(WORDS, "group", "topic", "reason"),
        *_optional(MOMENT, "follow_up_by"),
    )
    _index("left_out", "interview")


def _reviewed() -> None:
    op.create_table(
        "scripts",
        *_needed(NUMBER, "interview", "version"),
        *_needed(JSON_TEXT, "sections"),
        *_needed(WORDS, "author", "override"),
        *_needed(MOMENT, "written_at"),
        *_needed(CHOICE, "state"),
        sa.PrimaryKeyConstraint("interview", "version", name=op.f("pk_scripts")),
    )
    op.create_table(
        "seals",
        _id(),
        *_needed(WORDS, "subject", "hash", "body", "by"),
        *_needed(MOMENT, "at"),
        sa.UniqueConstraint("subject", "hash", "body", name=op.f("uq_seals_subject_hash_body")),
    )
    op.create_table(
        "rejections",
        _id(),
        *_needed(WORDS, "subject", "hash", "body", "by", "note"),
        *_needed(MOMENT, "at"),
    )
    _index("rejections", "subject")


def _done() -> None:
    op.create_table(
        "entries",
        _id(),
        *_needed(MOMENT, "at"),
        *_needed(WORDS, "who", "verb", "subject"),
        *_needed(JSON_TEXT, "detail"),
    )
    _index("entries", "subject")
    op.create_table("beats", sa.Column("worker", WORDS, primary_key=True), *_needed(MOMENT, "at", "started_at"))
    op.create_table(
        "pauses", sa.Column("scope", WORDS, primary_key=True), *_needed(MOMENT, "until"), *_needed(WORDS, "why")
    )
    op.create_table("calls", _id(), *_needed(MOMENT, "at"), *_needed(WORDS, "kind"), *_needed(NUMBER, "calls"))
    _index("calls", "at")


def _id() -> sa.Column[int]:
    return sa.Column("id", NUMBER, primary_key=True)


def _needed(kind: Any, *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def _optional(kind: Any, *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind) for name in names]


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
