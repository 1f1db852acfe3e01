"""What people are to be told, until it is sent."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import DateTime, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.platform import columns as c
from app.platform.db import Base, new_id

Outcome = Literal["waiting", "sent", "blank", "gone"]
"""`blank`: nobody was there to be told. `gone`: the record went before the message did."""

OURS = {"data": "internal"}


class Message(Base):
    """One message to one person about one move, written in the move's transaction.

    `told` is the path that led to the person. The address is sealed, and is deleted when the
    message is sent; its text is written then, and is kept nowhere.
    """

    __tablename__ = "platform_messages"
    __table_args__ = (Index("ix_platform_messages_record_id", "record_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id, info=OURS)
    record: Mapped[str] = mapped_column(String(63), info=OURS)
    record_id: Mapped[UUID] = mapped_column(info=OURS)
    move: Mapped[str] = mapped_column(String(60), info=OURS)
    told: Mapped[str] = mapped_column(String(200), info=OURS)
    address: Mapped[c.Secret | None] = c.sealed("restricted", "personal", kind="email")
    outcome: Mapped[str] = mapped_column(String(20), info=OURS)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), info=OURS)
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), info=OURS)
    tenant__id: Mapped[UUID | None] = mapped_column(info=OURS)
