"""Lists: filtered, sorted, and cut into pages that stay right while rows come and go.

A page ends at a row, and the next one begins after that row's place in the order (keyset paging):
no row is shown twice or left out because others were added, and a page deep in is as fast as the
first.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, True_, and_, false, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.platform.db import Entity, Session
from app.platform.errors import Conflict, FieldError
from app.platform.schemas import Query, filters

Row = TypeVar("Row", bound=Entity)
Row_co = TypeVar("Row_co", bound=Entity, covariant=True)

COMPARISONS: dict[str, Callable[[Any, Any], ColumnElement[bool]]] = {
    "": operator.eq,
    "eq": operator.eq,
    "gte": operator.ge,
    "lte": operator.le,
}


@dataclass(frozen=True, slots=True)
class PageOfRows(Generic[Row_co]):
    """A page of rows; `next` is what to ask for after it, or None at the end."""

    rows: Sequence[Row_co]
    next: UUID | None


def listing(
    session: Session,
    entity: type[Row],
    query: Query,
    seen: Sequence[ColumnElement[bool]],
    sought: Sequence[ColumnElement[bool]] = (),
) -> PageOfRows[Row]:
    """Give the page that the query asks for, of the rows in use that fulfil `seen` and `sought`.

    A row that is seen, and not sought any more, still says where the next page begins.

    Raises Conflict where the row that the page before ended with is gone: an empty page would say
    that the list is complete.
    """
    narrowed = [*seen, *sought, *conditions(entity, query)]
    if query.after is not None:
        column, descending = order(entity, query.sort)
        last = place(session, entity, column, query.after, seen)
        narrowed.append(beyond(column, entity.id, last, query.after, descending=descending))
    asked = in_order(entity, query.sort, query.limit + 1)
    said = [condition for condition in narrowed if not isinstance(condition, True_)]
    if said:
        asked = asked.where(*said)
    rows = session.scalars(asked).all()
    more = len(rows) > query.limit
    return PageOfRows(rows[: query.limit], rows[query.limit - 1].id if more else None)


def place(
    session: Session,
    entity: type[Entity],
    column: InstrumentedAttribute[Any],
    row_id: UUID,
    seen: Sequence[ColumnElement[bool]],
) -> Any:
    """Give the value by which a row stands where it stands; it may be in the archive by now.

    Raises Conflict for a row that is gone, or that the actor may not see.
    """
    if column.key == "id":
        return row_id
    found = session.execute(select(column).where(entity.id == row_id, *seen)).one_or_none()
    if found is None:
        raise Conflict(
            "The row that this page begins after is gone. Begin again with the first page.",
            code="unknown_place",
            errors=[FieldError("after", "unknown_place", "is gone")],
        )
    return found[0]


def order(entity: type[Entity], sort: str) -> tuple[InstrumentedAttribute[Any], bool]:
    """Give the column to sort by, and whether the order is turned round.

    Ids are made in the order of time, so `created_at` sorts by the id and needs no index.
    """
    name = sort.removeprefix("-")
    return getattr(entity, "id" if name == "created_at" else name), sort.startswith("-")


@lru_cache(maxsize=1024)
def in_order(entity: type[Entity], sort: str, most: int) -> Select[Any]:
    """Give the statement for rows in use, in an order, `most` of them.

    It is kept, with what SQLAlchemy notes on it: most lists are asked for without a condition.
    """
    column, descending = order(entity, sort)
    rows_in_use = select(entity).where(entity.archived_at.is_(None))
    return rows_in_use.order_by(*ends(entity, column, descending=descending)).limit(most)


def ends(
    entity: type[Entity], column: InstrumentedAttribute[Any], *, descending: bool
) -> list[ColumnElement[Any]]:
    """Give the order of the rows: by the column, those without a value last, and then by the id.

    What is always filled is sorted plainly, so that an index can give the order.
    """
    keys = [column] if column.key == "id" else [column, entity.id]
    sorted_by = [key.desc() if descending else key.asc() for key in keys]
    return [
        way.nulls_last() if may_be_empty(key) else way
        for key, way in zip(keys, sorted_by, strict=True)
    ]


def may_be_empty(column: InstrumentedAttribute[Any]) -> bool:
    """Whether there are rows without a value; what is calculated may always be blank."""
    return bool(getattr(column, "nullable", True))


def conditions(entity: type[Entity], query: Query) -> list[ColumnElement[bool]]:
    """Give the conditions of the query's filters: `stage=done`, `due_on__gte=2026-03-31`."""
    found = []
    for name, value in filters(query).items():
        field, comparison = parted(name)
        found.append(COMPARISONS[comparison](getattr(entity, field), value))
    return found


def asked_about(query: Query) -> set[str]:
    """Give the fields that the query's order and filters speak of."""
    return {query.sort.removeprefix("-"), *(parted(name)[0] for name in filters(query))}


def parted(name: str) -> tuple[str, str]:
    """Part the name of a filter into field and comparison."""
    field, _, comparison = name.partition("__")
    return field, comparison


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
    same = literal(value, column.type)
    ahead = column < same if descending else column > same
    rest = column.is_(None) if may_be_empty(column) else false()
    return or_(ahead, and_(column == same, further), rest)
