"""Which roles people hold, for those who see them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from app.platform.identity.models import Principal
from app.platform.work import UnitOfWork


def roles_of(work: UnitOfWork, people: Collection[UUID]) -> dict[UUID, list[str]]:
    """Give the roles of people by their ids."""
    asked = select(Principal.id, Principal.roles).where(Principal.id.in_(people))
    return {row.id: row.roles for row in work.session.execute(asked)}
