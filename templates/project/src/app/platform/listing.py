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

from sqlalchemy import ColumnElement, select

from app.platform.db import Entity, Session
from app.platform.errors import Conflict, FieldError
from app.platform.keyset import Place, following, order
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
    after, sort = None, sort_of(query)
    if query.after is not None:
        after = place(session, entity, sort, query.after, seen)
    rows = following(session, entity, sort, query.limit + 1, narrowed, after)
    more = len(rows) > query.limit
    return PageOfRows(rows[: query.limit], rows[query.limit - 1].id if more else None)


def place(
    session: Session,
    entity: type[Entity],
    sort: str,
    row_id: UUID,
    seen: Sequence[ColumnElement[bool]],
) -> Place:
    """Give the place of a row in an order; it may be in the archive by now.

    Raises Conflict for a row that is gone, or that the actor may not see.
    """
    column, _ = order(entity, sort)
    if column.key == "id":
        return Place(row_id, row_id)
    found = session.execute(select(column).where(entity.id == row_id, *seen)).one_or_none()
    if found is None:
        raise Conflict(
            "The row that this page begins after is gone. Begin again with the first page.",
            code="unknown_place",
            errors=[FieldError("after", "unknown_place", "is gone")],
        )
    return Place(found[0], row_id)


def sort_of(query: Query) -> str:
    """Give the order of a list; rows that all hold one value there are in the order of their ids."""
    name = query.sort.removeprefix("-")
    same = name in filters(query) or f"{name}__eq" in filters(query)
    return query.sort.replace(name, "created_at") if same else query.sort


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
