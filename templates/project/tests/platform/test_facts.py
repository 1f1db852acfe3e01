"""What is known about somebody once they are in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import Column, MetaData, String, Table, Uuid, insert, select

from app.platform.db import Session
from app.platform.identity import facts, sessions
from app.platform.identity.models import Principal
from app.platform.sealed import Sealed

NOW = datetime.now(UTC)


@pytest.fixture
def token(session: Session, ana: Principal) -> str:
    return sessions.begin(session, ana.id)


@pytest.fixture
def people(session: Session) -> Iterator[Table]:
    before = list(facts.FACTS)
    table = Table(
        "people_in_tests",
        MetaData(),
        Column("id", Uuid, primary_key=True),
        Column("branch_id", Uuid),
        Column("name", String),
        Column("number", Sealed("text")),
        prefixes=["TEMPORARY"],
    )
    table.create(session.connection())
    facts.register_facts(table)
    yield table
    facts.FACTS[:] = before
    facts.sign_in_statement.cache_clear()


def test_facts_come_with_the_look_up_but_sealed_ones_do_not(
    session: Session, ana: Principal, token: str, people: Table, statements: list[str]
) -> None:
    branch = uuid4()
    values = {"id": ana.id, "branch_id": branch, "name": "Ana", "number": "756"}
    session.execute(insert(people).values(values))
    statements.clear()
    actor = sessions.actor_of(session, token, datetime.now(UTC))
    assert actor is not None
    assert actor.facts == {"id": ana.id, "branch_id": branch, "name": "Ana"}
    assert len(statements) == 1


def test_a_principal_without_facts_can_still_sign_in(
    session: Session, token: str, people: Table
) -> None:
    actor = sessions.actor_of(session, token, NOW)
    assert actor is not None
    assert set(actor.facts.values()) == {None}


def test_facts_are_read_from_a_table_only() -> None:
    with pytest.raises(TypeError, match="table"):
        facts.register_facts(select(Principal.id).subquery())
