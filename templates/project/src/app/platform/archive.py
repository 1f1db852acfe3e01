"""Putting a row into the archive, and what that means for the rows that point to it.

The blueprint says it for each relation (`if_deleted`): `refuse` keeps the row while something in
use points to it, `delete_too` archives that as well, `leave_blank` lets it go.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Column, inspect, select
from sqlalchemy.orm import Mapper

from app.platform.db import Base, Entity, Session
from app.platform.errors import Conflict


def archive(session: Session, row: Entity, now: datetime) -> None:
    """Archive a row; raises Conflict while something in use must not lose it."""
    row.archived_at = now
    for entity, column in pointing_to(type(row)):
        attribute = getattr(entity, column.key)
        users = select(entity).where(attribute == row.id, entity.archived_at.is_(None))
        match column.info["if_deleted"]:
            case "refuse":
                refuse_while(session, users, entity)
            case "delete_too":
                for user in session.scalars(users):
                    archive(session, user, now)
            case _:
                for user in session.scalars(users):
                    setattr(user, column.key, None)


def refuse_while(session: Session, users: Any, entity: type[Entity]) -> None:
    """Refuse while there is such a row; raises Conflict."""
    if session.scalars(users.limit(1)).first() is not None:
        name = entity.__tablename__.replace("_", " ")
        raise Conflict(f"It is still used by {name}.", code="in_use")


def pointing_to(target: type[Entity]) -> Iterator[tuple[type[Entity], Column[Any]]]:
    """Give each record and column that points to this record by a relation of the blueprint."""
    table = inspect(target).local_table
    for mapper in sorted(Base.registry.mappers, key=name_of):
        for column in mapper.local_table.columns:
            points = any(key.column.table is table for key in column.foreign_keys)
            if points and "if_deleted" in column.info:
                yield mapper.class_, column


def name_of(mapper: Mapper[Any]) -> str:
    """Give the name of a mapped class, to visit them in the same order every time."""
    return mapper.class_.__name__
