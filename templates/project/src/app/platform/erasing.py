"""Erasing rows for good, with what belongs to them and what is kept elsewhere about them.

A row takes with it what was to be deleted with it (`delete_too`, and its parts), and is let go by
what points to it with `leave_blank`; while something points to it with `refuse`, it stays. What
people wrote about it when they moved it, the values in its history of changes, messages, and notes of
the clock go too, and it lets go of its files, which the sweep removes. That somebody moved, changed
or read a row with this id, and when, stays: it says nothing about anybody but who did.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, cast, delete, func, select, true, update

from app.platform.access import table_of
from app.platform.archive import pointing_to, relations_to, sign
from app.platform.db import Base, Entity, Session
from app.platform.files.models import StoredFile
from app.platform.jobs.clock import ClockMove
from app.platform.messages.models import Message

ABOUT: Sequence[type[Base]] = (Message, ClockMove)
"""What is kept elsewhere about a row, by its `record_id`."""


def erase(session: Session, row: Entity) -> None:
    """Remove a row for good; raises Conflict while something must not lose it."""
    going = with_it(session, type(row), [row.id])
    for user, column in relations_to(session, row, "leave_blank"):
        setattr(user, column.key, None)
        sign(user, row)
    session.flush()
    session.delete(row)
    session.flush()
    let_go(session, going)
    forget(session, going)


def with_it(session: Session, entity: type[Entity], ids: Sequence[UUID]) -> list[UUID]:
    """Give the ids of rows, and of all that goes when they go."""
    found, waiting = {*ids}, [(entity, list(ids))]
    while waiting:
        target, keys = waiting.pop()
        for other, column in pointing_to(target):
            if column.info["if_deleted"] == "delete_too":
                asked = select(table_of(other).c.id).where(column.in_(keys))
                new = [key for key in session.scalars(asked) if key not in found]
                found.update(new)
                waiting += [(other, new)] if new else []
    return sorted(found)


def forget(session: Session, ids: Sequence[UUID]) -> None:
    """Delete what is kept elsewhere about rows with these ids, as far as it holds people's data."""
    for kept in ABOUT:
        session.execute(delete(kept).where(table_of(kept).c.record_id.in_(ids)))
    session.execute(select(func.platform_forget(cast(list(ids), ARRAY(Uuid())))))


def let_go(session: Session, ids: Sequence[UUID], fields: Collection[str] | None = None) -> None:
    """Let go of the files that rows with these ids hold, in all fields or in some."""
    session.execute(
        update(StoredFile)
        .where(StoredFile.record_id.in_(ids), StoredFile.released_at.is_(None))
        .where(true() if fields is None else StoredFile.field.in_(fields))
        .values(released_at=func.now())
    )
