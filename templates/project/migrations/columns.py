"""Columns that come, go, become required, or hold something else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from alembic.operations import ops
from alembic.util import CommandError
from sqlalchemy import JSON, Column, LargeBinary, Numeric, String, text
from sqlalchemy.types import TypeEngine

from app.platform.sealed import Sealed
from migrations import looking
from migrations.said import CLOCK, Said, as_sql
from migrations.statements import DIALECT, Call, Sql, altered, escaped, quoted
from migrations.steps import Step, Turn

KINDS = {
    "VARCHAR": "text", "BIGINT": "integer", "NUMERIC": "decimal", "BOOLEAN": "yes_no",
    "DATE": "date", "TIME": "time", "TIMESTAMP": "datetime", "INTERVAL": "duration",
    "JSON": "json", "UUID": "uuid",
}  # fmt: skip
"""The kind of a sealed value that was, or becomes, a column of that type."""


def added(op: ops.AddColumnOp, said: Said) -> Iterator[Step]:
    """A new column; one that is required is filled in every row that is there."""
    table, column = op.table_name, op.column
    sealed = isinstance(column.type, Sealed)
    of = column.info.get("digest_of")
    if of is None and (column.nullable or not sealed):
        yield Step(Turn.MAKE, [_addable(op, said)], [_dropped(table, column.name)])
        return
    bare = Column(column.name, LargeBinary(), nullable=True)
    yield Step(Turn.MAKE, [ops.AddColumnOp(table, bare)], [_dropped(table, column.name)])
    if of is not None:
        kind: Any = said.tables[table].columns[of].type
        yield Step(Turn.LOOK_AGAIN, [Call("digest", table, column.name, of=of, kind=kind.kind)])
    else:
        yield Step(Turn.FILL, [_filled(table, column, _needed(table, column, said))])
    if not column.nullable:
        yield from _required(table, column.name)


def _addable(op: ops.AddColumnOp, said: Said) -> ops.AddColumnOp | Sql:
    """The column as it can be added to rows: PostgreSQL fills it without writing them anew."""
    column = op.column
    if column.nullable:
        return op
    value = as_sql(_needed(op.table_name, column, said), column)
    if value in CLOCK.values():
        made = f"ADD COLUMN {quoted(column.name)} {_sql(column.type)} DEFAULT {value} NOT NULL"
        return altered(op.table_name, made, meant="adding-field-with-default")
    default = text(escaped(value))
    filled = Column(column.name, column.type, server_default=default, nullable=False)
    return ops.AddColumnOp(op.table_name, filled)


def _needed(table: str, column: Column[Any], said: Said) -> object:
    """What rows get that have nothing; raises CommandError where nobody has said it."""
    value = said.value(table, column)
    if value is None:
        raise CommandError(
            f"Nothing was written: {table}.{column.name} is new and required, and nothing says "
            "what rows get that are there. Write `backfill` in blueprint.yml (`backfill=` in a "
            "model of your own), or make it optional."
        )
    return value


def _filled(table: str, column: Column[Any], value: object) -> Sql | Call:
    if isinstance(column.type, Sealed):
        return Call("fill", table, column.name, value, kind=column.type.kind)
    name = quoted(column.name)
    return Sql(f"UPDATE {quoted(table)} SET {name} = {as_sql(value, column)} WHERE {name} IS NULL")


def _required(table: str, column: str) -> Iterator[Step]:
    """Required in every row: looked at while people work, and only then made so."""
    name, held = quoted(column), quoted(f"nn__{column[:50]}")
    hold = f"ADD CONSTRAINT {held} CHECK ({name} IS NOT NULL) NOT VALID"
    free = altered(table, f"DROP CONSTRAINT IF EXISTS {held}")
    yield Step(Turn.HOLD, [altered(table, hold)], [free])
    yield Step(
        Turn.AFTER,
        [
            altered(table, f"VALIDATE CONSTRAINT {held}"),
            altered(table, f"ALTER COLUMN {name} SET NOT NULL", meant="adding-not-nullable-field"),
            free,
        ],
        [altered(table, f"ALTER COLUMN {name} DROP NOT NULL")],
    )


def dropped(op: ops.DropColumnOp, said: Said) -> Step:
    """A column that goes; raises CommandError unless somebody said so."""
    table, name = op.table_name, op.column_name
    if not said.column_is_retired(table, name):
        raise CommandError(
            f"Nothing was written: {table}.{name} would go with all its values. If it has another "
            f'name now, say so there (`was: {name}`; `was="{name}"` in a model of your own). If '
            f"nobody needs it, write `retired: [{name}]` in blueprint.yml, or RETIRED={table}."
            f"{name} behind `make migration`."
        )
    before = op.reverse().column
    back = Column(before.name, before.type, nullable=True)
    return Step(Turn.GO, [_dropped(table, name)], [ops.AddColumnOp(table, back)])


def _dropped(table: str, name: str) -> Sql:
    return altered(table, f"DROP COLUMN {quoted(name)}", meant="ban-drop-column")


def changed(op: ops.AlterColumnOp, said: Said) -> Iterator[Step]:
    """A column that holds something else, is required now, or is not any more."""
    table, name = op.table_name, op.column_name
    column = said.tables[table].columns[name]
    if op.modify_type is not None:
        yield _retyped(op, column)
    if op.modify_nullable is None:
        return
    if op.modify_nullable:
        let = f"ALTER COLUMN {quoted(name)} DROP NOT NULL"
        free = altered(table, let, meant="ban-drop-not-null")
        need = altered(table, f"ALTER COLUMN {quoted(name)} SET NOT NULL")
        yield Step(Turn.CHANGE, [free], [need])
        return
    value = said.value(table, column)
    if value is None:
        yield Step(Turn.LOOK_AGAIN, [looking.without(table, name)])
    else:
        yield _filled_in(op, column, value)
    yield from _required(table, name)


def _filled_in(op: ops.AlterColumnOp, column: Column[Any], value: object) -> Step:
    """Fill a column as long as it is plain: before it is sealed, or after it was opened."""
    if op.modify_type is None:
        return Step(Turn.FILL, [_filled(op.table_name, column, value)])
    opened = isinstance(op.existing_type, LargeBinary)
    plain: Any = op.modify_type if opened else op.existing_type
    fill = _filled(op.table_name, Column(column.name, plain), value)
    return Step(Turn.LOOK_AGAIN if opened else Turn.FILL, [fill])


def _retyped(op: ops.AlterColumnOp, column: Column[Any]) -> Step:
    """Another type: sealed, opened, or wider; raises CommandError for everything else."""
    old, new = op.existing_type, op.modify_type
    table, name = op.table_name, op.column_name
    held = {"required": True} if op.existing_nullable is False else {}
    if isinstance(new, Sealed) and not isinstance(old, LargeBinary):
        seal = Call("seal", table, name, kind=new.kind, **held)
        back = Call("unseal", table, name, kind=new.kind, type_=_sql(old), **held)
        return Step(Turn.CHANGE, [seal], [back])
    if isinstance(old, LargeBinary) and not isinstance(new, LargeBinary | Sealed):
        kind = _kind(new)
        unseal = Call("unseal", table, name, kind=kind, type_=_sql(new), **held)
        return Step(Turn.CHANGE, [unseal], [Call("seal", table, name, kind=kind, **held)])
    if not _wider(old, new):
        raise CommandError(
            f"Nothing was written: {table}.{name} would hold another type, {_sql(old)} → "
            f"{_sql(new)}, and its values may not fit. Make a column of another name, fill it in "
            f"a migration, and retire `{name}`."
        )
    return Step(Turn.CHANGE, [_typed(table, name, new)], [_typed(table, name, old)])


def found_again(op: ops.AlterColumnOp, digest: str) -> Step:
    """On the way back what was opened is sealed, and then has a digest again."""
    kind = _kind(op.modify_type)
    back = Call("digest", op.table_name, digest, of=op.column_name, kind=kind)
    return Step(Turn.FILL, [], [back])


def _typed(table: str, name: str, type_: Any) -> Sql:
    change = f"ALTER COLUMN {quoted(name)} TYPE {_sql(type_)}"
    return altered(table, change, meant="changing-column-type")


def _wider(old: Any, new: Any) -> bool:
    """Whether every value of the old type is one of the new, just as it stands."""
    if isinstance(old, String) and isinstance(new, String):
        return new.length is None or (old.length or new.length + 1) <= new.length
    if isinstance(old, Numeric) and isinstance(new, Numeric):
        places = (new.scale or 0) - (old.scale or 0)
        return places >= 0 and (new.precision or 0) - (old.precision or 0) >= places
    return False


def _sql(type_: Any) -> str:
    return str(type_.compile(dialect=DIALECT))


def _kind(type_: TypeEngine[Any]) -> str:
    return "json" if isinstance(type_, JSON) else KINDS[_sql(type_).split("(")[0].split(" ")[0]]
