"""Whom a provider of single sign-on knows, and what it said of sign-ins; unused without one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011_single_sign_on"
down_revision = "0010_words"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
PEOPLE = "platform_tenant() IS NULL OR EXISTS (SELECT FROM {} WHERE {})"
IDENTITIES = PEOPLE.format("platform_principals p", "p.id = platform_identities.principal_id")
PROOFS = PEOPLE.format("platform_identities i", "i.id = platform_proofs.identity_id")


def upgrade() -> None:
    """Make the tables; where customers are kept apart already, so are their people's."""
    make_identities()
    make_proofs()
    op.create_table(
        "platform_taken_tokens",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_platform_taken_tokens"),
    )
    for name, whose in {"platform_identities": IDENTITIES, "platform_proofs": PROOFS}.items():
        op.execute(
            f"SELECT platform_separate('{name}', '{whose}') FROM pg_class "
            "WHERE oid = 'platform_passwords'::regclass AND relrowsecurity"
        )


def make_identities() -> None:
    """Make the table of subjects."""
    op.create_table(
        "platform_identities",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.String(500), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("principal_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_used_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_platform_identities"),
        sa.UniqueConstraint("issuer", "subject", name="uq_platform_identities_issuer_subject"),
        ends_with("platform_identities", "principal_id", "platform_principals"),
    )
    op.create_index("ix_platform_identities_principal_id", "platform_identities", ["principal_id"])


def make_proofs() -> None:
    """Make the table of what was said of each session."""
    op.create_table(
        "platform_proofs",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("identity_id", sa.Uuid(), nullable=False),
        sa.Column("provider_session", sa.String(255), nullable=True),
        sa.Column("proved_at", MOMENT, nullable=True),
        sa.Column("strength", sa.String(255), nullable=True),
        sa.PrimaryKeyConstraint("session_id", name="pk_platform_proofs"),
        ends_with("platform_proofs", "session_id", "platform_sign_in_sessions"),
        ends_with("platform_proofs", "identity_id", "platform_identities"),
    )
    op.create_index("ix_platform_proofs_identity_id", "platform_proofs", ["identity_id"])
    op.create_index("ix_platform_proofs_provider_session", "platform_proofs", ["provider_session"])


def ends_with(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """Give the constraint by which a row goes with what it points to."""
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=f"fk_{table}_{column}", ondelete="CASCADE"
    )


def downgrade() -> None:
    """Remove the tables."""
    for name in ("platform_taken_tokens", "platform_proofs", "platform_identities"):
        op.drop_table(name)
