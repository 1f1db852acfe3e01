"""What changed in a record: who changed which field from what to what, and when.

The database writes this history itself (see `watching`), and nothing can change it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Index, String, Uuid, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeEngine

from app.platform.access import Policy
from app.platform.db import Base, Entity, new_id
from app.platform.readings import record_reading, record_showing
from app.platform.references import links_of
from app.platform.rows import Rows
from app.platform.schemas import ChangedField, ChangeItem, ChangesQuery, Page

IN_UTC = re.compile(r"(\d{4}-\d\d-\d\dT[\d:.]+)\+00:00")


class Change(Base):
    """One change of one row: the database itself notes it, in the same transaction.

    Without an actor somebody worked past the application, as `database_role`. Sealed values are
    not in it, only that they changed.
    """

    __tablename__ = "platform_changes"
    __table_args__ = (
        Index("ix_platform_changes_record_id", "record_id", "id"),
        CheckConstraint("operation IN ('add', 'change', 'archive', 'erase')", name="operation"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id, info={"data": "internal"})
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), info={"data": "internal"})
    record: Mapped[str] = mapped_column(String(63), info={"data": "internal"})
    record_id: Mapped[UUID] = mapped_column(info={"data": "internal"})
    operation: Mapped[str] = mapped_column(String(20), info={"data": "internal"})
    fields: Mapped[dict[str, Any]] = mapped_column(JSONB, info={"data": "confidential"})
    actor_id: Mapped[UUID | None] = mapped_column(info={"data": "internal"})
    reference: Mapped[str | None] = mapped_column(String(64), info={"data": "internal"})
    database_role: Mapped[str] = mapped_column(String(63), info={"data": "internal"})
    tenant__id: Mapped[UUID | None] = mapped_column(info={"data": "internal"})


def changes(rows: Rows[Any], row_id: UUID, query: ChangesQuery) -> Page[ChangeItem]:
    """Give a page of the changes of a row that the actor may see, the latest first.

    Values that the actor's roles do not see are left out, and masked ones unless they are asked
    for, which takes the right to unmask, and is recorded. Raises what `get` raises.
    """
    row: Entity = rows.get(row_id, "unmask" if query.with_masked else "see")
    asked = select(Change).where(Change.record_id == row.id).order_by(Change.id.desc())
    if query.after is not None:
        asked = asked.where(Change.id < query.after)
    found = rows.session.scalars(asked.limit(query.limit + 1)).all()
    page = found[: query.limit]
    policy = rows.policy
    hidden = policy.hidden_from(rows.work.actor)
    if query.with_masked:
        clear = policy.masked & {name for change in page for name in change.fields} - hidden
        record_reading(rows.work, [row], sorted(clear))
    else:
        hidden |= policy.masked
        record_showing(rows.work, policy, [row], ["changes"])
    known = known_fields(policy)
    shown = [as_item(change, known, hidden) for change in page]
    more = len(found) > query.limit
    return Page[ChangeItem].model_construct(items=shown, next=page[-1].id if more else None)


def known_fields(policy: Policy) -> Mapping[str, TypeEngine[Any]]:
    """Give the fields of a record with their types; digests are none."""
    columns = policy.table.columns
    plain = {column.name: column.type for column in columns if "digest_of" not in column.info}
    return plain | dict.fromkeys(links_of(policy.entity), Uuid())


def as_item(
    change: Change, known: Mapping[str, TypeEngine[Any]], hidden: frozenset[str]
) -> ChangeItem:
    """Give what is shown of a change.

    Of a field that the record has no more nobody knows who might see it, so its values are hidden.
    """
    digests = {f"{name}_digest" for name in known}
    return ChangeItem.model_construct(
        id=change.id,
        at=change.at,
        actor_id=change.actor_id,
        operation=change.operation,
        fields=[
            as_field(name, said, None if name in hidden else known.get(name))
            for name, said in sorted(change.fields.items())
            if name in known or name not in digests
        ],
    )


def as_field(name: str, said: Mapping[str, Any], kind: TypeEngine[Any] | None) -> ChangedField:
    """Give what is shown of a field that changed; without a type, that it did."""
    hidden = kind is None or "sealed" in said
    old, new = ("", "") if hidden else (said["old"], said["new"])
    if isinstance(kind, DateTime):
        old, new = (IN_UTC.sub(r"\1Z", value) if value else value for value in (old, new))
    values = {"old": None, "new": None} if hidden else {"old": old, "new": new}
    return ChangedField.model_construct(field=name, hidden=hidden, **values)
