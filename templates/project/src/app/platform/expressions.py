"""Expressions of the blueprint as SQL: `{quantity} * {price}`.

What stands in braces is a name: a field, `customer.email` over a relation, `sum of order_lines.net`
and `number of order_lines` over the parts of a row, `my limit` of the user who acts, `today` and
`now`. All around it is SQL. Nothing that a request brings stands in an expression.

A calculated field is found by its name like any other, so what is calculated is said once: lists,
filters, orders, conditions of moves and further calculations all read the same definition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import (
    ClauseList,
    ColumnElement,
    Date,
    FromClause,
    Interval,
    Select,
    Table,
    and_,
    bindparam,
    cast,
    event,
    func,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.orm import Mapper, column_property
from sqlalchemy.sql.elements import Grouping
from sqlalchemy.types import NULLTYPE, TypeEngine

from app.platform.access import column_of, table_of, target_of
from app.platform.bounded import bounded
from app.platform.columns import Calculated
from app.platform.db import Base, Entity
from app.platform.pieces import PIECE
from app.settings import settings

NOTHING: Any = None
"""What stands between the pieces of an expression."""

CALCULATED: dict[str, Mapping[str, Calculated]] = {}
"""The calculated fields of each table, by their names."""

Value = ColumnElement[Any]


def written(
    text: str, mean: Callable[[str], Value], kind: TypeEngine[Any] = NULLTYPE
) -> ColumnElement[Any]:
    """Give an expression as SQL, every name in it replaced by what it means."""
    pieces = (
        mean(piece[1:-1]) if piece.startswith("{") else literal_column(piece.strip())
        for piece in PIECE.findall(text)
        if not piece.isspace()
    )
    return type_coerce(Grouping(ClauseList(*pieces, operator=NOTHING, group_contents=False)), kind)


class Row:
    """The row that an expression speaks of, in a table or in what stands for it in a query."""

    def __init__(self, table: Table, source: FromClause | None = None) -> None:
        self.table = table
        self.source = table if source is None else source

    def stored(self, column: str) -> Value:
        """Give what a column holds."""
        return self.source.c[column]

    def mean(self, name: str) -> Value:
        """Give what a name in braces means here."""
        match name.split():
            case ["today"]:
                zone: Value = bindparam(None, callable_=lambda: settings().time_zone)
                return cast(func.timezone(zone, func.now()), Date)
            case ["now"]:
                return func.now()
            case ["sum", "of", path]:
                table, _, field = path.partition(".")
                return self._of_parts(table, lambda part: total(part.at(field)))
            case ["number", "of", table]:
                return self._of_parts(table, lambda _: func.count())
        return self.at(name)

    def at(self, path: str) -> Value:
        """Give the field at the end of a path of relations."""
        name, _, rest = path.partition(".")
        if not rest and name in CALCULATED.get(self.table.name, ()):
            field = CALCULATED[self.table.name][name]
            return bounded(written(field.text, self.mean), field.type)
        column = column_of(self.table, name)
        if not rest:
            return self.stored(column.name)
        other = target_of(column).alias()
        found = select(Row(target_of(column), other).at(rest))
        return self._inside(found.where(other.c.id == self.stored(column.name)))

    def _of_parts(self, name: str, value: Callable[[Row], Value]) -> Value:
        """Give one value of all parts together."""
        table = Base.metadata.tables[name]
        part = Row(table, table.alias())
        found = select(value(part)).select_from(part.source).where(part.is_part_of(self))
        return self._inside(found)

    def is_part_of(self, whole: Row) -> ColumnElement[bool]:
        """Give the condition that this is part of another row.

        What went into the archive before its whole did is no part of it any more.
        """
        relation = self.stored(column_of(self.table, self.table.info["part_of"]).name)
        there = self.stored("archived_at").is_not_distinct_from(whole.stored("archived_at"))
        return and_(relation == whole.stored("id"), there)

    def _inside(self, found: Select[Any]) -> Value:
        return found.correlate(self.source).scalar_subquery()


def total(value: Value) -> Value:
    """Give the sum of a value, which is nothing at all where there is nothing to add."""
    nothing = "INTERVAL '0'" if isinstance(value.type, Interval) else "0"
    return func.coalesce(func.sum(value), literal_column(nothing), type_=value.type)


@event.listens_for(Mapper, "before_configured")
def calculate() -> None:
    """Give every record the calculated fields that its class names."""
    added = []
    for entity in records(Entity):
        found = {n: held for n, held in vars(entity).items() if isinstance(held, Calculated)}
        CALCULATED.setdefault(table_of(entity).name, found)
        added += [(entity, name) for name in found]
    for entity, name in added:
        delattr(entity, name)  # what is mapped takes the place of its declaration
        expression = Row(table_of(entity)).at(name)
        entity.__mapper__.add_property(name, column_property(expression))


def records(entity: type[Entity]) -> Iterator[type[Entity]]:
    """Give every record that is built on a class; an abstract one is none."""
    for record in entity.__subclasses__():
        if "__abstract__" not in vars(record):
            yield record
        yield from records(record)
