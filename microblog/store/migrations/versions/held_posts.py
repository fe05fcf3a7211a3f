"""A post may be held back by a person."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """No post stored so far is held."""
    op.add_column("posts", sa.Column("held", WORDS, nullable=False, server_default=""))


def downgrade() -> None:
    """Forget who held what."""
    op.drop_column("posts", "held")
