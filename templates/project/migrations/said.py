"""What the models say of the time before: `was`, `renamed`, `backfill`, and what is retired."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Column, Date, DateTime, Table

from app import registry
from app.platform.constraints import fitting
from app.platform.db import Base
from migrations.statements import literal

CLOCK = {("today", Date): "CURRENT_DATE", ("now", DateTime): "now()"}


class Said:
    """The models, and the words of whoever makes the migration."""

    def __init__(self, context: MigrationContext) -> None:
        self.tables: Mapping[str, Table] = Base.metadata.tables
        self._classes = {str(m.local_table): m.class_ for m in Base.registry.mappers}
        given = _given(context)
        self._retired = {*getattr(registry, "RETIRED", ()), *given}

    def info(self, table: str, column: str) -> Mapping[str, Any]:
        """What a column says of itself; nothing where the models do not know it."""
        known = self.tables.get(table)
        found = known.columns.get(column) if known is not None else None
        return {} if found is None else found.info

    def renamed(self, table: str, column: str) -> dict[str, str]:
        """The words of a column that have other names now."""
        return dict(self.info(table, column).get("renamed", {}))

    def was(self, table: str) -> str | None:
        """What the table was called, if the models say so."""
        return getattr(self._classes.get(table), "__was__", None)

    def table_is_retired(self, name: str) -> bool:
        """Whether a table may go: it, what it is a link of, or the field that it was."""
        owner = name.partition("__")[0]
        if self._retired & {name, owner}:
            return True
        return any(name == fitting(owner, field) for field in self._fields(owner))

    def column_is_retired(self, table: str, column: str) -> bool:
        """Whether a column may go: it is retired, or only helped to find a sealed value."""
        if f"{table}.{column}" in self._retired:
            return True
        field = column.removesuffix("_id").removesuffix("_digest")
        if column.endswith("_digest") and field in self.tables[table].columns:
            return True
        return bool({column, field} & set(self._fields(table)))

    def _fields(self, table: str) -> tuple[str, ...]:
        return tuple(getattr(self._classes.get(table), "__retired__", ()))

    def value(self, table: str, column: Column[Any]) -> object:
        """What rows get that have nothing: as the models say, or what adding one takes."""
        if "backfill" in column.info:
            return column.info["backfill"]
        if column.name == "stage" and "choices" in column.info:
            return column.info["choices"][0]
        return self._default(table, column.name)

    def _default(self, table: str, name: str) -> object:
        """What the API takes where nothing is sent; None where something has to be."""
        entity = self._classes.get(table)
        if entity is None or not entity.__module__.endswith(".models"):
            return None
        schemas = import_module(f"{entity.__module__.removesuffix('models')}schemas")
        taken = getattr(schemas, f"{entity.__name__}Create", None)
        field = taken.model_fields.get(name) if taken is not None else None
        plain = field is not None and isinstance(field.default, bool | int | str | list | dict)
        return field.default if field is not None and plain else None


def _given(context: MigrationContext) -> list[str]:
    """What the command line says is retired: `-x retired=jobs.notes,old_table`."""
    environment = context.environment_context
    if environment is None:
        return []
    words = environment.get_x_argument(as_dictionary=True).get("retired", "")
    return [word for word in str(words).replace(" ", ",").split(",") if word]


def as_sql(value: object, column: Column[Any]) -> str:
    """Give a value as SQL reads it, in a column of this type."""
    for (word, type_), sql in CLOCK.items():
        if value == word and isinstance(column.type, type_):
            return sql
    if isinstance(value, bool):
        return "true" if value else "false"
    return literal(value if isinstance(value, str | int) else json.dumps(value))
