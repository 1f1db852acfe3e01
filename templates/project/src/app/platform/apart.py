"""Records whose rows belong to one customer each, where the system separates any."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, func
from sqlalchemy.orm import Mapped, MappedColumn, mapped_column

from app.platform.access import POLICIES
from app.platform.blueprint import SEPARATED_BY
from app.platform.constraints import TENANT
from app.platform.db import SYSTEM, Entity, LinkRow


def tenant_column() -> MappedColumn[UUID]:
    """Declare whose a row is: the database fills it from the transaction, never from input.

    It comes first, because constraints on the other columns speak of it.
    """
    targets = [ForeignKey(f"{SEPARATED_BY}.id")] if SEPARATED_BY else []
    whose = func.platform_tenant()
    return mapped_column(*targets, server_default=whose, sort_order=-1, info=SYSTEM)


class Separated(Entity):
    """A record whose rows belong to one customer each, where the system separates any."""

    __abstract__ = True

    tenant__id: Mapped[UUID] = tenant_column()


def tenant_of(row: Entity) -> UUID | None:
    """Give the customer that a row belongs to; None for what all have in common."""
    return getattr(row, TENANT, None)


def customer_of(record: str) -> Any:
    """Give, as SQL, whose a new row of a record is; None where all have them in common."""
    policy = POLICIES.get(record)
    apart = policy is not None and TENANT in policy.table.c
    return func.platform_tenant() if apart else None


class SeparatedLink(LinkRow):
    """A pair of rows of one customer."""

    __abstract__ = True

    tenant__id: Mapped[UUID] = tenant_column()
