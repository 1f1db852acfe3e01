"""Histories that only grow: who read what, who made which move, and what changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0002_histories"
down_revision = "0001_platform"
branch_labels = None
depends_on = None

HISTORIES = ("platform_changes", "platform_moves", "platform_readings")

ONLY_GROWS = """
CREATE FUNCTION platform_only_grows() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog AS $$
BEGIN
  IF TG_OP <> 'TRUNCATE' AND current_setting('app.forgetting', true) = 'on' THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% only grows', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$
"""


def upgrade() -> None:
    """Make the histories, and what keeps them as they are."""
    make_readings()
    make_moves()
    make_changes()
    op.execute(ONLY_GROWS)
    for table in HISTORIES:
        run = "EXECUTE FUNCTION platform_only_grows()"
        on = f"CREATE TRIGGER platform_only_grows BEFORE UPDATE OR DELETE ON {table}"
        op.execute(f"{on} FOR EACH ROW {run}")
        op.execute(f"CREATE TRIGGER platform_no_truncate BEFORE TRUNCATE ON {table} {run}")


def downgrade() -> None:
    """Remove the histories."""
    for table in HISTORIES:
        op.drop_table(table)
    op.execute("DROP FUNCTION platform_only_grows()")


def make_readings() -> None:
    """Make the table of who looked at what."""
    op.create_table(
        "platform_readings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verb", sa.String(60), nullable=False),
        sa.Column("record", sa.String(63), nullable=False),
        sa.Column("record_ids", ARRAY(sa.Uuid()), nullable=False),
        sa.Column("fields", ARRAY(sa.String()), nullable=False),
        sa.Column("reference", sa.String(64), nullable=False),
        sa.Column("tenant__id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_platform_readings"),
        sa.ForeignKeyConstraint(["actor_id"], ["platform_principals.id"], name="fk_actor_id"),
    )
    op.create_index("ix_platform_readings_actor_id", "platform_readings", ["actor_id"])


def make_moves() -> None:
    """Make the history of moves."""
    op.create_table(
        "platform_moves",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("record", sa.String(63), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("move", sa.String(60), nullable=False),
        sa.Column("from_stage", sa.String(60), nullable=False),
        sa.Column("to_stage", sa.String(60), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(64), nullable=False),
        sa.Column("tenant__id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_platform_moves"),
        sa.ForeignKeyConstraint(["actor_id"], ["platform_principals.id"], name="fk_actor_id"),
    )
    op.create_index("ix_platform_moves_record_id", "platform_moves", ["record_id", "id"])


def make_changes() -> None:
    """Make the history of changes. It points to nothing: it outlives what it speaks of."""
    op.create_table(
        "platform_changes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("record", sa.String(63), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("operation", sa.String(20), nullable=False),
        sa.Column("fields", JSONB(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("reference", sa.String(64), nullable=True),
        sa.Column("database_role", sa.String(63), nullable=False),
        sa.Column("tenant__id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_platform_changes"),
        sa.CheckConstraint("operation IN ('add', 'change', 'archive', 'erase')", name="operation"),
    )
    op.create_index("ix_platform_changes_record_id", "platform_changes", ["record_id", "id"])
