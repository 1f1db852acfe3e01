"""What a column's rules become in the database: CHECK constraints and unique ones.

The name of a CHECK ends in a digest of its text. Alembic compares constraints by name, so a rule
that changes is a new name, and never goes unnoticed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Table,
    UniqueConstraint,
    literal_column,
)

from app.platform.pieces import names_in, replaced

TENANT = "tenant__id"
"""The column that says whose a row is, of the customers that a system separates."""
LONGEST_NAME = 63  # PostgreSQL cuts longer names off without a word


@dataclass(frozen=True, slots=True)
class Rule:
    """A check of a record: what people are told, and the fields that it speaks of."""

    message: str
    fields: tuple[str, ...]


RULES: dict[tuple[str, str], Rule] = {}
"""What each CHECK of a record means, by its table and name."""


def check(label: str, sql: str) -> CheckConstraint:
    """Make a CHECK named after its label and its text."""
    digest = hashlib.sha256(sql.encode()).hexdigest()[:8]
    # A literal column, because `text()` would read a colon in a pattern as a parameter.
    condition = literal_column(sql, Boolean)
    return CheckConstraint(condition, name=f"ck_{label[: LONGEST_NAME - 12]}_{digest}")


def unique(table: str, *columns: str, apart: bool = False) -> UniqueConstraint:
    """Make the constraint that these columns together are unique in the table.

    With `apart`, among the rows of one customer: another's may hold the same.
    """
    among = [TENANT] if apart else []
    return UniqueConstraint(*among, *columns, name=fitting("uq", table, *columns))


def within(column: str, target: str, on_delete: str) -> ForeignKeyConstraint:
    """Make the constraint that a row points to one of the same customer, also past all code."""
    if on_delete == "SET NULL":
        on_delete = f"SET NULL ({column})"  # and leave it to whom it belongs
    return ForeignKeyConstraint(
        [TENANT, column],
        [f"{target}.{TENANT}", f"{target}.id"],
        name=f"fk_{column}",
        ondelete=on_delete or None,
    )


def fitting(*parts: str) -> str:
    """Join the parts to a name; a name too long for PostgreSQL ends in a digest instead.

    No name holds two underscores side by side: other parts, and tables, give other names.
    """
    name = "__".join(parts)
    if len(name) <= LONGEST_NAME:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: LONGEST_NAME - 9]}_{digest}"


def constrain(table: Table, column: Column[Any]) -> None:
    """Give the table the constraints that this column's rules ask for."""
    for label, sql in checks_of(column.name, column.info):
        table.append_constraint(check(label, sql))
    apart = TENANT in table.columns
    if column.info.get("unique"):
        table.append_constraint(unique(table.name, column.name, apart=apart))
    if apart and column.name == "id":  # what points to a row names whose it is as well
        name = fitting("uq", table.name, TENANT)
        table.append_constraint(UniqueConstraint(TENANT, "id", name=name))
    if target := column.info.get("within"):
        table.append_constraint(within(column.name, *target))


def checks_of(column: str, info: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield label and SQL of each CHECK. Names are quoted: a column may be called `limit`."""
    if info.get("sealed"):
        return
    subject = f'char_length("{column}")' if info.get("text") else f'"{column}"'
    if (choices := info.get("choices")) is not None:
        yield f"{column}_choices", f'"{column}" IN ({listed(choices)})'
    if (low := info.get("min")) is not None:
        yield f"{column}_min", f"{subject} >= {literal(low)}"
    if (high := info.get("max")) is not None:
        yield f"{column}_max", f"{subject} <= {literal(high)}"
    if (pattern := info.get("pattern")) is not None:
        yield f"{column}_pattern", f'"{column}" ~ {literal(f"^({pattern})$")}'


def hold(table: Table, checks: Mapping[str, str]) -> None:
    """Give the table a CHECK for each expression that speaks of its own columns alone.

    The others the application asks: those of calculated fields, of the clock, of what is sealed.
    """
    for message, text in checks.items():
        columns = {name: own_column(table, name) for name in names_in(text)}
        if None in columns.values():
            continue
        made = check("check", replaced(text, lambda name: f'"{columns[name]}"'))  # noqa: B023
        place = (table.name, str(made.name))
        if place not in RULES:  # two messages may say the same
            RULES[place] = Rule(message, tuple(filter(None, columns.values())))
            table.append_constraint(made)


def own_column(table: Table, name: str) -> str | None:
    """Give the name of the column in which the database can read a field, if it can."""
    if name in table.c:
        return None if table.c[name].info.get("sealed") else name
    relation = f"{name}_id"
    return relation if relation in table.c and table.c[relation].foreign_keys else None


def listed(values: Sequence[str]) -> str:
    """Write values as a list of SQL literals."""
    return ", ".join(literal(value) for value in values)


def literal(value: object) -> str:
    """Write a number, a text, a date or a time as an SQL literal."""
    if isinstance(value, int | Decimal):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"
