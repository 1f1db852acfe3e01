"""Believable rows, made from what the models and schemas say: for examples and for tests."""

from __future__ import annotations

import datetime as dt
import decimal
import importlib
import random
from collections.abc import Mapping
from typing import Any, get_args, get_origin
from uuid import UUID

import rstr
from pydantic.fields import FieldInfo
from sqlalchemy import UniqueConstraint

from app.platform import forms
from app.platform.access import POLICIES, table_of, target_of
from app.platform.db import Base, Entity, Session, new_id
from app.platform.identity.accounts import principal_for
from app.platform.schemas import In, given
from app.platform.sealed import blind
from dev.fields import FIRST_DAY, STEPS, USUAL, nth, unwrapped, within
from dev.words import text_for


class Samples:
    """Makes rows and request bodies. The same seed gives the same ones in the same order."""

    def __init__(self, session: Session, seed: int = 1) -> None:
        self.session = session
        self.random = random.Random(seed)  # noqa: S311  (examples, not secrets)
        self.patterns = rstr.Rstr(self.random)
        self.count = 0

    def make(self, table: str, /, **values: Any) -> Any:
        """Make a row with everything it needs, other rows included; `values` win."""
        entity = entity_of(table)
        schema = schema_of(entity)
        body = self.body(table, **{k: v for k, v in values.items() if k in schema.model_fields})
        row = entity(**self._system(entity, body), **given(schema.model_validate(body)))
        for name, value in values.items():
            setattr(row, name, value)
        for name, value in list(vars(row).items()):
            if f"{name}_digest" in table_of(entity).columns and value is not None:
                setattr(row, f"{name}_digest", blind(f"{table}.{name}", value))
        self.session.add(row)
        self.session.flush()
        return row

    def body(self, table: str, /, **values: Any) -> dict[str, Any]:
        """Make what adding a row takes, as JSON, as far as it is required; `values` win."""
        return self._body(table, values, full=False)

    def full_body(self, table: str, /, **values: Any) -> dict[str, Any]:
        """Make all of what adding a row takes, as JSON; `values` win."""
        return self._body(table, values, full=True)

    def _body(self, table: str, values: Mapping[str, Any], *, full: bool) -> dict[str, Any]:
        entity = entity_of(table)
        made = {
            name: self.value(entity, name, field)
            for name, field in schema_of(entity).model_fields.items()
            if name not in values and (full or field.is_required())
        }
        return made | {name: as_json(value) for name, value in values.items()}

    def person(self, **facts: Any) -> UUID:
        """Make somebody who can act, with a row in `users`; gives the id of both."""
        return UUID(str(self.make("users", **facts).id))

    def _system(self, entity: type[Entity], body: Mapping[str, Any]) -> dict[str, Any]:
        """Give the columns that nobody sends: numbers, stages, parents, and left-out defaults."""
        self.count += 1
        found: dict[str, Any] = {}
        for column in table_of(entity).columns:
            missing = not column.nullable and column.server_default is None
            if column.name in body or not missing or column.name == "version":
                continue
            if column.name == "id":
                found["id"] = self._id(entity, body)
            elif column.foreign_keys:
                found[column.name] = self.make(target_of(column).name).id
            elif not column.name.endswith("_digest") and column.name not in defaults(entity):
                found[column.name] = self._plain(column)
        return found

    def _id(self, entity: type[Entity], body: Mapping[str, Any]) -> UUID:
        if entity.__tablename__ != "users":
            return new_id()
        return principal_for(self.session, body["email"]).id

    def _plain(self, column: Any) -> Any:
        python = column.type.python_type
        if choices := column.info.get("choices"):
            return choices[0]
        days = {dt.date: FIRST_DAY, dt.datetime: dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)}
        return days.get(python, f"{column.name[0].upper()}-{self.count:05d}")

    def value(self, entity: type[Entity], name: str, field: FieldInfo) -> Any:
        """Make one value as JSON, within the bounds of its field."""
        kind, rules = unwrapped(field)
        if kind is UUID:
            column = table_of(entity).columns[name]
            key = self.make(target_of(column).name).id if column.foreign_keys else new_id()
            return str(key)
        if get_origin(kind) is list:
            return []
        if (choices := get_args(kind)) and kind is not None:
            return self.random.choice(choices)
        if kind in STEPS and name in distinct(entity):
            self.count += 1
            return as_json(nth(self.count, kind, rules))
        return as_json(self._scalar(name, kind, rules))

    def _scalar(self, name: str, kind: Any, rules: dict[str, Any]) -> Any:
        low, high = rules.get("ge"), rules.get("le")
        if kind is str:
            return self._text(name, rules)
        if kind is bool:
            return self.random.random() < 0.3  # noqa: PLR2004  (less often than not)
        if kind in (int, decimal.Decimal):
            first = 1 if low is None else low
            last = first + 90 if high is None else high
            return kind(min(max(self.random.randint(0, 90), first), last))
        if kind is dt.date:
            return within(FIRST_DAY + dt.timedelta(days=self.random.randint(0, 200)), low, high)
        return within(USUAL[kind], low, high) if kind in USUAL else {"note": "as it came"}

    def _text(self, name: str, rules: dict[str, Any]) -> str:
        self.count += 1
        pattern = rules.get("pattern")
        if pattern and pattern not in forms.KNOWN:
            return self._matching(pattern, rules)
        text = text_for(name, pattern, self.random, self.count)
        text = text[: rules.get("max_length") or len(text)]
        return text.ljust(rules.get("min_length") or 0, "x")

    def _matching(self, pattern: str, rules: dict[str, Any]) -> str:
        shortest, longest = rules.get("min_length") or 0, rules.get("max_length") or 200
        for _ in range(1000):
            text = self.patterns.xeger(pattern)
            if shortest <= len(text) <= longest and text.isprintable():
                return text
        raise ValueError(f"no text of that length was found for the pattern {pattern}")


def defaults(entity: type[Entity]) -> set[str]:
    """Give the fields that adding fills by itself."""
    fields = schema_of(entity).model_fields
    return {
        n for n, field in fields.items() if not field.is_required() and not field.default_factory
    }


def distinct(entity: type[Entity]) -> set[str]:
    """Give the columns in which, alone or together with others, no two rows may be the same."""
    found = (c for c in table_of(entity).constraints if isinstance(c, UniqueConstraint))
    return {column.name.removesuffix("_digest") for rule in found for column in rule.columns}


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


def schema_of(entity: type[Entity], kind: str = "Create") -> type[In]:
    """Give what adding a row of a record takes, or what a change takes."""
    module = importlib.import_module(f"app.domains.{entity.__tablename__}.schemas")
    found: type[In] = getattr(module, f"{entity.__name__}{kind}")
    return found


def tables() -> list[str]:
    """Give every record's table, those first that others point to."""
    return [table.name for table in Base.metadata.sorted_tables if table.name in POLICIES]
