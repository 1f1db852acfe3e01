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
    func,
    select,
    true,
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
def sign_in_statement(*, told: bool = False, separated: bool = False) -> Select[Any]:
    """One statement from a token's hash to the session, the principal and its facts.

    Parameters: `token_hash`, `now`, `idle_since` (a session not seen since then has ended) and
    `stale_since` (one not seen since then is to be touched). Where the transaction is `told` who
    is at work, also `reference`. Where customers are `separated`, facts are rows of one of them:
    they are looked up after it was told for whom.
    """
    signed = _signed_in(told=told)
    if not separated:
        source: FromClause = Principal.__table__
        for table in FACTS:
            source = source.outerjoin(table, table.c.id == Principal.id)
            signed = signed.add_columns(*_facts(table)).select_from(source)
        return signed
    first = signed.cte("signed").prefix_with("MATERIALIZED")
    columns, source = list(first.columns), first
    for table in FACTS:
        # PostgreSQL looks into a LATERAL with an OFFSET only when it has the row before.
        rest = select(*_facts(table)).where(table.c.id == first.c.principal_id).offset(0)
        later = rest.lateral("facts")
        columns, source = [*columns, *later.columns], source.outerjoin(later, true())
    return select(*columns).select_from(source)


def _signed_in(*, told: bool) -> Select[Any]:
    session, principal = SignInSession, Principal
    columns: list[ColumnElement[Any]] = [
        session.id.label("session_id"),
        (session.last_seen_at < bindparam("stale_since")).label("stale"),
        principal.id.label("principal_id"),
        principal.roles.label("roles"),
        principal.tenant__id.label("tenant_id"),
    ]
    if told:
        whose = func.coalesce(cast(principal.tenant__id, String), "")
        reference = bindparam("reference", type_=String)
        said = acting(cast(principal.id, String), reference, whose)
        columns += [column.label(f"told_{at}") for at, column in enumerate(said)]
    return select(*columns).where(
        session.principal_id == principal.id,
        session.token_hash == bindparam("token_hash"),
        session.revoked_at.is_(None),
        session.expires_at > bindparam("now"),
        session.last_seen_at > bindparam("idle_since"),
        principal.disabled_at.is_(None),
    )


def _facts(table: Table) -> list[ColumnElement[Any]]:
    return [
        column.label(f"fact_{column.key}")
        for column in table.c
        if not (isinstance(column.type, Sealed) or column.info.get("system"))
    ]
