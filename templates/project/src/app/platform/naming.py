"""What people know rows by, read of several records in one statement."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, Text, Uuid, cast, literal, null, union_all

from app.platform.access import POLICIES, Policy
from app.platform.rows import rows_of
from app.platform.work import UnitOfWork


def is_plain(policy: Policy) -> bool:
    """Whether rows are known by a text as it is stored, or by a row that they point to."""
    return isinstance(policy.table.c[policy.shown_as].type, String | Uuid)


def points(policy: Policy) -> bool:
    """Whether rows of a record are known by what they point to."""
    return bool(policy.table.c[policy.shown_as].foreign_keys)


def known_by(work: UnitOfWork, wanted: Mapping[str, Collection[UUID]]) -> Sequence[Any]:
    """Give what rows are known by, of those ids by table that the actor may see.

    Each has its `table`, its `id`, its `number` if it has one, and the `text` that it is known by,
    or the id of the `other` row. Their other columns are not read.
    """
    each = [naming(work, POLICIES[table], ids) for table, ids in wanted.items()]
    return work.session.execute(union_all(*each)).all()


def naming(work: UnitOfWork, policy: Policy, ids: Collection[UUID]) -> Select[Any]:
    """Give the statement for rows of one record."""
    columns = policy.table.c
    number, known = columns.get("number", null()), columns[policy.shown_as]
    return rows_of(policy, work).telling(
        ids,
        literal(policy.table.name).label("table"),
        columns.id,
        cast(number, Text).label("number"),
        cast(null() if points(policy) else known, Text).label("text"),
        cast(known if points(policy) else null(), Uuid).label("other"),
    )
