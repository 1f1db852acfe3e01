"""What a row points to: it has to be there, in use, and visible to whoever points to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, exists, inspect, select

from app.platform.access import Policy, table_of, target_of, visible
from app.platform.db import Entity
from app.platform.errors import Conflict, FieldError, NotFound
from app.platform.identity.actor import Actor
from app.platform.work import UnitOfWork


def check_references(
    work: UnitOfWork, policy: Policy, values: Mapping[str, Any], row: Entity | None = None
) -> None:
    """Refuse values that newly point to what is not there for the actor.

    `row` is what they are set on, None for a new row. Raises Conflict, and NotFound where the
    parent of a part is missing.
    """
    references = references_in(policy.entity, values, row)
    if not references:
        return
    there = work.session.execute(
        select(*(reachable(work.actor, target, row_id) for _, target, row_id in references))
    ).one()
    missing = {name for (name, _, _), found in zip(references, there, strict=True) if not found}
    if policy.part_of is not None and f"{policy.part_of}_id" in missing:
        raise NotFound("It does not exist, or it is not for you to see.")
    if missing:
        raise Conflict(
            "What it points to is not there, or not for you to see.",
            code="unknown_reference",
            errors=[
                FieldError(name, "unknown_reference", "is not there") for name in sorted(missing)
            ],
        )


def reachable(actor: Actor, target: Table, row_id: UUID) -> ColumnElement[bool]:
    """Give the condition that the row is in use, and that the actor may see it."""
    return exists().where(
        target.c.id == row_id, target.c.archived_at.is_(None), visible(actor, target)
    )


def references_in(
    entity: type[Entity], values: Mapping[str, Any], row: Entity | None
) -> list[tuple[str, Table, UUID]]:
    """Give field, table and id of each row that these values newly point to."""
    found: list[tuple[str, Table, UUID]] = []
    links = links_of(entity)
    columns = table_of(entity).c
    for name, value in values.items():
        before = None if row is None else getattr(row, name)
        if name in links:
            found += [(name, links[name], row_id) for row_id in set(value) - set(before or ())]
        elif columns[name].foreign_keys and name != "id" and value not in (None, before):
            found.append((name, target_of(columns[name]), value))
    return found


def links_of(entity: type[Entity]) -> dict[str, Table]:
    """Give each field that points to any number of rows, and the table of those rows."""
    return {
        relation.key.removeprefix("_"): target_of(table_of(relation.mapper.class_).c.target_id)
        for relation in inspect(entity).relationships
    }
