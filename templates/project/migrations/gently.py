"""Writes migrations that hold nobody up.

What has to look at every row of a table that people work with becomes a second migration, after
the first one is committed: there it takes no lock that stops them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from alembic.autogenerate import renderers
from alembic.autogenerate.api import AutogenContext
from alembic.operations import ops
from alembic.runtime.migration import MigrationContext
from alembic.util import rev_id
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import AddConstraint, CreateIndex, DDLElement, Index

DIALECT: Any = postgresql.dialect()


class Alone(ops.MigrateOperation):
    """A statement that makes something of that name, and cannot be part of a transaction."""

    def __init__(self, name: str, statement: str) -> None:
        self.name = name
        self.statement = statement


@renderers.dispatch_for(Alone)
def render(_: AutogenContext, alone: Alone) -> str:
    """Give the Python of the statement."""
    return f"with op.get_context().autocommit_block():\n        op.execute({alone.statement!r})"


def gently(context: MigrationContext, _revision: object, directives: list[Any]) -> None:
    """Change what `alembic revision --autogenerate` is about to write."""
    config = context.config
    if config is None or not getattr(config.cmd_opts, "autogenerate", False):
        return  # another command only wants to know what differs
    script = directives[0]
    if script.upgrade_ops.is_empty():
        directives.clear()
        config.print_stdout("The models say nothing that the migrations do not: nothing written.")
        return
    first, second = divided(script.upgrade_ops.ops)
    script.upgrade_ops.ops = first
    if second:
        late = {op.name for op in second if isinstance(op, Alone)}
        script.downgrade_ops.ops, back = returned(script.downgrade_ops.ops, late)
        directives.append(following(script, second, back))


def divided(operations: list[Any]) -> tuple[list[Any], list[Any]]:
    """Give what may happen at once, and what has to look at every row of a table in use."""
    new = {op.table_name for op in operations if isinstance(op, ops.CreateTableOp)}
    first: list[Any] = []
    alone: list[Any] = []
    second: list[Any] = []
    for op in operations:
        if getattr(op, "table_name", None) in new:
            first.append(op)
            continue
        for part in op.ops if isinstance(op, ops.ModifyTableOps) else [op]:
            first += at_once(part)
            alone += on_its_own(part)
            second += afterwards(part)
    return first, alone + second


def returned(operations: list[Any], late: set[str]) -> tuple[list[Any], list[Any]]:
    """Give the way back of the first migration and of the second, which made what is `late`."""
    flat = [
        part
        for op in operations
        for part in (op.ops if isinstance(op, ops.ModifyTableOps) else [op])
    ]
    names = [getattr(op, "index_name", None) or getattr(op, "constraint_name", "") for op in flat]
    pairs = list(zip(flat, names, strict=True))
    return [op for op, name in pairs if name not in late], [
        op for op, name in pairs if name in late
    ]


def following(script: Any, operations: list[Any], back: list[Any]) -> ops.MigrationScript:
    """Give the migration that comes after another one."""
    return ops.MigrationScript(
        rev_id=rev_id(),
        message=f"{script.message} second part",
        upgrade_ops=ops.UpgradeOps(operations),
        downgrade_ops=ops.DowngradeOps(back),
        head=script.rev_id,
        version_path=script.version_path,
    )


def at_once(op: Any) -> Iterator[Any]:
    """Give what a short lock is enough for."""
    if isinstance(op, ops.CreateCheckConstraintOp | ops.CreateForeignKeyOp):
        constraint = op.to_constraint()
        constraint.dialect_options["postgresql"]["not_valid"] = True
        yield ops.ExecuteSQLOp(sql(AddConstraint(constraint)))
    elif not isinstance(op, ops.CreateIndexOp | ops.CreateUniqueConstraintOp):
        yield op


def on_its_own(op: Any) -> Iterator[Any]:
    """Give the indexes that are built while people go on working."""
    if isinstance(op, ops.CreateIndexOp):
        yield concurrently(op.to_index())
    elif isinstance(op, ops.CreateUniqueConstraintOp):
        constraint = op.to_constraint()
        yield concurrently(Index(constraint.name, *constraint.columns, unique=True))


def afterwards(op: Any) -> Iterator[Any]:
    """Give what looks at rows that are there, or uses the indexes."""
    if isinstance(op, ops.CreateCheckConstraintOp | ops.CreateForeignKeyOp):
        yield altered(op.to_constraint(), "VALIDATE CONSTRAINT {name}")
    elif isinstance(op, ops.CreateUniqueConstraintOp):
        yield altered(op.to_constraint(), "ADD CONSTRAINT {name} UNIQUE USING INDEX {name}")


def altered(constraint: Any, change: str) -> ops.ExecuteSQLOp:
    """Give the statement that changes the constraint's table."""
    quote = DIALECT.identifier_preparer.quote
    change = change.format(name=quote(constraint.name))
    return ops.ExecuteSQLOp(f"ALTER TABLE {quote(constraint.table.name)} {change}")


def concurrently(index: Index) -> Alone:
    """Give the statement that builds an index without a lock."""
    index.dialect_options["postgresql"]["concurrently"] = True
    return Alone(str(index.name), sql(CreateIndex(index, if_not_exists=True)))


def sql(element: DDLElement) -> str:
    """Give the text of a statement; a colon in it is no parameter."""
    text = str(element.compile(dialect=DIALECT)).strip()
    return re.sub(r"(?<![:\w\\]):(?=\w)", r"\\:", text)
