"""What analysts corrected, and requests to change a topic or a time."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
JSON_TEXT = sa.Text()
MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.Integer()


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "corrections",
        sa.Column("id", NUMBER, primary_key=True),
        *_needed(NUMBER, "interview"),
        *_needed(WORDS, "by", "title", "undone_by"),
        *_needed(MOMENT, "at"),
        *_needed(JSON_TEXT, "content"),
        sa.Column("undone_at", MOMENT),
    )
    op.create_index(op.f("ix_corrections_interview"), "corrections", ["interview"])
    op.create_table(
        "requests",
        sa.Column("id", NUMBER, primary_key=True),
        *_needed(NUMBER, "interview"),
        *_needed(sa.String(20), "subject", "decision"),
        *_needed(WORDS, "before", "after", "value", "reason", "by", "decided_by", "note"),
        *_needed(MOMENT, "at"),
        sa.Column("decided_at", MOMENT),
    )
    op.create_index(op.f("ix_requests_interview"), "requests", ["interview"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("requests")
    op.drop_table("corrections")


def _needed(kind: Any, *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name in names]
