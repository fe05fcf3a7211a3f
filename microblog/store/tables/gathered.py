"""What roundups gather."""

from sqlalchemy import Column, Date, Integer, Table

from microblog.domain.material import MaterialKind
from microblog.store.columns import Moment, Words, choice
from microblog.store.tables.metadata import METADATA

MATERIALS = Table(
    "materials",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("interview", Integer, nullable=False, index=True),
    Column("kind", choice(MaterialKind), nullable=False),
    Column("title", Words, nullable=False),
    Column("link", Words, nullable=False),
    Column("source", Words, nullable=False),
    Column("day", Date),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    # A seal names the number: one that was given once is never given again.
    sqlite_autoincrement=True,
)
