"""What proves who somebody is, and what is known about them once they are in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Column, MetaData, String, Table, Uuid, insert, select

from app.platform.db import Session, new_id
from app.platform.errors import Unauthenticated
from app.platform.identity import accounts, facts, sessions
from app.platform.identity.models import Password, Principal
from app.platform.sealed import Sealed
from tests.platform.conftest import LOGIN, PASSWORD

NOW = datetime.now(UTC)


@pytest.fixture
def token(session: Session, ana: Principal) -> str:
    return sessions.begin(session, ana.id)


def test_a_password_begins_a_session(session: Session, ana: Principal) -> None:
    token = sessions.sign_in(session, LOGIN.upper(), PASSWORD)
    actor = sessions.actor_of(session, token, datetime.now(UTC))
    assert actor is not None
    assert actor.id == ana.id


def test_the_answer_and_the_work_are_the_same_whoever_fails(
    session: Session, ana: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    checks: list[str] = []
    real = PasswordHasher.verify

    def counting(self: PasswordHasher, known: str, password: str) -> bool:
        checks.append(known)
        return real(self, known, password)

    monkeypatch.setattr(PasswordHasher, "verify", counting)
    accounts.principal_for(session, "invited@example.com")
    out = accounts.principal_for(session, "disabled@example.com")
    accounts.set_password(session, out, PASSWORD)
    accounts.disable(session, out)
    robot = Principal(id=new_id(), kind="software", login="robot", created_at=NOW)
    session.add(robot)
    session.flush()
    accounts.set_password(session, robot, PASSWORD)
    answers = set()
    for login in (LOGIN, "invited@example.com", "disabled@example.com", "robot", "x@example.com"):
        checks.clear()
        with pytest.raises(Unauthenticated) as caught:
            sessions.sign_in(session, login, PASSWORD if login != LOGIN else "wrong")
        answers.add((caught.value.detail, caught.value.code, len(checks)))
    assert len(answers) == 1


def test_a_hash_with_old_parameters_is_renewed_at_sign_in(session: Session, ana: Principal) -> None:
    known = session.get_one(Password, ana.id)
    known.hash = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    session.flush()
    sessions.sign_in(session, LOGIN, PASSWORD)
    assert ",t=2," in known.hash


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
