"""What roundups gather."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.Integer()


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "materials",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("interview", NUMBER, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("link", WORDS, nullable=False),
        sa.Column("source", WORDS, nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("by", WORDS, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_materials_interview"), "materials", ["interview"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("materials")
