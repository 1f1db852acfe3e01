"""What people know rows by, read of several records in one statement."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, Table, Text, Uuid, cast, literal, null, select, union_all

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
    asked = [(POLICIES[table], ids) for table, ids in wanted.items()]
    each = [rows_of(p, work).telling(ids, naming(p.table, p.shown_as)) for p, ids in asked]
    return work.session.execute(union_all(*each)).all()


@cache
def naming(table: Table, shown_as: str) -> Select[Any]:
    """Give the statement for all rows of one record; it is kept, with what SQLAlchemy notes on it."""
    number, known = table.c.get("number", null()), table.c[shown_as]
    text, other = (null(), known) if known.foreign_keys else (known, null())
    return select(
        literal(table.name).label("table"),
        table.c.id,
        cast(number, Text).label("number"),
        cast(text, Text).label("text"),
        cast(other, Uuid).label("other"),
    )
