"""Telling the database who is at work, and for which customer of a system that separates them.

Its history of changes says who it was, and its policies show rows of that customer alone.

It is told to one transaction: nothing of it is left for whoever gets the connection next, also
where a pooler hands connections on with each transaction.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, true

from app.platform.db import Session

ACTOR, REFERENCE, TENANT = "app.actor", "app.reference", "app.tenant"


def acting(actor_id: Any, reference: Any, tenant_id: Any = "") -> list[ColumnElement[Any]]:
    """Give the columns of a statement that tell it."""
    said = {ACTOR: actor_id, REFERENCE: reference, TENANT: tenant_id}
    return [func.set_config(name, value, true()) for name, value in said.items()]


def act_as(
    session: Session, actor_id: UUID | None, reference: str, tenant_id: UUID | None = None
) -> None:
    """Say who works in this transaction, and for which customer: for work that no request began.

    `reference` tells where it comes from, such as the job and its number. Without a `tenant_id`, a
    system that separates its customers shows only what all of them have in common.
    """
    session.execute(select(*acting(str(actor_id or ""), reference, str(tenant_id or ""))))
