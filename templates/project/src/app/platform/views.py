"""What of a row the actor gets to see.

Masked and sealed values are left out until `unmask` asks for them by name, which is recorded. The
one exception is the field by which people know a record: whoever may unmask a row reads it in
lists too, and that is recorded as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, TypeVar, cast

from sqlalchemy import exists, select

from app.platform.access import POLICIES, Policy, table_of
from app.platform.db import Entity
from app.platform.errors import Forbidden
from app.platform.readings import record_reading, record_showing
from app.platform.schemas import Out
from app.platform.sealed import Sealed, SealedValue
from app.platform.work import UnitOfWork

View = TypeVar("View", bound=Out)


def policy_for(row: Entity) -> Policy:
    """Give the policy of a row."""
    return POLICIES[row.__tablename__]


def may(work: UnitOfWork, row: Entity, verb: str) -> bool:
    """Whether the actor may do this to this row."""
    policy = policy_for(row)
    if not policy.granted(work.actor, verb):
        return False
    if not policy.scoped(work.actor, verb):
        return True
    allowed = exists().where(policy.table.c.id == row.id, policy.rows(work.actor, verb))
    return bool(work.session.scalar(select(allowed)))


def views(work: UnitOfWork, schema: type[View], rows: Sequence[Entity]) -> list[View]:
    """Give the rows as the actor may see them."""
    if not rows:
        return []
    policy = policy_for(rows[0])
    hidden = policy.kept_back(work.actor)
    named = readable(work, rows) if policy.shown_as in schema.model_fields else []
    if named:
        record_reading(work, named, [policy.shown_as])
    record_showing(work, policy, rows, sorted(shown_by(schema) - hidden))
    clear = {row.id for row in named}
    return [
        view(schema, row, hidden - {policy.shown_as} if row.id in clear else hidden) for row in rows
    ]


def readable(work: UnitOfWork, rows: Sequence[Entity]) -> list[Entity]:
    """Give those of the rows of one record whose masked name the actor may read."""
    policy = policy_for(rows[0])
    may_be_shown = policy.shown_as not in policy.hidden_from(work.actor)
    if policy.shown_as not in policy.masked or not may_be_shown:
        return []
    return unmaskable(work, rows)


def unmaskable(work: UnitOfWork, rows: Sequence[Entity]) -> list[Entity]:
    """Give those of the rows of one record whose masked fields the actor may read."""
    policy = policy_for(rows[0])
    if not policy.scoped(work.actor, "unmask"):
        return list(rows)
    column = policy.table.c.id
    asked = select(column).where(
        column.in_([row.id for row in rows]), policy.rows(work.actor, "unmask")
    )
    allowed = set(work.session.scalars(asked))
    return [row for row in rows if row.id in allowed]


def view(schema: type[View], row: Entity, hidden: frozenset[str]) -> View:
    """Give one row as the schema shows it, hidden values as None and named as hidden.

    What the database gave is not validated again: that would take as long as reading it.
    """
    empty, shown = form_of(schema, hidden)
    read = vars(row)  # past SQLAlchemy, which asks each time whether a value was read yet
    values = {name: read[name] if name in read else getattr(row, name) for name in shown}
    for name in sealed_in(type(row)) & values.keys():
        values[name] = opened(values[name])
    return cast(View, empty.model_copy(update=values))


@cache
def sealed_in(entity: type[Entity]) -> frozenset[str]:
    """Give the fields of a record whose values are sealed."""
    columns = table_of(entity).columns
    return frozenset(column.name for column in columns if isinstance(column.type, Sealed))


@lru_cache(maxsize=1024)
def form_of(schema: type[Out], hidden: frozenset[str]) -> tuple[Out, list[str]]:
    """Give a schema's view of nothing, to be copied for each row, and the fields to fill in."""
    names = shown_by(schema)
    plain: type[Any] = schema
    empty = plain.model_construct(hidden_fields=sorted(names & hidden), **dict.fromkeys(names))
    return empty, sorted(names - hidden)


def shown_by(schema: type[Out]) -> set[str]:
    """Give the fields that a schema shows."""
    return schema.model_fields.keys() - {"hidden_fields"}


def unmasked(work: UnitOfWork, row: Entity, fields: Sequence[str]) -> dict[str, Any]:
    """Give the clear values of masked fields, and record that they were read.

    Raises Forbidden for a field that the actor's roles do not see.
    """
    policy = policy_for(row)
    if policy.hidden_from(work.actor) & set(fields):
        raise Forbidden("Your roles do not see all of these fields.")
    asked = sorted(set(fields))
    record_reading(work, [row], asked)
    return {name: opened(getattr(row, name)) for name in asked}


def opened(value: Any) -> Any:
    """Give a value in the clear."""
    return value.open() if isinstance(value, SealedValue) else value
