"""Believable rows, made from what the models and schemas say: for examples and for tests."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping
from functools import partial
from typing import Any, get_args, get_origin
from uuid import UUID

from pydantic.fields import FieldInfo

from app.platform.access import POLICIES, table_of, target_of
from app.platform.db import Entity, Session, new_id
from app.platform.identity.accounts import principal_for
from app.platform.schemas import given
from dev.customers import ForCustomers
from dev.distinct import Taken, distinct, rules
from dev.fields import SET, unwrapped
from dev.files import taken, uploaded
from dev.fulfilling import checked, fulfil, put
from dev.making import Values
from dev.tables import as_json, called, defaults, entity_of, filled, foreign, schema_of, tables

__all__ = ["Samples", "as_json", "entity_of", "schema_of", "tables"]

TRIES = 500
"""How often another value is drawn where no two rows may be the same."""
KEPT = 20


class Samples(ForCustomers):
    """Makes rows and request bodies. The same seed gives the same ones in the same order."""

    def __init__(self, session: Session, seed: int = 1, start: int = 0) -> None:
        self.session = session
        self.values = Values(seed, start)
        self.taken = Taken()
        self.making: list[type[Entity]] = []
        self.rows: dict[str, deque[Any]] = defaultdict(lambda: deque(maxlen=KEPT))

    def make(self, table: str, /, **values: Any) -> Any:
        """Make a row with everything it needs, other rows included; `values` win.

        Where there is no room for another one, because no two may be the same, give one that is
        there, with these values.
        """
        return self._make(table, values, spare=False)

    def _make(self, table: str, values: Mapping[str, Any], *, spare: bool) -> Any:
        """Make a row; with `spare`, only if there is room for one more after it."""
        entity = entity_of(table)
        schema = schema_of(entity)
        values = {**self._parents(entity, values), **values}
        body, free = self._draw(entity, values, full=False)
        known = body | {name: as_json(value) for name, value in values.items()}
        if self.rows[table] and not (free and (not spare or self._room_after(entity, known))):
            return self._there(table, values)
        self.taken.add(entity, known)
        body = {name: value for name, value in body.items() if name in schema.model_fields}
        row = entity(**self._system(entity, known), **given(schema.model_validate(body)))
        put(row, values)
        self.session.add(row)
        self.session.flush()
        taken(self.session, row)
        self.rows[table].append(row)
        return row

    def _there(self, table: str, values: Mapping[str, Any]) -> Any:
        row = self.values.random.choice(self.rows[table])
        put(row, values)
        self.session.flush()
        return row

    def _parents(self, entity: type[Entity], values: Mapping[str, Any]) -> dict[str, Any]:
        """Make the rows that a part belongs to, which no body names."""
        fields = schema_of(entity).model_fields
        return {
            column.name: self._make(target_of(column).name, {}, spare=True).id
            for column in table_of(entity).columns
            if column.foreign_keys and not (column.nullable or column.info.get("system"))
            if column.name not in {*fields, *values}
        }

    def body(self, table: str, /, **values: Any) -> dict[str, Any]:
        """Make what adding a row takes, as JSON, as far as it is required; `values` win."""
        return self._body(table, values, full=False)

    def full_body(self, table: str, /, **values: Any) -> dict[str, Any]:
        """Make all of what adding a row takes, as JSON; `values` win."""
        return self._body(table, values, full=True)

    def _body(self, table: str, values: Mapping[str, Any], *, full: bool) -> dict[str, Any]:
        body, _ = self._draw(entity_of(table), values, full=full)
        self.taken.add(entity_of(table), body)
        return body

    def _draw(
        self, entity: type[Entity], values: Mapping[str, Any], *, full: bool
    ) -> tuple[dict[str, Any], bool]:
        """Make a body, and say whether a row of its values is another one than all before."""
        fields = schema_of(entity).model_fields
        needed = {n for n, field in fields.items() if full or field.is_required()}
        # Who makes a user makes their team, but not its leader's team, and so on for ever.
        needed |= filled(entity) | checked(entity) if entity not in self.making else set()
        self.making.append(entity)
        made = {n: self.value(entity, n, fields[n]) for n in fields if n in needed - values.keys()}
        given = {name: as_json(value) for name, value in values.items()}
        self.making.pop()
        free = self._redraw(entity, made, given)
        for _ in range(TRIES):
            if not fulfil(self.session, self.values.random, entity, made, given):
                break
            free = self._redraw(entity, made, given)
        return made | {name: given[name] for name in given if name in fields}, free

    def _redraw(self, entity: type[Entity], made: dict[str, Any], given: Mapping[str, Any]) -> bool:
        """Draw values anew, until they are no other row's; say whether some were found."""
        fields, columns = schema_of(entity).model_fields, table_of(entity).columns
        for _ in range(TRIES):
            rule = next(self.taken.clashes(entity, {**made, **given}), None)
            if rule is None:
                return True
            names = [n for n in rule if n in made and not foreign(columns, n)]
            if not names:
                return False
            made |= {name: self.value(entity, name, fields[name]) for name in names}
        return False

    def _room_after(self, entity: type[Entity], known: Mapping[str, Any]) -> bool:
        """Whether a row of other values could follow this one."""
        columns = table_of(entity).columns
        plain = [rule for rule in rules(entity) if not any(foreign(columns, n) for n in rule)]
        other = {name: known[name] for rule in plain for name in rule if name in known}
        self.taken.add(entity, other)
        found = self._redraw(entity, dict(other), {})
        self.taken.free(entity, other)
        return found

    def person(self, **facts: Any) -> UUID:
        """Make somebody who can act, with a row in `users`; gives the id of both."""
        return UUID(str(self.make("users", **facts).id))

    def _system(self, entity: type[Entity], body: Mapping[str, Any]) -> dict[str, Any]:
        """Give the columns that nobody sends: numbers, stages, parents, and left-out defaults."""
        self.values.count += 1
        found: dict[str, Any] = {}
        for column in table_of(entity).columns:
            missing = not column.nullable and column.server_default is None
            if column.name in body or not missing or column.name == "version":
                continue
            if column.name == "id":
                found["id"] = self._id(entity, body)
            elif column.foreign_keys:
                found[column.name] = self._make(target_of(column).name, {}, spare=True).id
            elif not column.name.endswith("_digest") and column.name not in defaults(entity):
                found[column.name] = self._plain(column)
        return found

    def _id(self, entity: type[Entity], body: Mapping[str, Any]) -> UUID:
        if entity.__tablename__ != "users":
            return new_id()
        return principal_for(self.session, body["email"]).id

    def _plain(self, column: Any) -> Any:
        kind = getattr(column.type, "kind", column.type.python_type)  # that of a sealed one
        if choices := column.info.get("choices"):
            locked = POLICIES[column.table.name].workflow.locked if column.name == "stage" else ()
            return next((stage for stage in choices if stage not in locked), choices[0])
        return SET.get(kind, f"{column.name[0].upper()}-{self.values.count:05d}")

    def value(self, entity: type[Entity], name: str, field: FieldInfo) -> Any:
        """Make one value as JSON, within the bounds of its field."""
        kind, rules = unwrapped(field)
        self.values.about = called(entity)
        if kind is UUID:
            column = table_of(entity).columns[name]
            if "file_types" in column.info:
                return str(uploaded(self.session, column, self.uploader))
            if not column.foreign_keys:
                return str(UUID(int=self.values.random.getrandbits(128), version=4))
            return str(self._make(target_of(column).name, {}, spare=True).id)
        if get_origin(kind) is list:
            return []
        if (choices := get_args(kind)) and kind is not None:
            return self.values.random.choice(choices)
        make = self.values.scalar
        if name in distinct(entity):
            scale = getattr(table_of(entity).columns[name].type, "scale", None)
            make = partial(self.values.another, places=scale or 0)
        return as_json(make(name, kind, rules))
