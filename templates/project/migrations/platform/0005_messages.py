"""The table of what people are to be told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005_messages"
down_revision = "0004_jobs"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "platform_messages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("record", sa.String(63), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("move", sa.String(60), nullable=False),
        sa.Column("told", sa.String(200), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("tenant__id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_platform_messages"),
    )
    op.create_index("ix_platform_messages_record_id", "platform_messages", ["record_id"])


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("platform_messages")
