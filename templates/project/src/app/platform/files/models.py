"""What is known of each file; its content lies in the store."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, DateTime, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base, new_id

INTERNAL = {"data": "internal"}


class StoredFile(Base):
    """One file: which field of which record it is for, and what it is.

    It belongs to whoever uploaded it until a row takes it (`record_id`). Once the row lets go of it
    (`released_at`) nobody reaches it any more, and the nightly sweep removes it.
    """

    __tablename__ = "platform_files"
    __table_args__ = (
        UniqueConstraint("store_key", name="uq_platform_files_store_key"),
        Index("ix_platform_files_record_id", "record_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id, info=INTERNAL)
    record: Mapped[str] = mapped_column(String(63), info=INTERNAL)
    field: Mapped[str] = mapped_column(String(63), info=INTERNAL)
    record_id: Mapped[UUID | None] = mapped_column(info=INTERNAL)
    name: Mapped[str] = mapped_column(
        String(200), info={"data": "internal", "labels": ("personal",)}
    )
    media_type: Mapped[str] = mapped_column(String(100), info=INTERNAL)
    size: Mapped[int] = mapped_column(BigInteger, info=INTERNAL)
    sha256: Mapped[str | None] = mapped_column(String(64), info=INTERNAL)
    store_key: Mapped[str] = mapped_column(String(64), info=INTERNAL)
    sealed: Mapped[bool] = mapped_column(Boolean, info=INTERNAL)
    uploaded_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("platform_principals.id"), info=INTERNAL
    )
    uploaded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), info=INTERNAL)
    released_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), info=INTERNAL)
    tenant__id: Mapped[UUID | None] = mapped_column(info=INTERNAL)
