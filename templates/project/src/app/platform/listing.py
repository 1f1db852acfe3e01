"""Lists: filtered, sorted, and cut into pages that stay right while rows come and go.

A page ends at a row, and the next one begins after that row's place in the order (keyset paging):
no row is shown twice or left out because others were added, and a page deep in is as fast as the
first.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from app.platform.db import Entity, Session
from app.platform.schemas import Query, filters

Row = TypeVar("Row", bound=Entity)

COMPARISONS: dict[str, Callable[[Any, Any], ColumnElement[bool]]] = {
    "": operator.eq,
    "eq": operator.eq,
    "gte": operator.ge,
    "lte": operator.le,
}


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """A page of rows; `next` is what to ask for after it, or None at the end."""

    rows: Sequence[Row]
    next: UUID | None


def listing(
    session: Session, entity: type[Row], query: Query, seen: ColumnElement[bool]
) -> Listing[Row]:
    """Give the page that the query asks for, of the rows that fulfil `seen`."""
    column, descending = order(entity, query.sort)
    ends = (
        (column.desc().nulls_last(), entity.id.desc())
        if descending
        else (
            column.asc().nulls_last(),
            entity.id.asc(),
        )
    )
    asked = (
        select(entity)
        .where(seen, *conditions(entity, query))
        .order_by(*ends)
        .limit(query.limit + 1)
    )
    if query.after is not None:
        last = session.execute(
            select(column, entity.id).where(entity.id == query.after, seen)
        ).one_or_none()
        if last is None:
            return Listing([], None)
        asked = asked.where(beyond(column, entity.id, last[0], last[1], descending=descending))
    rows = session.scalars(asked).all()
    more = len(rows) > query.limit
    return Listing(rows[: query.limit], rows[query.limit - 1].id if more else None)


def order(entity: type[Entity], sort: str) -> tuple[InstrumentedAttribute[Any], bool]:
    """Give the column to sort by, and whether the order is turned round.

    Ids are made in the order of time, so `created_at` sorts by the id and needs no index.
    """
    name = sort.removeprefix("-")
    return getattr(entity, "id" if name == "created_at" else name), sort.startswith("-")


def conditions(entity: type[Entity], query: Query) -> list[ColumnElement[bool]]:
    """Give the conditions of the query's filters: `stage=done`, `due_on__gte=2026-03-31`."""
    found = []
    for name, value in filters(query).items():
        field, _, comparison = name.partition("__")
        found.append(COMPARISONS[comparison](getattr(entity, field), value))
    return found


def beyond(
    column: InstrumentedAttribute[Any],
    key: InstrumentedAttribute[UUID],
    value: Any,
    last: UUID,
    *,
    descending: bool,
) -> ColumnElement[bool]:
    """Give the condition for rows behind the last one; rows without a value stand at the end."""
    further = key < last if descending else key > last
    if value is None:
        return and_(column.is_(None), further)
    ahead = column < value if descending else column > value
    rest = column.is_(None) if column.nullable else ~true()
    return or_(ahead, and_(column == value, further), rest)
