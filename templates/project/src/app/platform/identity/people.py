"""People who sign in, and their rows among the records."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import ValidationError

from app.platform.access import table_of
from app.platform.constraints import TENANT
from app.platform.db import Entity, Session
from app.platform.identity import accounts
from app.platform.identity.models import Principal
from app.platform.schemas import In, given


def make_person(
    session: Session, principal: Principal, entity: type[Entity], schema: type[In]
) -> bool:
    """Give a person a row, named after their address until somebody says better.

    False, and no row, where more has to be known about people: then whoever may add users does so.
    Whoever is among the people of no customer, in a system that separates them, has no row either.
    """
    login = principal.login or ""
    if TENANT in table_of(entity).columns and principal.tenant__id is None:
        return False
    if session.get(entity, principal.id) is not None:
        return True
    try:
        values = given(schema.model_validate({"name": login.partition("@")[0], "email": login}))
    except ValidationError:
        return False
    row = {"id": principal.id, "created_by": principal.id, "updated_by": principal.id, **values}
    if required(entity) - row.keys():
        return False
    session.add(entity(**row))
    session.flush()
    return True


def let_go(session: Session, principal_id: UUID) -> None:
    """End every sign-in of a person, and let nobody sign in as them."""
    accounts.disable(session, session.get_one(Principal, principal_id))


def required(entity: type[Entity]) -> set[str]:
    """Give the columns that a new row cannot do without."""
    columns: Any = entity.__table__.columns
    return {
        column.key
        for column in columns
        if not column.nullable and column.server_default is None and column.key != "version"
    }
