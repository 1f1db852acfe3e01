"""What is known about a principal beside its roles: the fields of its row in `users`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    RowMapping,
    Select,
    String,
    Table,
    bindparam,
    cast,
    select,
)

from app.platform.acting import acting
from app.platform.identity.models import Principal, SignInSession
from app.platform.sealed import Sealed

FACTS: list[Table] = []
"""The table that is read with each sign-in; its `id` is the principal's. None or one."""


def register_facts(table: FromClause) -> None:
    """Read the fields of `table` into `actor.facts` with every request.

    Sealed ones are left out, and what the system itself keeps: no rule speaks of either.
    """
    if not isinstance(table, Table):
        raise TypeError("facts are read from a table")
    FACTS[:] = [table]
    sign_in_statement.cache_clear()


def facts_in(row: RowMapping) -> Mapping[str, Any]:
    """The facts in a row of `sign_in_statement`, by the name of their column."""
    start = len("fact_")
    facts = {name[start:]: value for name, value in row.items() if name.startswith("fact_")}
    return MappingProxyType(facts)


@cache
def sign_in_statement(*, changing: bool = False) -> Select[Any]:
    """One statement from a token's hash to the session, the principal and its facts.

    Parameters: `token_hash`, `now`, `idle_since` (a session not seen since then has ended) and
    `stale_since` (one not seen since then is to be touched). Where something is going to change,
    also `reference`: the transaction remembers it and the actor, for the history of changes.
    """
    session = SignInSession.__table__
    principal = Principal.__table__
    source = session.join(principal, session.c.principal_id == principal.c.id)
    columns: list[ColumnElement[Any]] = [
        session.c.id.label("session_id"),
        (session.c.last_seen_at < bindparam("stale_since")).label("stale"),
        principal.c.id.label("principal_id"),
        principal.c.roles.label("roles"),
    ]
    if changing:
        columns += acting(cast(principal.c.id, String), bindparam("reference", type_=String))
    for table in FACTS:
        source = source.outerjoin(table, table.c.id == principal.c.id)
        columns += [
            column.label(f"fact_{column.key}")
            for column in table.c
            if not (isinstance(column.type, Sealed) or column.info.get("system"))
        ]
    return (
        select(*columns)
        .select_from(source)
        .where(
            session.c.token_hash == bindparam("token_hash"),
            session.c.revoked_at.is_(None),
            session.c.expires_at > bindparam("now"),
            session.c.last_seen_at > bindparam("idle_since"),
            principal.c.disabled_at.is_(None),
        )
    )
