"""The table of moves that the clock made and that left a row in its stage."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006_clock"
down_revision = "0005_messages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table: its key lets each move be made once for each date."""
    op.create_table(
        "platform_clock_moves",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("move", sa.String(60), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant__id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("record_id", "move", "due", name="pk_platform_clock_moves"),
    )


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("platform_clock_moves")
