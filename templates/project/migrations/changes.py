"""From what Alembic found to the steps of a migration that keeps every row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from alembic.operations import ops
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import ForeignKeyConstraint

from migrations import columns, holding, indexes, looking
from migrations.going import in_order
from migrations.renames import Renames
from migrations.said import Said
from migrations.statements import Sql, listed, literal, quoted
from migrations.steps import Step, Turn


def steps_of(operations: Iterable[Any], context: MigrationContext) -> list[Step]:
    """Every step. Raises CommandError for what would lose something and that nobody has said."""
    return list(Changes(operations, context).steps())


class Changes:
    """What differs between the models and the database, once renames are told apart."""

    def __init__(self, operations: Iterable[Any], context: MigrationContext) -> None:
        self.said = Said(context)
        self.renames = Renames(flat(operations), self.said)
        self.renames.find(context)
        left = self.renames.left
        self.new = {op.table_name for op in left if isinstance(op, ops.CreateTableOp)}
        self.gone = {op.table_name for op in left if isinstance(op, ops.DropTableOp)}
        self.dropped = _columns(left, ops.DropColumnOp)
        self.fresh = _columns(left, ops.AddColumnOp) | _columns(left, ops.AlterColumnOp)

    def steps(self) -> Iterator[Step]:
        """Give each step, in any order: its turn says when it comes."""
        yield from self.renames.steps
        for op in in_order(self.renames.left):
            yield from self._step(op)
        yield from self._words()

    def _step(self, op: Any) -> Iterator[Step]:
        table = getattr(op, "table_name", None) or getattr(op, "source_table", None)
        if isinstance(op, ops.DropTableOp):
            yield self._table_gone(op)
        elif table in self.new:
            yield Step(Turn.MAKE, [op], [] if isinstance(op, ops.CreateIndexOp) else [op.reverse()])
        elif table in self.gone:
            yield Step(Turn.DROP, [], [op.reverse()])
        else:
            yield from self._in_use(op)

    def _in_use(self, op: Any) -> Iterator[Step]:
        """A change of a table that people work with."""
        ways: dict[type, Callable[[Any], Iterable[Step]]] = {
            ops.AddColumnOp: lambda op: columns.added(op, self.said),
            ops.DropColumnOp: lambda op: [columns.dropped(op, self.said)],
            ops.AlterColumnOp: self._altered,
            ops.DropIndexOp: lambda op: [indexes.dropped(op, self.dropped)],
            ops.CreateIndexOp: indexes.made,
            ops.CreateCheckConstraintOp: self._check,
            ops.CreateUniqueConstraintOp: self._unique,
            ops.CreateForeignKeyOp: self._relation,
            ops.DropConstraintOp: lambda op: [holding.free(op)],
        }
        known = ways.get(type(op))
        yield from known(op) if known else [Step(Turn.MAKE, [op], [op.reverse()])]

    def _altered(self, op: ops.AlterColumnOp) -> Iterator[Step]:
        yield from columns.changed(op, self.said)
        digest = f"{op.column_name}_digest"
        if op.modify_type is not None and (op.table_name, digest) in self.dropped:
            yield columns.found_again(op, digest)

    def _table_gone(self, op: ops.DropTableOp) -> Step:
        name = op.table_name
        if not self.said.table_is_retired(name):
            raise CommandError(
                f"Nothing was written: the table {name} would go with all its rows. If nobody "
                f"needs them, write `retired` in blueprint.yml, or RETIRED={name} behind "
                "`make migration`."
            )
        gone = Sql(f"DROP TABLE {quoted(name)}", meant="ban-drop-table")
        return Step(Turn.GO, [gone], [op.reverse()])

    def _check(self, op: ops.CreateCheckConstraintOp) -> Iterator[Step]:
        table, rule = op.table_name, str(op.to_constraint().sqltext)
        more = ""
        for column in self.said.tables[table].columns:
            words = self.said.renamed(table, column.name)
            if words and quoted(column.name) in rule:
                more += f" AND {quoted(column.name)} NOT IN ({listed(list(words))})"
        yield self._look(table, rule, looking.breaking(table, rule, more), more)
        yield from holding.held(op)

    def _look(self, table: str, rule: str, guard: Sql, more: str = "") -> Step:
        """Look at rows as they are now; at what only comes with this migration, after that."""
        if any(quoted(name) in rule for of, name in self.fresh if of == table):
            return Step(Turn.LOOK_AGAIN, [guard])
        before = self.renames.before
        if before(table, rule) != rule:
            guard = looking.breaking(table, before(table, rule), before(table, more))
        return Step(Turn.LOOK, [guard])

    def _unique(self, op: ops.CreateUniqueConstraintOp) -> Iterator[Step]:
        table = op.table_name
        names = [str(getattr(column, "name", column)) for column in op.columns]
        shown = looking.may_be_shown([self.said.info(table, name) for name in names])
        old = [self.renames.columns.get(table, {}).get(name, name) for name in names]
        if any((table, name) in self.fresh for name in names):
            yield Step(Turn.LOOK_AGAIN, [looking.standing_twice(table, names, shown=shown)])
        else:
            yield Step(Turn.LOOK, [looking.standing_twice(table, old, shown=shown)])
        yield from holding.unique(op)

    def _relation(self, op: ops.CreateForeignKeyOp) -> Iterator[Step]:
        table, (*_, column) = op.source_table, op.local_cols
        again = any(_same(op, other) for other in self.renames.left)
        if not again and (table, column) not in self.fresh and op.referent_table not in self.new:
            was = self.renames.columns.get(table, {}).get(column, column)
            yield Step(
                Turn.LOOK, [looking.pointing_nowhere(table, was, op.referent_table)]
            )  # fmt: skip
        yield from holding.held(op)

    def _words(self) -> Iterator[Step]:
        """Choices and stages that have other names now, in every row."""
        for op in self.renames.left:
            if not isinstance(op, ops.CreateCheckConstraintOp) or op.table_name in self.new:
                continue
            table = op.table_name
            rule = str(op.to_constraint().sqltext)
            for column in self.said.tables[table].columns:
                words = self.said.renamed(table, column.name)
                if words and rule.startswith(f"{quoted(column.name)} IN "):
                    yield _reworded(table, column.name, words, self._before(table, column.name))

    def _before(self, table: str, column: str) -> str:
        """The text of the check that goes, which knows the old words."""
        was = self.renames.columns.get(table, {}).get(column, column)
        for op in self.renames.left:
            dropped = isinstance(op, ops.DropConstraintOp) and op.table_name == table
            if dropped and str(op.constraint_name).startswith(f"ck_{was}_choices"[:54]):
                return str(op.reverse().to_constraint().sqltext)
        return ""


def _reworded(table: str, column: str, words: dict[str, str], before: str) -> Step:
    back = {new: old for old, new in words.items() if f"'{new}'" not in before}
    up, down = (_words_changed(table, column, pairs) for pairs in (words, back))
    return Step(Turn.CHANGE, [up], [down] if back else [])


def _words_changed(table: str, column: str, words: dict[str, str]) -> Sql:
    name = quoted(column)
    cases = " ".join(f"WHEN {literal(old)} THEN {literal(new)}" for old, new in words.items())
    return Sql(
        f"UPDATE {quoted(table)} SET {name} = CASE {name} {cases} END\n"
        f"WHERE {name} IN ({listed(list(words))})"
    )


def flat(operations: Iterable[Any]) -> list[Any]:
    """Give the operations one by one."""
    return [
        part
        for op in operations
        for part in (op.ops if isinstance(op, ops.ModifyTableOps) else [op])
    ]


def _columns(left: list[Any], sort: Any) -> set[tuple[str, str]]:
    found = [op for op in left if isinstance(op, sort)]
    return {
        (op.table_name, op.column.name if hasattr(op, "column") else op.column_name) for op in found
    }


def _same(new: ops.CreateForeignKeyOp, other: Any) -> bool:
    """Whether a relation goes that pointed to the same rows."""
    if not isinstance(other, ops.DropConstraintOp) or other.table_name != new.source_table:
        return False
    old = other.reverse().to_constraint()
    if not isinstance(old, ForeignKeyConstraint):
        return False
    pair = old.elements[-1]  # before it, where customers are kept apart, is the customer
    return pair.column.table.name == new.referent_table and old.column_keys == new.local_cols
