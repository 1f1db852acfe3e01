"""Telling the database who is at work, so that its history of changes can say it.

It is told to one transaction: nothing of it is left for whoever gets the connection next, also
where a pooler hands connections on with each transaction.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, true

from app.platform.db import Session

ACTOR, REFERENCE = "app.actor", "app.reference"


def acting(actor_id: Any, reference: Any) -> list[ColumnElement[Any]]:
    """Give the columns of a statement that tell it."""
    said = {ACTOR: actor_id, REFERENCE: reference}
    return [func.set_config(name, value, true()) for name, value in said.items()]


def act_as(session: Session, actor_id: UUID | None, reference: str) -> None:
    """Say who makes the changes of this transaction: for work that no request began.

    `reference` tells where they come from, such as the job and its number.
    """
    session.execute(select(*acting(str(actor_id or ""), reference)))
