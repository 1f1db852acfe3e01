"""What is known of every record's table: its class, its schemas, and which fields fill themselves."""

from __future__ import annotations

import datetime as dt
import decimal
import importlib
import re
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.schema import sort_tables_and_constraints

from app.platform.access import POLICIES, table_of
from app.platform.db import Base, Entity
from app.platform.schemas import In
from dev.distinct import distinct


def filled(entity: type[Entity]) -> set[str]:
    """Give the fields that examples fill though nobody has to.

    Those are what would be the same in each row where no two may be, and what scopes compare.
    """
    columns, fields = table_of(entity).columns, schema_of(entity).model_fields
    compared = {g.same for p in POLICIES.values() for grants in p.grants.values() for g in grants}
    return {
        name
        for name, field in fields.items()
        if (entity.__tablename__ == "users" and {name, name.removesuffix("_id")} & compared)
        or (
            name in distinct(entity)
            and not foreign(columns, name)
            and (not columns[name].nullable if field.default_factory else field.default is not None)
        )
    }


def foreign(columns: Any, name: str) -> bool:
    """Whether a field points to another row."""
    return name in columns and bool(columns[name].foreign_keys)


def defaults(entity: type[Entity]) -> set[str]:
    """Give the fields that adding fills by itself."""
    fields = schema_of(entity).model_fields
    return {
        n for n, field in fields.items() if not field.is_required() and not field.default_factory
    }


def as_json(value: Any) -> Any:
    """Write a value as JSON does."""
    if isinstance(value, dt.datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, dt.timedelta):
        clock = f"{value.seconds}S" if value.seconds % 60 else f"{value.seconds // 60}M"
        return f"P{value.days}DT{clock}" if value.days else f"PT{clock}"
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value) if isinstance(value, UUID | decimal.Decimal) else value


def entity_of(table: str) -> type[Entity]:
    """Give the class of a table."""
    return POLICIES[table].entity


def called(entity: type[Entity]) -> str:
    """Give what a row of a record is called, such as Spare part; nothing for people."""
    if entity.__tablename__ == "users":
        return ""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", entity.__name__).capitalize()


def schema_of(entity: type[Entity], kind: str = "Create") -> type[In]:
    """Give what adding a row of a record takes, or what a change takes."""
    module = importlib.import_module(f"app.domains.{entity.__tablename__}.schemas")
    found: type[In] = getattr(module, f"{entity.__name__}{kind}")
    return found


def tables() -> list[str]:
    """Give every record's table, those first that others point to.

    Of those that point to each other, those come first that others have to point to.
    """
    every = sorted(Base.metadata.tables.values(), key=lambda table: table.name)
    ordered = sort_tables_and_constraints(every, may_wait)  # type: ignore[no-untyped-call]
    return [table.name for table, _ in ordered if table is not None and table.name in POLICIES]


def may_wait(key: ForeignKeyConstraint) -> bool | None:
    """Say what SQLAlchemy asks of a key in a circle: None, where a row may be there without it."""
    return None if all(column.nullable for column in key.columns) else False
