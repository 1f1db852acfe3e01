"""Whether a condition is true of a row and of who acts: the `if` of a move.

What is unknown is not true: somebody whose limit is blank is within no limit.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Date, DateTime, Interval, Numeric, String, Table, Uuid, cast, literal, select
from sqlalchemy.types import Boolean, Time, TypeEngine

from app.platform.access import POLICIES, column_of, table_of, target_of
from app.platform.db import Base, Entity, Session
from app.platform.expressions import CALCULATED, Row, Value, written
from app.platform.sealed import Sealed
from app.platform.work import UnitOfWork

OPENED: dict[str, TypeEngine[Any]] = {
    "integer": Numeric(),
    "decimal": Numeric(),
    "money": Numeric(),
    "percent": Numeric(),
    "yes_no": Boolean(),
    "date": Date(),
    "time": Time(),
    "datetime": DateTime(timezone=True),
    "duration": Interval(),
    "uuid": Uuid(),
}
"""What the database takes the values of sealed columns for; all others are text."""


NOTHING = {"duration": timedelta()}
"""What the sum of no values is, where that is not 0."""


def holds(work: UnitOfWork, row: Entity, text: str) -> bool:
    """Whether the expression is true of the row and the actor, as they are now."""
    asked = Asked(work, row)
    table = table_of(type(row))
    found = select(written(text, asked.mean, Boolean())).where(table.c.id == row.id)
    return work.session.scalar(found.select_from(table)) is True


class Asked(Row):
    """The row that a condition speaks of, with who acts, and with what is sealed opened."""

    def __init__(self, work: UnitOfWork, row: Entity) -> None:
        super().__init__(table_of(type(row)))
        self.work = work
        self.row = row

    def mean(self, name: str) -> Value:
        """Give what a name in braces means for this row and this actor."""
        session, actor = self.work.session, self.work.actor
        match name.split():
            case ["my", path]:
                users = POLICIES["users"].table
                if kind := sealed_at(users, path):
                    return opened(clear(session, users, actor.id, path), kind)
                me = users.alias()
                found = select(Row(users, me).at(path)).where(me.c.id == actor.id)
                return found.scalar_subquery()
            case ["sum", "of", path]:
                table, _, field = path.partition(".")
                part = Base.metadata.tables[table]
                if kind := sealed_at(part, field):
                    inside = select(part.c.id).where(Row(part).is_part_of(self))
                    ids = session.scalars(inside.where(self.table.c.id == self.row.id))
                    values = [clear(session, part, part_id, field) for part_id in ids]
                    known = [value for value in values if value is not None]
                    return opened(sum(known, NOTHING.get(kind, 0)), kind)
            case [path] if path not in ("today", "now") and (kind := sealed_at(self.table, path)):
                return opened(clear(session, self.table, self.row.id, path), kind)
        return super().mean(name)


def sealed_at(table: Table, path: str) -> str | None:
    """Give the kind of the sealed value at the end of a path of relations; None for others."""
    name, _, rest = path.partition(".")
    if name in CALCULATED.get(table.name, ()):
        return None
    column = column_of(table, name)
    if rest:
        return sealed_at(target_of(column), rest)
    return column.type.kind if isinstance(column.type, Sealed) else None


def clear(session: Session, table: Table, row_id: UUID | None, path: str) -> Any:
    """Give the sealed value at the end of a path from a row, in the clear."""
    name, _, rest = path.partition(".")
    column = column_of(table, name)
    found = session.scalar(select(column).where(table.c.id == row_id))
    if rest:
        return clear(session, target_of(column), found, rest)
    return None if found is None else found.open()


def opened(value: Any, kind: str) -> Value:
    """Give an opened value to the database, which only learns it for this one question."""
    type_ = OPENED.get(kind, String())
    return cast(
        literal(str(value) if kind == "json" and value is not None else value, type_), type_
    )
