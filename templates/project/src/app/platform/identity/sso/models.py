"""The platform's tables about sign-ins at a provider."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base
from app.platform.identity.models import Moment


class Identity(Base):
    """Whom a provider knows under a subject. An e-mail address never says who somebody is."""

    __tablename__ = "platform_identities"
    __table_args__ = (
        UniqueConstraint("issuer", "subject", name="uq_platform_identities_issuer_subject"),
        Index("ix_platform_identities_principal_id", "principal_id"),
    )

    id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True, info={"data": "internal"})
    issuer: Mapped[str] = mapped_column(String(500), info={"data": "internal"})
    subject: Mapped[str] = mapped_column(String(255), info={"data": "confidential"})
    principal_id: Mapped[UUID] = mapped_column(
        ForeignKey(
            "platform_principals.id",
            name="fk_platform_identities_principal_id",
            ondelete="CASCADE",
        ),
        info={"data": "internal"},
    )
    created_at: Mapped[datetime] = mapped_column(Moment, info={"data": "internal"})
    last_used_at: Mapped[datetime] = mapped_column(Moment, info={"data": "internal"})


class Proof(Base):
    """What a provider said of one sign-in session: by which sign-in there, when, and how."""

    __tablename__ = "platform_proofs"
    __table_args__ = (
        Index("ix_platform_proofs_identity_id", "identity_id"),
        Index("ix_platform_proofs_provider_session", "provider_session"),
    )

    session_id: Mapped[UUID] = mapped_column(
        ForeignKey(
            "platform_sign_in_sessions.id", name="fk_platform_proofs_session_id", ondelete="CASCADE"
        ),
        primary_key=True,
        info={"data": "internal"},
    )
    identity_id: Mapped[UUID] = mapped_column(
        ForeignKey(
            "platform_identities.id", name="fk_platform_proofs_identity_id", ondelete="CASCADE"
        ),
        info={"data": "internal"},
    )
    provider_session: Mapped[str | None] = mapped_column(String(255), info={"data": "confidential"})
    proved_at: Mapped[datetime | None] = mapped_column(Moment, info={"data": "internal"})
    strength: Mapped[str | None] = mapped_column(String(255), info={"data": "internal"})


class TakenToken(Base):
    """A logout token that was taken, until it is too old to come again."""

    __tablename__ = "platform_taken_tokens"

    key: Mapped[bytes] = mapped_column(LargeBinary(), primary_key=True, info={"data": "internal"})
    expires_at: Mapped[datetime] = mapped_column(Moment, info={"data": "internal"})
