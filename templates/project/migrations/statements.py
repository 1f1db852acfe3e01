"""The statements that migrations are made of, beside those that Alembic has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from alembic.autogenerate import renderers
from alembic.autogenerate.api import AutogenContext
from alembic.operations import ops
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import DDLElement

DIALECT: Any = postgresql.dialect()


class Sql(ops.MigrateOperation):
    """A statement as it stands; `alone` is one that cannot be part of a transaction."""

    def __init__(self, statement: str, *, alone: bool = False, meant: str = "") -> None:
        ignored = f"-- squawk-ignore {meant}\n" if meant else ""
        self.statement = escaped(f"{ignored}{statement}")
        self.alone = alone


class Call(ops.MigrateOperation):
    """A call of `migrations.sealing`, which needs the keys and therefore Python."""

    def __init__(self, function: str, *arguments: object, **named: object) -> None:
        words = [repr(argument) for argument in arguments]
        words += [f"{name}={value!r}" for name, value in named.items()]
        self.text = f"sealing.{function}({', '.join(words)})"


@renderers.dispatch_for(Sql)
def render_sql(_: AutogenContext, sql: Sql) -> str:
    """Give the Python of a statement: each of its lines a text of its own."""
    lines = sql.statement.splitlines(keepends=True)
    text = "\n    ".join(repr(line) for line in lines)
    call = f"op.execute(\n    {text}\n)" if len(lines) > 1 else f"op.execute({text})"
    if not sql.alone:
        return call
    inner = call.replace("\n", "\n    ")
    return f"with op.get_context().autocommit_block():\n    {inner}"


@renderers.dispatch_for(Call)
def render_call(context: AutogenContext, call: Call) -> str:
    """Give the Python of a call."""
    context.imports.add("from migrations import sealing")
    return call.text


def quoted(name: str) -> str:
    """Give a name as SQL reads it, whatever it is called."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: object) -> str:
    """Give a text as SQL reads it."""
    return "'" + str(value).replace("'", "''") + "'"


def listed(values: Sequence[object]) -> str:
    """Give texts as a list of SQL literals."""
    return ", ".join(literal(value) for value in values)


def escaped(text: str) -> str:
    """Give SQL in which a colon is no parameter."""
    return re.sub(r"(?<![:\w\\]):(?=\w)", r"\\:", text)


def compiled(element: DDLElement) -> str:
    """Give the text of a statement that SQLAlchemy has."""
    return str(element.compile(dialect=DIALECT)).strip()


def altered(table: str, *changes: str, meant: str = "") -> Sql:
    """Give the statement that changes a table."""
    return Sql(f"ALTER TABLE {quoted(table)} {', '.join(changes)}", meant=meant)


def table_renamed(old: str, new: str) -> Sql:
    """Give a table another name."""
    return altered(old, f"RENAME TO {quoted(new)}", meant="renaming-table")


def field_renamed(table: str, old: str, new: str, *, files: bool) -> list[Sql]:
    """Give a column another name, and tell it to the files that it holds and to its history.

    The history shows values of a field that is there; under a name of before they would be hidden.
    """
    told = (
        f"UPDATE platform_files SET field = {literal(new)}\n"
        f"WHERE record = {literal(table)} AND field = {literal(old)}"
    )
    noted = (
        f"UPDATE platform_changes SET fields = fields - {literal(old)} || "
        f"jsonb_build_object({literal(new)}, fields -> {literal(old)})\n"
        f"WHERE record = {literal(table)} AND fields ? {literal(old)} AND NOT fields ? {literal(new)}"
    )
    return [
        column_renamed(table, old, new),
        *([Sql(told)] if files else []),
        forgetting("on"),
        Sql(noted),
        forgetting(""),
    ]


def forgetting(said: str) -> Sql:
    """Let the history of changes be changed from here on, or no longer."""
    return Sql(f"SELECT set_config('app.forgetting', {literal(said)}, true)")


def column_renamed(table: str, old: str, new: str) -> Sql:
    """Give a column another name."""
    change = f"RENAME COLUMN {quoted(old)} TO {quoted(new)}"
    return altered(table, change, meant="renaming-column")


def index_renamed(old: str, new: str) -> Sql:
    """Give an index another name."""
    return Sql(f"ALTER INDEX {quoted(old)} RENAME TO {quoted(new)}", meant="renaming-object")


def constraints_renamed(
    table: str, names: list[tuple[str, str]], *, back: bool = False
) -> list[Sql]:
    """Give constraints other names, or those that they had."""
    pairs = [(new, old) if back else (old, new) for old, new in names]
    return [
        altered(table, f"RENAME CONSTRAINT {quoted(a)} TO {quoted(b)}", meant="renaming-object")
        for a, b in pairs
    ]
