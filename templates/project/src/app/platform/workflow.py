"""Workflows: the stages of a record, the moves between them, and what is kept of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, DateTime, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base, new_id


@dataclass(frozen=True, slots=True)
class If:
    """What has to be true of a row for a move: in words, and as an expression."""

    words: str
    holds: str


@dataclass(frozen=True, slots=True)
class Move:
    """A way from some stages to another.

    `by` are the roles that may make it, with `only_owner` on their own rows alone. `needs` are the
    fields that must be filled in before, `asks` the questions whose answers its history keeps.
    Nobody makes it who made `not_same_person_as` on the row, nor where `if_` is not true. `tells`
    are paths to the people who get a message. The clock makes it when the date in the field
    `once_past` is past.
    """

    stages: Sequence[str]
    to: str
    by: Sequence[str] = ()
    only_owner: bool = False
    needs: Sequence[str] = ()
    asks: Sequence[str] = ()
    not_same_person_as: str | None = None
    if_: If | None = None
    tells: Sequence[str] = ()
    once_past: str | None = None


@dataclass(frozen=True, slots=True)
class Workflow:
    """The moves of a record by their names, and the stages in which nothing can be edited."""

    moves: Mapping[str, Move] = field(default_factory=dict)
    locked: Sequence[str] = ()

    def by_clock(self, name: str) -> bool:
        """Whether the clock makes the move of this name, if there is one."""
        return name in self.moves and self.moves[name].once_past is not None


class Moved(Base):
    """One move of one row: who made it, when, and what they answered."""

    __tablename__ = "platform_moves"
    __table_args__ = (Index("ix_platform_moves_record_id", "record_id", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id, info={"data": "internal"})
    record: Mapped[str] = mapped_column(String(63), info={"data": "internal"})
    record_id: Mapped[UUID] = mapped_column(info={"data": "internal"})
    move: Mapped[str] = mapped_column(String(60), info={"data": "internal"})
    from_stage: Mapped[str] = mapped_column(String(60), info={"data": "internal"})
    to_stage: Mapped[str] = mapped_column(String(60), info={"data": "internal"})
    answers: Mapped[dict[str, str]] = mapped_column(JSON, info={"data": "internal"})
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), info={"data": "internal"})
    actor_id: Mapped[UUID] = mapped_column(
        ForeignKey("platform_principals.id"), info={"data": "internal"}
    )
    reference: Mapped[str] = mapped_column(String(64), info={"data": "internal"})
    tenant__id: Mapped[UUID | None] = mapped_column(info={"data": "internal"})
