"""Seals, opens and seals again what is in the database; migrations call it.

It needs the keys of sealed values, so it runs where they are. SQL that is printed instead of run
stops at this point, in words, where there is any row.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op
from pydantic import TypeAdapter

from app.platform.sealed import TYPES, Kind, blind, keyring
from migrations.redacting import redact
from migrations.statements import quoted

AT_ONCE = 500
"""So many rows are read at once."""


def seal(table: str, column: str, *, kind: Kind, required: bool = False) -> None:
    """Seal every value of a plain column, which then holds sealed ones."""
    place, adapter = f"{table}.{column}", _adapter(kind)
    _swapped(
        table,
        column,
        "bytea",
        lambda value: keyring().seal(place, adapter.dump_json(adapter.validate_python(value))),
        required=required,
    )


def unseal(table: str, column: str, *, kind: Kind, type_: str, required: bool = False) -> None:
    """Open every value of a sealed column, which then holds plain ones of an SQL type."""
    place, adapter = f"{table}.{column}", _adapter(kind)

    def opened(value: bytes) -> Any:
        plain = adapter.validate_json(keyring().open(place, value))
        return adapter.dump_json(plain).decode() if kind == "json" else plain

    _swapped(table, column, type_, opened, required=required)


def reseal(table: str, column: str, *, was: str, now: str = "") -> None:
    """Seal every value again for the place where it is now; `was` and `now` are table.column."""
    place = now or f"{table}.{column}"

    def again(value: bytes) -> bytes:
        return keyring().seal(place, keyring().open(was, value))

    _each(table, column, column, again)


def fill(table: str, column: str, value: object, *, kind: Kind) -> None:
    """Seal one value into every row that has none."""
    adapter = _adapter(kind)
    plain = adapter.dump_json(adapter.validate_python(value))
    place = f"{table}.{column}"
    _each(table, "id", column, lambda _: keyring().seal(place, plain), empty=True)


def digest(table: str, column: str, *, of: str, kind: Kind, place: str = "") -> None:
    """Work out by what every value of the sealed column `of` is found.

    `place` is where it is going to be, where that is not where it is now.
    """
    here, adapter = f"{table}.{of}", _adapter(kind)

    def found(value: bytes) -> bytes:
        return blind(place or here, adapter.validate_json(keyring().open(here, value)))

    _each(table, of, column, found)


def _adapter(kind: Kind) -> TypeAdapter[Any]:
    return TypeAdapter(TYPES.get(kind, str))


def _swapped(
    table: str, column: str, type_: str, change: Callable[[Any], Any], *, required: bool
) -> None:
    """Put a column of another type, with every value changed, into the place of one."""
    its, name, other = quoted(table), quoted(column), quoted(f"{column}__now")
    op.execute(f"ALTER TABLE {its} ADD COLUMN {other} {type_}")
    _each(table, column, f"{column}__now", change)
    op.execute(f"-- squawk-ignore ban-drop-column\nALTER TABLE {its} DROP COLUMN {name}")
    op.execute(f"-- squawk-ignore renaming-column\nALTER TABLE {its} RENAME {other} TO {name}")
    if required:
        needed = f"ALTER TABLE {its} ALTER COLUMN {name} SET NOT NULL"
        op.execute(f"-- squawk-ignore adding-not-nullable-field\n{needed}")
    redact(table, column, f"{column}__now")


def _each(
    table: str,
    source: str,
    target: str,
    change: Callable[[Any], Any],
    *,
    empty: bool = False,
) -> None:
    """Write what becomes of `source` into `target`, row by row; with `empty` where nothing is."""
    if op.get_context().as_sql:
        _needs_keys(table, target)
        return
    connection, last = op.get_bind(), None
    its, read, write = quoted(table), quoted(source), quoted(target)
    some = f"{read} IS NOT NULL" + f" AND {write} IS NULL" * empty
    while True:
        onwards = "AND id > :last" if last else ""
        rows = connection.execute(
            sa.text(
                f"SELECT id, {read} FROM {its} WHERE {some} {onwards} ORDER BY id LIMIT {AT_ONCE}"
            ),
            {"last": last} if last else {},
        ).all()
        if not rows:
            return
        statement = sa.text(f"UPDATE {its} SET {write} = :value WHERE id = :id")
        connection.execute(statement, [{"id": row[0], "value": change(row[1])} for row in rows])
        last = rows[-1][0]


def _needs_keys(table: str, column: str) -> None:
    """Print a statement that stops whoever runs printed SQL on a table with rows."""
    words = f"{table}.{column} is sealed or opened with keys: run `alembic upgrade` instead."
    op.execute(
        "DO $$\nBEGIN\n"
        f"IF EXISTS (SELECT 1 FROM {quoted(table)}) THEN RAISE EXCEPTION '{words}'; END IF;\n"
        "END $$"
    )
