"""The indexes of records: what lists are sorted or filtered by has one, in the order of its pages.

A list shows rows in use, in the order of a field and then of the id. An index that holds them so
gives any page as it stands; see `keyset`. A stage goes with a time, because old rows stand in other
stages than new ones: whoever walks all rows by their time to find those of one stage walks far.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import JSON, Column, Date, DateTime, Index, Interval, Table, func

from app.platform.constraints import TENANT, fitting

LONGEST_INDEXED = 676  # letters of up to four bytes each: no more fit into a line of an index
NOT_LISTED = (JSON, Interval)


def index_rows(table: Table) -> None:
    """Give the table of a record its indexes."""
    among = [table.c[TENANT]] if TENANT in table.c else []
    in_use = table.c.archived_at.is_(None)
    for names in orders(table):
        columns = [table.c[name] for name in names + (() if settles(table, names) else ("id",))]
        name = fitting("ix", table.name, *names)
        Index(name, *among, *columns, postgresql_where=in_use)
    for column in table.columns:
        if is_pointed_by(column):
            Index(fitting("ix", table.name, column.name), *among, column, table.c.id)
        if column.info.get("searchable"):
            name = fitting("ix", table.name, column.name, "words")
            Index(name, func.platform_words(column), postgresql_using="gin")


def orders(table: Table) -> Iterator[tuple[str, ...]]:
    """Yield the orders in which lists walk through the rows in use; the first is by the id alone."""
    yield ()
    staged = "stage" in table.c and is_listed(table.c.stage)
    for column in table.columns:
        walked = is_listed(column) and "if_deleted" not in column.info
        if walked and (not column.info.get("unique") or column.nullable or is_timely(column)):
            yield (column.name,)
        if walked and is_timely(column) and staged:
            yield ("stage", column.name)


def settles(table: Table, names: tuple[str, ...]) -> bool:
    """Whether no two rows stand at the same place of an order, so that ids need not part them."""
    last = table.c[names[-1]] if names else None
    return last is not None and bool(last.info.get("unique")) and not last.nullable


def is_listed(column: Column[Any]) -> bool:
    """Whether lists may be sorted or filtered by a column: it tells nothing about anybody."""
    info = column.info
    told = info.get("data") in ("public", "internal") and "personal" not in info.get("labels", ())
    kept = info.get("system") or info.get("sealed") or "file_types" in info
    fits = not info.get("text") or info.get("max", 0) <= LONGEST_INDEXED
    return bool(told and fits and not kept) and not isinstance(column.type, NOT_LISTED)


def is_timely(column: Column[Any]) -> bool:
    """Whether its values grow as time goes by."""
    return column.name == "number" or isinstance(column.type, Date | DateTime)


def is_pointed_by(column: Column[Any]) -> bool:
    """Whether a complete index is needed: rows in the archive point to others as well."""
    wanted = column.info.get("index", False)
    return bool(wanted and ("if_deleted" in column.info or not is_listed(column)))
