"""Who looked at what: masked values, rows taken away, and rows whose readings are recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, ForeignKey, Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.access import Policy
from app.platform.apart import tenant_of
from app.platform.db import Base, Entity, new_id
from app.platform.work import UnitOfWork


class Reading(Base):
    """One look at values that are not shown to everyone, at rows, or at a page of them.

    `verb` says which: unmask, search, export or see. The values are not in it.
    """

    __tablename__ = "platform_readings"
    __table_args__ = (Index("ix_platform_readings_actor_id", "actor_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id, info={"data": "internal"})
    actor_id: Mapped[UUID] = mapped_column(
        ForeignKey("platform_principals.id"), info={"data": "internal"}
    )
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), info={"data": "internal"})
    verb: Mapped[str] = mapped_column(String(60), info={"data": "internal"})
    record: Mapped[str] = mapped_column(String(63), info={"data": "internal"})
    record_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), info={"data": "internal"})
    fields: Mapped[list[str]] = mapped_column(ARRAY(String), info={"data": "internal"})
    reference: Mapped[str] = mapped_column(String(64), info={"data": "internal"})
    tenant__id: Mapped[UUID | None] = mapped_column(info={"data": "internal"})


def record_showing(
    work: UnitOfWork, policy: Policy, rows: Sequence[Entity], fields: Sequence[str]
) -> None:
    """Note that the actor is shown these rows, where the blueprint wants readings recorded."""
    if policy.reads_recorded:
        record_reading(work, rows, fields, "see")


def record_reading(
    work: UnitOfWork, rows: Sequence[Entity], fields: Sequence[str], verb: str = "unmask"
) -> None:
    """Note, in the same transaction, that the actor is shown these fields of these rows."""
    work.session.add(
        Reading(
            actor_id=work.actor.id,
            at=work.now,
            verb=verb,
            record=rows[0].__tablename__,
            record_ids=[row.id for row in rows],
            fields=sorted(fields),
            reference=work.reference,
            tenant__id=tenant_of(rows[0]),
        )
    )
