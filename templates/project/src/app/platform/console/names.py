"""What rows are called: where one points to others, people read names and no ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.platform.access import POLICIES, Policy, visible
from app.platform.console.fields import Field
from app.platform.console.screens import SCREENS
from app.platform.db import Entity
from app.platform.views import opened, readable
from app.platform.work import UnitOfWork

UNSEEN = "not for you to see"

Names = Mapping[UUID, str]


def name_of(work: UnitOfWork, row: Entity) -> str:
    """Give what a row is called."""
    return names_of(work, [row])[row.id]


def names_of(work: UnitOfWork, rows: Sequence[Entity]) -> dict[UUID, str]:
    """Give what rows of one record are called; masked names only to those who may read them."""
    if not rows:
        return {}
    policy = POLICIES[rows[0].__tablename__]
    known = set(rows)
    if policy.shown_as in policy.masked or policy.shown_as in policy.hidden_from(work.actor):
        known = set(readable(work, rows))
    return {row.id: called(policy, row, named=row in known) for row in rows}


def called(policy: Policy, row: Any, *, named: bool) -> str:
    """Give what a row is called: its number, if it has one, and the field it is known by."""
    number = getattr(row, "number", None)
    name = opened(getattr(row, policy.shown_as)) if named and policy.shown_as != "id" else None
    said = [
        str(part)
        for part in (number, name)
        if part not in (None, "", number if name != number else None)
    ]
    return (
        " · ".join(dict.fromkeys(said))
        or f"{SCREENS[policy.table.name].words.one} {str(row.id)[-6:]}"
    )


def related(work: UnitOfWork, fields: Iterable[Field], rows: Sequence[Any]) -> dict[UUID, str]:
    """Give what everything is called that these rows point to, with one statement a record."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for field in fields:
        if field.target is not None:
            for row in rows:
                value = opened(getattr(row, field.name, None))
                many = value if isinstance(value, Iterable) else [value]
                wanted[field.target] |= {one for one in many if one is not None}
    found: dict[UUID, str] = {}
    for table, ids in wanted.items():
        found |= names_by_id(work, table, ids)
    return found


def names_by_id(work: UnitOfWork, table: str, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Give what the rows with these ids are called, as far as the actor may see them."""
    policy = POLICIES[table]
    asked = set(ids)
    if not asked:
        return {}
    there = select(policy.entity).where(
        policy.table.c.id.in_(asked), visible(work.actor, policy.table)
    )
    return dict.fromkeys(asked, UNSEEN) | names_of(work, work.session.scalars(there).all())
