"""The indexes of a record as the frozen first migration makes them.

`app.platform.indexes` makes the same ones from the models; a generated project's drift check
compares the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scaffold.resolve.columns import Column
from scaffold.resolve.constraints import TENANT, fitting
from scaffold.resolve.layout import call, literal, quoted


def indexes(table: str, columns: Sequence[Column], *, apart: bool) -> Iterator[str]:
    """Give a line of the migration for each index; `apart`, of one customer's rows."""
    among = (TENANT,) * apart
    settling = {column.name for column in columns if column.unique and not column.optional}
    for names in orders(columns):
        rest = () if settling & {*names[-1:]} else ("id",)
        yield _index("index_in_use(", table, names, (*among, *names, *rest))
    for column in columns:
        if column.index:
            named = (column.name,)
            yield _index("op.create_index(", table, named, (*among, column.name, "id"))
        if column.searchable:
            name = quoted(fitting("ix", table, column.name, "words"))
            yield call("index_words(", [name, quoted(table), quoted(column.name)], indent=1)


def orders(columns: Sequence[Column]) -> Iterator[tuple[str, ...]]:
    """Yield the orders in which lists walk through the rows in use."""
    yield ()
    staged = any(column.name == "stage" and column.listed for column in columns)
    for column in columns:
        if column.listed and (not column.unique or column.optional or column.timely):
            yield (column.name,)
        if column.listed and column.timely and staged:
            yield ("stage", column.name)


def _index(head: str, table: str, named: tuple[str, ...], columns: tuple[str, ...]) -> str:
    name = quoted(fitting("ix", table, *named))
    return call(head, [name, quoted(table), literal(list(columns), indent=2)], indent=1)
