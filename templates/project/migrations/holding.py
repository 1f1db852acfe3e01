"""Constraints of tables that people work with: made without stopping anybody.

What has to look at every row comes in a second migration: there it takes no lock that anybody
waits for, and can be tried again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from alembic.operations import ops
from sqlalchemy import CheckConstraint, Index
from sqlalchemy.schema import AddConstraint

from migrations.indexes import built
from migrations.statements import Sql, altered, compiled, quoted
from migrations.steps import Step, Turn


def held(op: Any) -> Iterator[Step]:
    """A check or a relation: for new rows at once, for those that are there afterwards."""
    constraint = op.to_constraint()
    constraint.dialect_options["postgresql"]["not_valid"] = True
    table, name = constraint.table.name, quoted(str(constraint.name))
    free = altered(table, f"DROP CONSTRAINT {name}")
    yield Step(Turn.HOLD, [Sql(compiled(AddConstraint(constraint)))], [free])
    yield Step(Turn.AFTER, [altered(table, f"VALIDATE CONSTRAINT {name}")])


def unique(op: ops.CreateUniqueConstraintOp) -> Iterator[Step]:
    """A unique constraint: first its index, then the constraint that uses it."""
    constraint = op.to_constraint()
    table, name = constraint.table.name, str(constraint.name)
    use = f"ADD CONSTRAINT {quoted(name)} UNIQUE USING INDEX {quoted(name)}"
    free = altered(table, f"DROP CONSTRAINT IF EXISTS {quoted(name)}")
    made = Index(name, *constraint.columns, unique=True)
    yield Step(Turn.ALONE, [free, *built(made)])
    yield Step(
        Turn.AFTER, [altered(table, use)], [altered(table, f"DROP CONSTRAINT {quoted(name)}")]
    )


def free(op: ops.DropConstraintOp) -> Step:
    """A constraint that goes. On the way back its text stands as it is: colons are no parameters."""
    back = op.reverse()
    constraint = back.to_constraint()
    if isinstance(constraint, CheckConstraint):
        held = f"ADD CONSTRAINT {quoted(str(op.constraint_name))} CHECK ({constraint.sqltext})"
        return Step(Turn.DROP, [op], [altered(op.table_name, held)])
    return Step(Turn.DROP, [op], [back])
