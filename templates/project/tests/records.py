"""What is tested of every record.

A test class for each record says what the blueprint grants; the tests here prove it. The grants
stand in the test once more, so that a policy which says something else does not go unnoticed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import Column

from app.platform.access import POLICIES, Grant, target_of
from app.platform.db import Entity
from dev.fulfilling import checked
from dev.samples import as_json, schema_of
from tests.calling import Caller
from tests.scopes import reaching

STEPS: dict[type, Any] = {int: 1, Decimal: Decimal(1), dt.date: dt.timedelta(days=1)}
"""How far beyond a bound a value is tried."""
SIGNS = "!x0"
"""Texts of which few patterns take all."""


class Record:
    """A record, what was granted on it, and where it is found."""

    entity: ClassVar[type[Entity]]
    path: ClassVar[str]
    grants: ClassVar[dict[str, list[str]]]
    owner: ClassVar[str] = "id"
    checks: ClassVar[dict[str, str]] = {}
    calculated: ClassVar[dict[str, str]] = {}
    masked: ClassVar[list[str]] = []
    seen_by: ClassVar[dict[str, list[str]]] = {}
    settled: ClassVar[bool] = False
    """Whether every stage is locked, so that nothing is ever changed."""
    through: ClassVar[list[str]] = []
    """The relations from a part to the record whose grants hold for it."""

    @property
    def table(self) -> str:
        """The record's table."""
        return str(self.entity.__tablename__)

    def granted(self, caller: Caller, verb: str) -> list[Grant]:
        """Give what the caller's roles were granted of a verb."""
        said = (Grant.parse(w) for role in caller.actor.roles for w in self.grants.get(role, []))
        return [grant for grant in said if grant.verb == verb]

    def hidden_from(self, caller: Caller) -> set[str]:
        """Give the fields that the caller does not see, whatever is asked for."""
        return {n for n, roles in self.seen_by.items() if not caller.actor.roles & set(roles)}

    def mine(self, caller: Caller, *verbs: str) -> dict[str, Any]:
        """Give the values that put a row within what the caller was granted."""
        values: dict[str, Any] = {}
        for verb in verbs:
            grants = self.granted(caller, verb)
            if grants and all(grant.own or grant.same for grant in grants):
                values |= reaching(caller, self.table, self.through, self.owner, grants[0])
        return values

    def row(self, caller: Caller, *verbs: str) -> Any:
        """Make a row on which the caller may do this, as far as its roles go."""
        values = self.mine(caller, "see", *verbs)
        if "id" in values:
            return caller.samples.session.get_one(self.entity, values["id"])
        return caller.samples.make(self.table, **values)

    def home(self, row: Any) -> str:
        """Give the address of the list that a row is in."""
        columns = row.__table__.columns.keys()
        parameters = {name: getattr(row, name) for name in columns}
        return f"/api/v1{self.path}".format(**parameters)

    def url(self, row: Any) -> str:
        """Give the address of a row."""
        return f"{self.home(row)}/{row.id}"

    def expected(self, caller: Caller, verb: str, success: int) -> int:
        """Give the status of a verb on a row within the caller's scopes."""
        if not self.granted(caller, verb):
            return 403
        if self.settled and verb == "change":
            success = 409
        return success if self.granted(caller, "see") else 404

    def body(self, caller: Caller, *, full: bool = False) -> tuple[str, dict[str, Any]]:
        """Give where the caller adds, and a body that points to rows the caller may see."""
        row = self.row(caller, "add")
        own = self.mine(caller, "add")
        values = {name: getattr(row, name) for name in own}
        fields = schema_of(self.entity).model_fields
        for column in row.__table__.columns:
            if column.foreign_keys and column.name in fields and column.name not in values:
                values[column.name] = visible_row(caller, target_of(column).name)
        known = {name: value for name, value in values.items() if name in fields}
        make = caller.samples.full_body if full else caller.samples.body
        body, needed = make(self.table, **known), self.needed() | own.keys()
        return self.home(row), {n: body[n] for n in body if full or n in needed}

    def out_of_bounds(self, use: str) -> Iterator[tuple[str, Any]]:
        """Give fields that adding or changing takes, with values just beyond their bounds."""
        for column in POLICIES[self.table].table.columns:
            if column.name in schema_of(self.entity, use).model_fields:
                yield from ((column.name, value) for value in beyond(column))

    def settable(self, caller: Caller) -> bool:
        """Whether the caller may set every field that adding needs."""
        set_by = POLICIES[self.table].set_by
        return all(
            set_by.get(name, caller.actor.roles) & caller.actor.roles for name in self.needed()
        )

    def needed(self) -> set[str]:
        """Give the fields that adding cannot do without, and those that checks speak of."""
        return required(self.entity) | checked(self.entity)

    def pointable(self, caller: Caller) -> bool:
        """Whether the caller may see everything that a new row has to point to."""
        needed = self.needed()
        return all(
            POLICIES[target_of(column).name].granted(caller.actor, "see")
            for column in POLICIES[self.table].table.columns
            if column.foreign_keys and column.name in needed
        )


def visible_row(caller: Caller, table: str) -> Any:
    """Make a row that the caller may point to."""
    policy = POLICIES[table]
    grants = policy.granted(caller.actor, "see")
    if not grants or not policy.scoped(caller.actor, "see"):
        return caller.samples.make(table).id
    values = reaching(caller, table, [], policy.owner or "id", grants[0])
    return values.get("id") or caller.samples.make(table, **values).id


def beyond(column: Column[Any]) -> Iterator[Any]:
    """Give values, as JSON, that are just not within the bounds that a column says."""
    kind, low, high = column.type.python_type, column.info.get("min"), column.info.get("max")
    if column.info.get("text"):
        yield "x" * (column.info["max"] + 1)
        pattern = column.info.get("pattern", "")
        yield from (sign for sign in SIGNS if pattern and not re.fullmatch(pattern, sign))
    elif kind in STEPS and not column.info.get("sealed"):
        parse = {dt.date: dt.date.fromisoformat}.get(kind, kind)
        yield from (as_json(parse(low) - STEPS[kind]) for _ in range(low is not None))
        yield from (as_json(parse(high) + STEPS[kind]) for _ in range(high is not None))


def required(entity: type[Entity]) -> set[str]:
    """Give the fields that adding a row cannot do without."""
    return {n for n, field in schema_of(entity).model_fields.items() if field.is_required()}
