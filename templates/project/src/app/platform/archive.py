"""Putting a row into the archive, and what that means for the rows that point to it.

The blueprint says it for each relation (`if_deleted`): `refuse` keeps the row while something in
use points to it, `delete_too` archives that as well, `leave_blank` lets it go.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, select

from app.platform.access import POLICIES, table_of
from app.platform.columns import IfDeleted
from app.platform.db import Entity, Session
from app.platform.errors import Conflict


def archive(session: Session, row: Entity, now: datetime) -> None:
    """Archive a row with all that goes with it; raises Conflict while something must not lose it.

    What goes with it may hold on to the rest, so everything is archived before anything refuses.
    """
    going = [row]
    for gone in going:
        gone.archived_at = now
        sign(gone, row)
        going += users_of(session, gone, "delete_too")
    for gone in going:
        for user, column in relations_to(session, gone, "leave_blank"):
            setattr(user, column.key, None)
            sign(user, row)
        for user in users_of(session, gone, "refuse"):
            name = user.__tablename__.replace("_", " ")
            raise Conflict(f"It is still used by {name}.", code="in_use")


def sign(row: Entity, by: Entity) -> None:
    """Note that a row was changed by whoever changed the other one."""
    row.updated_at, row.updated_by = by.updated_at, by.updated_by


def users_of(session: Session, row: Entity, if_deleted: IfDeleted) -> Sequence[Entity]:
    """Give the rows in use that point to this one by such a relation."""
    return [user for user, _ in relations_to(session, row, if_deleted)]


def relations_to(
    session: Session, row: Entity, if_deleted: IfDeleted
) -> Iterator[tuple[Entity, Column[UUID]]]:
    """Give each row in use that points to this one by such a relation, and the relation."""
    for entity, column in pointing_to(type(row)):
        if column.info["if_deleted"] == if_deleted:
            users = select(entity).where(column == row.id, entity.archived_at.is_(None))
            yield from ((user, column) for user in session.scalars(users))


def pointing_to(target: type[Entity]) -> Iterator[tuple[type[Entity], Column[UUID]]]:
    """Give each record and column that points to this record by a relation of the blueprint."""
    for _, policy in sorted(POLICIES.items()):
        for column in policy.table.columns:
            points = any(key.column.table is table_of(target) for key in column.foreign_keys)
            if points and "if_deleted" in column.info:
                yield policy.entity, column
