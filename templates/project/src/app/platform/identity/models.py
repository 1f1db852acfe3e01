"""The platform's tables about people and programs that use the system.

Tokens and passwords are kept as hashes only: whoever reads these tables cannot sign in.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base

LOGIN_LENGTH = 254
"""The longest e-mail address that can be delivered to (RFC 5321)."""

Moment = DateTime(timezone=True)


class Principal(Base):
    """Someone or something that acts: a person, another program, or the system itself.

    `tenant__id` is the customer of this system whose people they are among, if it separates any.
    """

    __tablename__ = "platform_principals"
    __table_args__ = (
        UniqueConstraint("login", name="uq_platform_principals_login"),
        UniqueConstraint("tenant__id", "id", name="uq__platform_principals__tenant__id"),
        CheckConstraint("kind IN ('person', 'software', 'system')", name="kind"),
        CheckConstraint("login = lower(login)", name="login_lower"),
    )

    id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True, info={"data": "internal"})
    kind: Mapped[str] = mapped_column(String(20), info={"data": "internal"})
    login: Mapped[str | None] = mapped_column(String(LOGIN_LENGTH), info={"data": "confidential"})
    roles: Mapped[list[str]] = mapped_column(
        ARRAY(Text()), server_default=text("'{}'"), info={"data": "internal"}
    )
    disabled_at: Mapped[datetime | None] = mapped_column(Moment, info={"data": "internal"})
    created_at: Mapped[datetime] = mapped_column(Moment, info={"data": "internal"})
    tenant__id: Mapped[UUID | None] = mapped_column(Uuid(), info={"data": "internal"})


class Password(Base):
    """The argon2id hash of a person's password."""

    __tablename__ = "platform_passwords"

    principal_id: Mapped[UUID] = mapped_column(
        ForeignKey(
            "platform_principals.id", name="fk_platform_passwords_principal_id", ondelete="CASCADE"
        ),
        primary_key=True,
        info={"data": "internal"},
    )
    hash: Mapped[str] = mapped_column(Text(), info={"data": "secret"})
    changed_at: Mapped[datetime] = mapped_column(Moment, info={"data": "internal"})


class Invitation(Base):
    """A one-time token with which a person gets in for the first time."""

    __tablename__ = "platform_invitations"
    __table_args__ = (Index("ix_platform_invitations_principal_id", "principal_id"),)

    token_hash: Mapped[bytes] = mapped_column(
        LargeBinary(), primary_key=True, info={"data": "secret"}
    )
    principal_id: Mapped[UUID] = mapped_column(
        ForeignKey(
            "platform_principals.id",
            name="fk_platform_invitations_principal_id",
            ondelete="CASCADE",
        ),
        info={"data": "internal"},
    )
    expires_at: Mapped[datetime] = mapped_column(Moment, info={"data": "internal"})
    used_at: Mapped[datetime | None] = mapped_column(Moment, info={"data": "internal"})


class SignInSession(Base):
    """One sign-in on one device, until it is signed out, idle for too long or too old."""

    __tablename__ = "platform_sign_in_sessions"
    __table_args__ = (
        UniqueConstraint("token_hash", name="uq_platform_sign_in_sessions_token_hash"),
        Index("ix_platform_sign_in_sessions_principal_id", "principal_id"),
    )

    id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True, info={"data": "internal"})
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(), info={"data": "secret"})
    principal_id: Mapped[UUID] = mapped_column(
        ForeignKey(
            "platform_principals.id",
            name="fk_platform_sign_in_sessions_principal_id",
            ondelete="CASCADE",
        ),
        info={"data": "internal"},
    )
    created_at: Mapped[datetime] = mapped_column(Moment, info={"data": "internal"})
    last_seen_at: Mapped[datetime] = mapped_column(Moment, info={"data": "internal"})
    expires_at: Mapped[datetime] = mapped_column(Moment, info={"data": "internal"})
    device: Mapped[str] = mapped_column(String(200), info={"data": "confidential"})
    revoked_at: Mapped[datetime | None] = mapped_column(Moment, info={"data": "internal"})


class Throttle(Base):
    """How many tries a key (the keyed hash of an address or a login) has left.

    `full_at` is the moment until which the allowance is used up (see `throttle.py`).
    """

    __tablename__ = "platform_throttles"

    key: Mapped[bytes] = mapped_column(LargeBinary(), primary_key=True, info={"data": "secret"})
    full_at: Mapped[datetime] = mapped_column(Moment, info={"data": "internal"})


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
