"""The platform's own tables: people and their sign-ins, numbers, and what was asked before.

This branch comes with the platform; the tables of the records are in `versions/`.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0001_platform"
down_revision = None
branch_labels = ("platform",)
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TABLES = (
    "platform_number_series",
    "platform_idempotency_keys",
    "platform_throttles",
    "platform_sign_in_sessions",
    "platform_invitations",
    "platform_passwords",
    "platform_principals",
)


def upgrade() -> None:
    """Make the tables."""
    make_principals()
    make_passwords()
    make_invitations()
    make_sign_in_sessions()
    make_throttles()
    make_idempotency_keys()
    make_number_series()


def downgrade() -> None:
    """Remove the tables."""
    for table in TABLES:
        op.drop_table(table)


def make_principals() -> None:
    """Make the table of who can act."""
    op.create_table(
        "platform_principals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("login", sa.String(254), nullable=True),
        sa.Column("roles", ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("disabled_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("tenant__id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_platform_principals"),
        sa.UniqueConstraint("tenant__id", "id", name="uq__platform_principals__tenant__id"),
        sa.UniqueConstraint("login", name="uq_platform_principals_login"),
        sa.CheckConstraint("kind IN ('person', 'software', 'system')", name="kind"),
        sa.CheckConstraint("login = lower(login)", name="login_lower"),
    )


def make_passwords() -> None:
    """Make the table of password hashes."""
    op.create_table(
        "platform_passwords",
        sa.Column("principal_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("principal_id", name="pk_platform_passwords"),
        belongs_to_principal("platform_passwords"),
    )


def make_invitations() -> None:
    """Make the table of one-time tokens."""
    op.create_table(
        "platform_invitations",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("principal_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name="pk_platform_invitations"),
        belongs_to_principal("platform_invitations"),
    )
    op.create_index(
        "ix_platform_invitations_principal_id", "platform_invitations", ["principal_id"]
    )


def make_sign_in_sessions() -> None:
    """Make the table of sign-ins."""
    op.create_table(
        "platform_sign_in_sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("principal_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_seen_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("device", sa.String(200), nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_platform_sign_in_sessions"),
        sa.UniqueConstraint("token_hash", name="uq_platform_sign_in_sessions_token_hash"),
        belongs_to_principal("platform_sign_in_sessions"),
    )
    op.create_index(
        "ix_platform_sign_in_sessions_principal_id", "platform_sign_in_sessions", ["principal_id"]
    )


def make_throttles() -> None:
    """Make the table of tries that are left."""
    op.create_table(
        "platform_throttles",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("full_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_platform_throttles"),
    )


def make_idempotency_keys() -> None:
    """Make the table of requests that are not to be answered twice."""
    op.create_table(
        "platform_idempotency_keys",
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("route", sa.String(300), nullable=False),
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("body_hash", sa.LargeBinary(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("actor_id", "route", "key", name="pk_platform_idempotency_keys"),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["platform_principals.id"], name="fk_actor_id", ondelete="CASCADE"
        ),
    )


def make_number_series() -> None:
    """Make the table of the last numbers that were given."""
    op.create_table(
        "platform_number_series",
        sa.Column("tenant__id", sa.Uuid(), nullable=False),
        sa.Column("series", sa.String(63), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant__id", "series", "year", name="pk_platform_number_series"),
    )


def belongs_to_principal(table: str) -> sa.ForeignKeyConstraint:
    """Say that a row goes when its principal goes."""
    return sa.ForeignKeyConstraint(
        ["principal_id"],
        ["platform_principals.id"],
        name=f"fk_{table}_principal_id",
        ondelete="CASCADE",
    )
