"""Indexes of tables that people work with: built while they go on, and renamed with their columns.

An index that was interrupted is taken away before it is built again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from alembic.operations import ops
from sqlalchemy import Column, Index
from sqlalchemy.schema import CreateIndex
from sqlalchemy.sql.visitors import iterate

from app.platform.constraints import TENANT, fitting
from migrations.statements import Sql, compiled, quoted
from migrations.steps import Step, Turn

BESIDE = (TENANT, "id")
"""What stands in an index beside what it is called by."""
NAME_IN_SQL = re.compile(r'"((?:[^"]|"")+)"|(\w+)')


def made(op: ops.CreateIndexOp) -> Iterator[Step]:
    """An index that is built while people go on working."""
    index = op.to_index()
    yield Step(Turn.ALONE, built(index), [gone(str(index.name))])


def dropped(op: ops.DropIndexOp, columns: set[tuple[str, str]]) -> Step:
    """An index that nobody needs; one of a column that goes, goes with it."""
    before = op.reverse()
    if {(op.table_name, name) for name in names_in(before)} & columns:
        return Step(Turn.DROP, [], [before])
    return Step(Turn.ALONE, [gone(str(op.index_name))], built(before.to_index()))


def built(index: Index) -> list[Sql]:
    """Give the statements that build it."""
    index.dialect_options["postgresql"]["concurrently"] = True
    statement = compiled(CreateIndex(index, if_not_exists=True))
    return [gone(str(index.name)), Sql(statement, alone=True)]


def gone(name: str) -> Sql:
    """Give the statement that takes it away."""
    return Sql(f"DROP INDEX CONCURRENTLY IF EXISTS {quoted(name)}", alone=True)


def name_before(op: ops.CreateIndexOp, names: Mapping[str, str]) -> str | None:
    """Give what an index would be called if columns had the names that they had: new, then old."""
    columns = [name for name in names_in(op) if name not in BESIDE]
    for more in ((), ("words",)):
        if op.index_name == fitting("ix", op.table_name, *columns, *more):
            old = [names.get(column, column) for column in columns]
            return fitting("ix", op.table_name, *old, *more)
    return None


def names_in(op: ops.CreateIndexOp) -> list[str]:
    """Give the names in an index: of columns, and in what the database says of an expression."""
    return [name for part in op.columns for name in _names(part)]


def _names(part: Any) -> list[str]:
    # An expression that the database told is one column there, whose name is the expression.
    parts = () if isinstance(part, str) else iterate(part)
    told = [str(found.name) for found in parts if isinstance(found, Column)] or [str(part)]
    return [one or other for text in told for one, other in NAME_IN_SQL.findall(text)]
