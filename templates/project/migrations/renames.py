"""Turns what Alembic takes for one thing gone and another one come into a change of its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from alembic.operations import ops
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, Column, LargeBinary

from app.platform.constraints import check, fitting
from migrations.indexes import name_before
from migrations.said import Said
from migrations.statements import (
    Call,
    constraints_renamed,
    field_renamed,
    index_renamed,
    quoted,
    table_renamed,
)
from migrations.steps import Step, Turn


class Renames:
    """What has another name now: tables, and columns of tables, each new name with its old one."""

    def __init__(self, operations: Iterable[Any], said: Said) -> None:
        self.left = list(operations)
        self.tables: dict[str, str] = {}
        self.columns: dict[str, dict[str, str]] = {}
        self.steps: list[Step] = []
        self._said = said

    def find(self, context: MigrationContext) -> None:
        """Take out of what is left whatever is only a change of name."""
        for op in [op for op in self.left if isinstance(op, ops.CreateTableOp)]:
            self._table(op)
        for op in [op for op in self.left if isinstance(op, ops.AddColumnOp)]:
            self._column(op, context)
        for op in [op for op in self.left if hasattr(op, "constraint_name") and _is_new(op)]:
            self._constraint(op)
        for op in [op for op in self.left if isinstance(op, ops.CreateIndexOp)]:
            self._index(op)

    def before(self, table: str, text: str) -> str:
        """Give an SQL condition with the names that columns had."""
        for new, old in self.columns.get(table, {}).items():
            text = text.replace(quoted(new), quoted(old))
        return text

    def _table(self, new: ops.CreateTableOp) -> None:
        was = self._said.was(new.table_name)
        old = self._find(ops.DropTableOp, table_name=was)
        if was is None or old is None:
            return
        self.tables[new.table_name] = was
        self._take(new, old)
        names = [(f"pk_{was}", f"pk_{new.table_name}")]
        self.steps.append(
            Step(
                Turn.RENAME,
                [table_renamed(was, new.table_name), *constraints_renamed(new.table_name, names)],
                [
                    *constraints_renamed(new.table_name, names, back=True),
                    table_renamed(new.table_name, was),
                ],
            )
        )

    def _column(self, new: ops.AddColumnOp, context: MigrationContext) -> None:
        table, column = new.table_name, new.column
        was = column.info.get("was")
        old = self._find(ops.DropColumnOp, table_name=table, column_name=was)
        if was is None or old is None:
            return
        self.columns.setdefault(table, {})[column.name] = was
        self._take(new, old)
        files = "file_types" in column.info
        self.steps.append(
            Step(
                Turn.RENAME,
                field_renamed(table, was, column.name, files=files),
                field_renamed(table, column.name, was, files=files),
            )
        )
        before = old.reverse().column
        self.steps += _sealed_again(table, before, column, was)
        self._otherwise(table, before, column, context)

    def _otherwise(
        self, table: str, old: Column[Any], new: Column[Any], context: MigrationContext
    ) -> None:
        """Leave the other differences of a renamed column as a change of its own."""
        differs = context.impl.compare_type(old, new)
        nullable = new.nullable if new.nullable != old.nullable else None
        if not differs and nullable is None:
            return
        self.left.append(
            ops.AlterColumnOp(
                table,
                new.name,
                existing_type=old.type,
                existing_nullable=old.nullable,
                modify_type=new.type if differs else None,
                modify_nullable=nullable,
            )
        )

    def _constraint(self, new: Any) -> None:
        """A constraint that only speaks of renamed columns gets the name that it would have."""
        table = new.to_constraint().table.name
        names = self.columns.get(table, {})
        was = _name_before(table, new, names)
        old = self._find(ops.DropConstraintOp, table_name=table, constraint_name=was)
        if was is None or was == new.constraint_name or old is None:
            return
        if isinstance(new, ops.CreateForeignKeyOp) and not _same_target(new, old.reverse()):
            return
        self._take(new, old)
        pair = [(was, str(new.constraint_name))]
        self.steps.append(
            Step(
                Turn.RENAME,
                constraints_renamed(table, pair),
                constraints_renamed(table, pair, back=True),
            )
        )

    def _index(self, new: ops.CreateIndexOp) -> None:
        table = new.table_name
        names = self.columns.get(table, {})
        was = name_before(new, names)
        old = self._find(ops.DropIndexOp, table_name=table, index_name=was)
        if was is None or old is None or was == new.index_name:
            return
        self._take(new, old)
        index = str(new.index_name)
        self.steps.append(
            Step(Turn.RENAME, [index_renamed(was, index)], [index_renamed(index, was)])
        )

    def _find(self, sort: type, **wanted: object) -> Any:
        found = (op for op in self.left if isinstance(op, sort))
        return next(
            (op for op in found if all(getattr(op, n) == v for n, v in wanted.items())), None
        )

    def _take(self, *taken: Any) -> None:
        self.left = [op for op in self.left if op not in taken]


def _is_new(op: Any) -> bool:
    sorts = (ops.CreateCheckConstraintOp, ops.CreateUniqueConstraintOp, ops.CreateForeignKeyOp)
    return isinstance(op, sorts)


def _name_before(table: str, new: Any, names: dict[str, str]) -> str | None:
    """What the constraint would be called if the columns had the names that they had."""
    constraint = new.to_constraint()
    if isinstance(constraint, CheckConstraint):
        return _check_before(constraint, names)
    columns = [names.get(column.name, column.name) for column in constraint.columns]
    if isinstance(new, ops.CreateForeignKeyOp):
        return f"fk_{columns[-1]}"
    return fitting("uq", table, *columns)


def _check_before(constraint: CheckConstraint, names: dict[str, str]) -> str | None:
    text, label = str(constraint.sqltext), str(constraint.name)[3:-9]
    for new, old in names.items():
        if quoted(new) in text:
            text = text.replace(quoted(new), quoted(old))
            label = f"{old}{label[len(new) :]}" if label.startswith(f"{new}_") else label
    return str(check(label, text).name)


def _same_target(new: ops.CreateForeignKeyOp, old: Any) -> bool:
    return (new.referent_table, new.kw.get("ondelete")) == (
        old.referent_table, old.kw.get("ondelete"),
    )  # fmt: skip


def _sealed_again(table: str, old: Column[Any], new: Column[Any], was: str) -> Iterator[Step]:
    """A sealed value is bound to its column: under another name it has to be sealed again."""
    if not isinstance(old.type, LargeBinary):
        return
    of = new.info.get("digest_of")
    if of is not None:
        place = f"{table}.{was.removesuffix('_digest')}"
        kind = new.table.columns[of].type.kind
        up = Call("digest", table, new.name, of=of, kind=kind)
        down = Call("digest", table, new.name, of=of, kind=kind, place=place)
        yield Step(Turn.LOOK_AGAIN, [up], [down])
        return
    up = Call("reseal", table, new.name, was=f"{table}.{was}")
    down = Call("reseal", table, new.name, was=f"{table}.{new.name}", now=f"{table}.{was}")
    yield Step(Turn.FILL, [up], [down])
