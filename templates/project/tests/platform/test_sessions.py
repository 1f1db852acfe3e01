"""Sign-in sessions: who a token belongs to, and every way in which one ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from app.platform.db import Session
from app.platform.identity import accounts, sessions
from app.platform.identity.models import Principal, SignInSession
from app.platform.identity.tokens import token_hash
from app.settings import settings

NOW = datetime.now(UTC)


@pytest.fixture
def token(session: Session, ana: Principal) -> str:
    return sessions.begin(session, ana.id, "Browser \0 on a phone" + "x" * 300)


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
