"""Who is told: where a path such as `client.email` or `estimator` leads from a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.platform.access import POLICIES, column_of, table_of, target_of
from app.platform.db import Entity, Session
from app.platform.readings import record_reading
from app.platform.references import links_of
from app.platform.sealed import SealedValue
from app.platform.work import UnitOfWork


def addresses(work: UnitOfWork, row: Entity, path: str) -> list[str]:
    """Give each address that the path leads to, once; none where something on the way is blank.

    A path ends in an e-mail field, or in users, each of whom is told. Who is out of use is not.
    """
    *before, last = path.split(".")
    held: list[Any] = [row]
    for step in before:
        held = [other for one in held for other in pointed_to(work.session, one, step)]
    found = [address for one in held for address in ends(work, one, last)]
    return list(dict.fromkeys(filter(None, found)))


def ends(work: UnitOfWork, row: Entity, step: str) -> list[str | None]:
    """Give the addresses that the last step of a path leads to."""
    table = table_of(type(row))
    if step in links_of(type(row)) or column_of(table, step).foreign_keys:
        users = pointed_to(work.session, row, step)
        return [user.email for user in users if user.archived_at is None]
    value = getattr(row, step)
    if isinstance(value, SealedValue):
        record_reading(work, [row], [step])
        value = value.open()
    return [value]


def pointed_to(session: Session, row: Entity, step: str) -> Sequence[Any]:
    """Give the rows that a row points to by one of its relations.

    What all customers have in common may point to rows of one: for another, those are not there.
    """
    links = links_of(type(row))
    if step in links:
        target, keys = links[step], getattr(row, step)
    else:
        column = column_of(table_of(type(row)), step)
        target, keys = target_of(column), [getattr(row, column.name)]
    entity = POLICIES[target.name].entity
    found = (session.get(entity, key) for key in keys if key is not None)
    return [other for other in found if other is not None]
