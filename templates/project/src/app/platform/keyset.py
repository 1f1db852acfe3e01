"""Orders of rows, and the rows that follow a place in one (keyset paging).

An index over the field and the id gives the rows in their order, from any place and in either
direction, without looking at those before. PostgreSQL uses it for a place that is written as a
pair, `(due_on, id) > (…, …)`, and for an order that puts rows without a value where the index has
them. So the rows of an order come in two stretches, those with a value and then those without,
and the second is asked for only where the first leaves room.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, True_, literal, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from app.platform.db import Entity, Session

Row = TypeVar("Row", bound=Entity)
Stretch = Sequence[ColumnElement[bool]]
"""What holds for the rows of one stretch; nothing where it is all of them."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands in an order: by its value there, and then by its id."""

    value: Any
    id: UUID


def following(
    session: Session,
    entity: type[Row],
    sort: str,
    most: int,
    said: Sequence[ColumnElement[bool]],
    place: Place | None = None,
) -> list[Row]:
    """Give the rows in use that fulfil what is `said`, at most so many, in an order.

    They begin after `place`, and without one at the beginning.
    """
    narrowed = [condition for condition in said if not isinstance(condition, True_)]
    found: list[Row] = []
    for stretch in stretches(entity, sort, place):
        asked = in_order(entity, sort, most - len(found))
        if conditions := [*stretch, *narrowed]:
            asked = asked.where(*conditions)
        found += session.scalars(asked)
        if len(found) == most:
            break
    return found


def order(entity: type[Entity], sort: str) -> tuple[InstrumentedAttribute[Any], bool]:
    """Give the column to sort by, and whether the order is turned round.

    Ids are made in the order of time, so `created_at` sorts by the id.
    """
    name = sort.removeprefix("-")
    return getattr(entity, "id" if name == "created_at" else name), sort.startswith("-")


@lru_cache(maxsize=1024)
def in_order(entity: type[Entity], sort: str, most: int) -> Select[Any]:
    """Give the statement for rows in use, in an order, `most` of them.

    It is kept, with what SQLAlchemy notes on it: most lists are asked for without a condition.
    """
    column, descending = order(entity, sort)
    keys = [column] if column.key == "id" else [column, entity.id]
    ways = [key.desc() if descending else key.asc() for key in keys]
    return select(entity).where(entity.archived_at.is_(None)).order_by(*ways).limit(most)


def stretches(entity: type[Entity], sort: str, place: Place | None) -> Iterator[Stretch]:
    """Give the stretches of an order that come after a place."""
    column, descending = order(entity, sort)
    empty = column.is_(None)
    if place is None:
        yield [column.is_not(None)] if may_be_empty(column) else []
    elif place.value is None:
        further = entity.id < place.id if descending else entity.id > place.id
        yield [empty, further]
        return
    else:
        yield [beyond(column, entity.id, place, descending=descending)]
    if may_be_empty(column):
        yield [empty]


def may_be_empty(column: InstrumentedAttribute[Any]) -> bool:
    """Whether there are rows without a value; what is calculated may always be blank."""
    return bool(getattr(column, "nullable", True))


def beyond(
    column: InstrumentedAttribute[Any],
    key: InstrumentedAttribute[UUID],
    place: Place,
    *,
    descending: bool,
) -> ColumnElement[bool]:
    """Give the condition for rows with a value that stand behind a place."""
    if column.key == "id":
        return key < place.id if descending else key > place.id
    row = tuple_(column, key)
    there = tuple_(literal(place.value, column.type), literal(place.id, key.type))
    return row < there if descending else row > there
