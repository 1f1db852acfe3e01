"""What is known of files; their content lies in the store."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008_files"
down_revision = "0007_forgetting"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "platform_files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("record", sa.String(63), nullable=False),
        sa.Column("field", sa.String(63), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=True),
        sa.Column("store_key", sa.String(64), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=True),
        sa.Column("uploaded_at", MOMENT, nullable=False),
        sa.Column("released_at", MOMENT, nullable=True),
        sa.Column("tenant__id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_platform_files"),
        sa.UniqueConstraint("store_key", name="uq_platform_files_store_key"),
        sa.ForeignKeyConstraint(["uploaded_by"], ["platform_principals.id"], name="fk_uploaded_by"),
    )
    op.create_index("ix_platform_files_record_id", "platform_files", ["record_id"])


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("platform_files")
