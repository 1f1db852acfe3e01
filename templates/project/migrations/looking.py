"""What a migration looks at before it changes anything, and how it says no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from alembic.util import CommandError
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from migrations.statements import Sql, literal, quoted

SHOWN = 5
"""So many of the values that stand twice are shown, where anybody may see them."""


def refusing(table: str, condition: str, words: str) -> Sql:
    """Give a statement that stops the migration where rows meet the condition.

    The message is the number of rows, then `words`.
    """
    return _stopping(f"SELECT count(*) INTO found FROM {quoted(table)} WHERE {condition}", words)


def without(table: str, column: str) -> Sql:
    """Give one that stops where rows have nothing in a column."""
    words = f"rows of {table} have no {column}, which is required now"
    return refusing(table, f"{quoted(column)} IS NULL", words)


def breaking(table: str, rule: str, more: str = "") -> Sql:
    """Give one that stops where rows break a rule."""
    words = f"rows of {table} break a new rule: {rule}"
    return refusing(table, f"NOT ({rule}){more}", words)


def pointing_nowhere(table: str, column: str, target: str) -> Sql:
    """Give one that stops where rows point to nothing."""
    there = f"SELECT 1 FROM {quoted(target)} AS there WHERE there.id = {quoted(column)}"
    condition = f"{quoted(column)} IS NOT NULL AND NOT EXISTS ({there})"
    return refusing(table, condition, f"rows of {table} point with {column} to no row of {target}")


def standing_twice(table: str, columns: Sequence[str], *, shown: bool) -> Sql:
    """Give one that stops where values stand twice that have to be unique."""
    names = [quoted(column) for column in columns]
    filled = " AND ".join(f"{name} IS NOT NULL" for name in names)
    value = " || ', ' || ".join(f"{name}::text" for name in names) if shown else "''"
    twice = (
        f"SELECT {value} AS value, count(*) AS times FROM {quoted(table)} "
        f"WHERE {filled} GROUP BY {', '.join(names)} HAVING count(*) > 1"
    )
    some = f"SELECT value || ' (' || times || ' times)' AS said FROM twice LIMIT {SHOWN}"
    gathered = f"SELECT string_agg(said, '; ') FROM ({some}) AS few"
    query = f"WITH twice AS ({twice}) SELECT count(*), ({gathered}) INTO found, more FROM twice"
    words = f"values of {' and '.join(columns)} in {table} stand more than once"
    return _stopping(query, words, "more" if shown else "")


def _stopping(query: str, words: str, shown: str = "") -> Sql:
    message = f"found || {literal(f' {words}')}"
    message += f" || ': ' || {shown}" if shown else ""
    return Sql(
        "DO $$\nDECLARE found bigint; more text;\nBEGIN\n"
        f"{query};\n"
        f"IF found > 0 THEN RAISE EXCEPTION USING MESSAGE = {message}"
        " || '. Nothing was changed; mend them first.'; END IF;\n"
        "END $$"
    )


def look(connection: Connection | None, guards: Sequence[Sql]) -> None:
    """Raises CommandError in a guard's words where it would stop today's rows."""
    if connection is None:
        return
    found = [words for guard in guards if (words := _found(connection, guard))]
    if found:
        raise CommandError("Nothing was written:\n" + "\n".join(f"  {words}" for words in found))


def _found(connection: Connection, guard: Sql) -> str:
    """What a guard says of today's rows; nothing if it lets them pass."""
    try:
        with connection.begin_nested():
            connection.execute(text(guard.statement))
    except DBAPIError as error:
        return str(error.orig).splitlines()[0]
    return ""


def may_be_shown(infos: Sequence[Mapping[str, Any]]) -> bool:
    """Whether values may stand in a message, which goes into logs."""
    return all(
        info.get("data") in ("public", "internal") and not info.get("labels") for info in infos
    )
