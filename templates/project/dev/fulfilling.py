"""Values for which no check of a record is broken, found by drawing those that matter."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from random import Random
from types import NoneType
from typing import Any, get_args
from uuid import UUID

from pydantic.fields import FieldInfo

from app.platform.access import column_of, table_of
from app.platform.checks import broken
from app.platform.db import Entity, Session, new_id
from app.platform.expressions import CALCULATED
from app.platform.pieces import names_in
from app.platform.schemas import given
from app.platform.sealed import blind
from app.platform.views import opened
from dev.drawing import drawn
from dev.fields import unwrapped
from dev.tables import as_json, schema_of

TRIES = 300


@cache
def checked(entity: type[Entity]) -> frozenset[str]:
    """Give the fields of a record's own that its checks speak of, and that can be sent."""
    found: set[str] = set()
    waiting = [name for text in entity.__checks__.values() for name in names_in(text)]
    for name in waiting:
        made = CALCULATED.get(table_of(entity).name, {}).get(name)
        if made is not None:
            waiting += names_in(made.text)
        elif " " not in name and name not in ("today", "now"):
            found.add(column_of(table_of(entity), name.partition(".")[0]).name)
    return frozenset(found & schema_of(entity).model_fields.keys())


def settle(session: Session, random: Random, row: Any, kept: Collection[str]) -> set[str]:
    """Change what checks speak of, but not what is `kept`, until none of them is broken.

    Gives the fields that were changed.
    """
    entity: type[Entity] = type(row)
    changed = set[str]()
    free = sorted(checked(entity) - set(kept))
    text = " ".join(entity.__checks__.values())
    for _ in range(TRIES if free else 0):
        if not broken(session, row, lambda names: True):
            break
        name = random.choice(free)
        changed |= draw_anew(random, row, name, text)
    return changed


def draw_anew(random: Random, row: Any, name: str, text: str) -> set[str]:
    """Draw another value for a field of a row, if there is one to draw; give its name if so."""
    table = table_of(type(row))
    column = table.columns[name]
    if column.foreign_keys:
        value = None
        if not column.nullable:
            return set()
    else:
        try:
            value = drawn(random, type(row), name, text, blank=bool(column.nullable))
        except LookupError:
            return set()
    setattr(row, name, value)
    if f"{name}_digest" in table.columns:
        digest = None if value is None else blind(f"{table.name}.{name}", value)
        setattr(row, f"{name}_digest", digest)
    return {name}


def fulfil(
    session: Session,
    random: Random,
    entity: type[Entity],
    made: dict[str, Any],
    fixed: Mapping[str, Any],
) -> bool:
    """Change what was made of a body until no check is broken; say whether anything changed."""
    if not checked(entity) & made.keys():
        return False
    schema = schema_of(entity)
    body = made | {name: value for name, value in fixed.items() if name in schema.model_fields}
    row = entity(**set_by_itself(entity), **given(schema.model_validate(body)))
    kept = {n for n, field in schema.model_fields.items() if n not in made or takes_no_null(field)}
    changed = settle(session, random, row, kept)
    made |= {name: as_json(opened(getattr(row, name))) for name in changed}
    return bool(changed)


def takes_no_null(field: FieldInfo) -> bool:
    """Whether a field points to somebody whom the service fills in: a body leaves it out, or says who."""
    return unwrapped(field)[0] is UUID and NoneType not in get_args(field.annotation)


def set_by_itself(entity: type[Entity]) -> dict[str, Any]:
    """Give what the system sets by itself, as far as checks may speak of it."""
    fields, found = schema_of(entity).model_fields, dict[str, Any]()
    for column in table_of(entity).columns:
        if column.name in fields or column.name == "id":
            continue
        if column.foreign_keys and not column.nullable:
            found[column.name] = new_id()
        elif column.name == "stage":
            found["stage"] = column.info["choices"][0]
        elif column.name == "number":
            found["number"] = "N-00001"
    return found


def put(row: Entity, values: Mapping[str, Any]) -> None:
    """Set values of a row, and the digests by which sealed ones are found."""
    for name, value in values.items():
        setattr(row, name, value)
    columns = table_of(type(row)).columns
    for name, value in list(vars(row).items()):
        if f"{name}_digest" in columns and value is not None:
            setattr(row, f"{name}_digest", blind(f"{row.__tablename__}.{name}", value))
