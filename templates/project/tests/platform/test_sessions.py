"""Sign-in sessions: who a token belongs to, and every way in which one ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Column, Engine, MetaData, String, Table, Uuid, event, insert, select, update
from sqlalchemy.engine import Connection

from app.platform.db import Session, new_id
from app.platform.errors import Unauthenticated
from app.platform.identity import accounts, facts, sessions
from app.platform.identity.models import Password, Principal, SignInSession
from app.platform.identity.tokens import token_hash
from app.platform.sealed import Sealed
from app.settings import settings
from tests.platform.conftest import LOGIN, PASSWORD

NOW = datetime.now(UTC)


@pytest.fixture
def token(session: Session, ana: Principal) -> str:
    return sessions.begin(session, ana.id, "Browser \0 on a phone" + "x" * 300)


@pytest.fixture
def statements(session: Session) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    engine: Engine = session.connection().engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def stored(session: Session, token: str) -> SignInSession:
    found = select(SignInSession).where(SignInSession.token_hash == token_hash(token))
    return session.scalars(found.execution_options(populate_existing=True)).one()


def change(session: Session, token: str, **values: object) -> None:
    found = update(SignInSession).where(SignInSession.token_hash == token_hash(token))
    session.execute(found.values(**values))


def test_a_token_tells_who_is_calling_with_which_roles(
    session: Session, ana: Principal, token: str
) -> None:
    accounts.set_roles(session, ana, ["office", "technician", "office"])
    actor = sessions.actor_of(session, token, NOW)
    assert actor is not None
    assert actor.id == ana.id
    assert actor.roles == frozenset({"office", "technician"})
    assert actor.session_id == stored(session, token).id


def test_roles_are_read_from_the_database_each_time(
    session: Session, ana: Principal, token: str
) -> None:
    accounts.set_roles(session, ana, ["office"])
    accounts.set_roles(session, ana, [])
    actor = sessions.actor_of(session, token, NOW)
    assert actor is not None
    assert actor.roles == frozenset()


def test_the_token_itself_is_stored_nowhere(session: Session, token: str) -> None:
    row = session.execute(
        select(SignInSession.__table__).where(SignInSession.token_hash == token_hash(token))
    ).one()
    assert token not in str(row)
    assert token.encode() not in bytes(row.token_hash)
    assert "\0" not in row.device
    assert len(row.device) == 200


def test_tokens_are_random_and_long(session: Session, ana: Principal) -> None:
    tokens = {sessions.begin(session, ana.id) for _ in range(5)}
    assert len(tokens) == 5
    assert {len(token) for token in tokens} == {43}


@pytest.mark.parametrize("bad", [None, "", "x" * 43, "\0", "\ud800", "'; --", "x" * 100_000])
def test_a_token_that_was_never_given_out_is_nobody(
    session: Session, token: str, bad: str | None
) -> None:
    assert sessions.actor_of(session, bad, NOW) is None


def test_a_session_ends_after_idle_time(session: Session, token: str) -> None:
    idle = timedelta(minutes=settings().session_idle_minutes)
    change(session, token, expires_at=NOW + idle * 3)
    assert sessions.actor_of(session, token, NOW + idle - timedelta(minutes=2)) is not None
    assert sessions.actor_of(session, token, NOW + idle * 2) is None


def test_a_session_ends_after_its_longest_time_however_busy(session: Session, token: str) -> None:
    change(session, token, expires_at=NOW, last_seen_at=NOW)
    assert sessions.actor_of(session, token, NOW + timedelta(seconds=1)) is None


def test_the_longest_time_is_set_at_sign_in(session: Session, token: str) -> None:
    row = stored(session, token)
    longest = timedelta(minutes=settings().session_absolute_minutes)
    assert row.expires_at - row.created_at == longest


def test_a_revoked_session_is_nobody_s(session: Session, ana: Principal, token: str) -> None:
    other = sessions.begin(session, ana.id)
    sessions.sign_out(session, token)
    assert sessions.actor_of(session, token, NOW) is None
    assert sessions.actor_of(session, other, NOW) is not None


def test_all_sessions_of_a_person_end_together_and_nobody_else_s(
    session: Session, ana: Principal, token: str
) -> None:
    ben = sessions.begin(session, accounts.principal_for(session, "ben@example.com").id)
    sessions.begin(session, ana.id)
    assert sessions.revoke_all(session, ana.id) == 2
    assert sessions.actor_of(session, token, NOW) is None
    assert sessions.actor_of(session, ben, NOW) is not None


def test_a_disabled_principal_is_out_at_once_even_with_a_living_session(
    session: Session, ana: Principal, token: str
) -> None:
    ana.disabled_at = NOW
    session.flush()
    assert sessions.actor_of(session, token, NOW) is None


def test_the_look_up_is_one_statement(session: Session, token: str, statements: list[str]) -> None:
    statements.clear()
    sessions.actor_of(session, token, datetime.now(UTC))
    assert len(statements) == 1


def test_a_session_is_touched_at_most_once_a_minute(
    session: Session, token: str, statements: list[str]
) -> None:
    later = datetime.now(UTC) + timedelta(minutes=2)
    statements.clear()
    sessions.actor_of(session, token, later)
    sessions.actor_of(session, token, later + timedelta(seconds=50))
    assert [sent.split()[0] for sent in statements] == ["SELECT", "UPDATE", "SELECT"]
    assert stored(session, token).last_seen_at == later


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
