"""Users, sessions, units, and the record of writes, which the database itself keeps append-only."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
JSON_TEXT = sa.Text()
MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.Integer()
FLAG = sa.Boolean()


def upgrade() -> None:
    """Create the tables and the guards of the record."""
    op.create_table(
        "users",
        sa.Column("name", WORDS, primary_key=True),
        *_needed(JSON_TEXT, "roles"),
        *_needed(WORDS, "unit", "password", "totp"),
        *_needed(NUMBER, "totp_step", "failures", "revision"),
        *_needed(FLAG, "must_change", "active"),
        sa.Column("locked_until", MOMENT),
        sa.Column("created_at", MOMENT),
    )
    op.create_table(
        "sessions",
        sa.Column("id", WORDS, primary_key=True),
        *_needed(WORDS, "user"),
        *_needed(MOMENT, "opened_at", "seen_at"),
        *_needed(FLAG, "proven"),
    )
    op.create_index(op.f("ix_sessions_user"), "sessions", ["user"])
    op.create_table(
        "units",
        sa.Column("name", WORDS, primary_key=True),
        *_needed(JSON_TEXT, "aliases"),
        *_needed(WORDS, "leader", "section"),
    )
    op.create_table(
        "records",
        sa.Column("id", NUMBER, primary_key=True),
        *_needed(MOMENT, "at"),
        *_needed(WORDS, "who", "verb", "subject", "outcome", "address"),
        *_needed(JSON_TEXT, "before", "after"),
    )
    op.create_index(op.f("ix_records_subject"), "records", ["subject"])
    for statement in _GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Drop the tables; their triggers go with them."""
    for table in ("records", "units", "sessions", "users"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION records_are_kept()")


_GUARDS = {
    "sqlite": [
        f"CREATE TRIGGER records_{event.lower()} BEFORE {event} ON records "
        "BEGIN SELECT RAISE(ABORT, 'records are append-only'); END"
        for event in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        "CREATE FUNCTION records_are_kept() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'records are append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        "CREATE TRIGGER records_kept BEFORE UPDATE OR DELETE ON records "
        "FOR EACH ROW EXECUTE FUNCTION records_are_kept()",
    ],
}


def _needed(kind: Any, *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name in names]
