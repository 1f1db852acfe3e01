"""Accounts, invitations, counted tries, and what is swept away."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import delete, func, select, text, update

from app.platform.db import Database, Session
from app.platform.errors import NotFound, TooMany
from app.platform.identity import accounts, sessions, sweep, throttle
from app.platform.identity.models import (
    Invitation,
    Password,
    Principal,
    SignInSession,
    Throttle,
)
from app.platform.identity.tokens import keyed_hash, token_hash
from app.settings import settings
from tests.platform.conftest import LOGIN

HOUR = timedelta(hours=1)


def test_a_login_is_one_person_in_upper_and_lower_case(session: Session) -> None:
    first = accounts.principal_for(session, "Ben@Example.com")
    assert accounts.principal_for(session, "ben@example.COM") is first
    assert accounts.find(session, "BEN@example.com") is first
    assert (first.login, first.roles, first.kind) == ("ben@example.com", [], "person")


def test_a_person_who_is_forgotten_cannot_be_known_by_their_login(session: Session) -> None:
    ben = accounts.principal_for(session, "ben@example.com")
    session.add(Password(principal_id=ben.id, hash="x", changed_at=datetime.now(UTC)))
    accounts.invite(session, ben)
    accounts.forget(session, ben)
    assert (ben.login, ben.disabled_at is None) == (None, False)
    assert accounts.find(session, "ben@example.com") is None
    assert session.get(Password, ben.id) is None
    assert session.get(Principal, ben.id) is ben


def test_an_invitation_is_taken_once(session: Session, ana: Principal) -> None:
    token = accounts.invite(session, ana)
    assert accounts.invited(session, token) is ana
    assert accounts.take_invitation(session, token) is ana
    for use in (accounts.invited, accounts.take_invitation):
        with pytest.raises(NotFound):
            use(session, token)


def test_a_new_invitation_ends_the_one_before(session: Session, ana: Principal) -> None:
    before = accounts.invite(session, ana)
    accounts.invite(session, ana)
    with pytest.raises(NotFound):
        accounts.take_invitation(session, before)


def test_an_invitation_runs_out(session: Session, ana: Principal) -> None:
    token = accounts.invite(session, ana)
    session.execute(update(Invitation).values(expires_at=datetime.now(UTC)))
    with pytest.raises(NotFound):
        accounts.take_invitation(session, token)


def test_a_disabled_person_cannot_come_back_with_an_invitation(
    session: Session, ana: Principal
) -> None:
    token = accounts.invite(session, ana)
    accounts.disable(session, ana)
    with pytest.raises(NotFound):
        accounts.take_invitation(session, token)


def test_disabling_ends_all_sessions_and_enabling_brings_none_back(
    session: Session, ana: Principal
) -> None:
    token = sessions.begin(session, ana.id)
    accounts.disable(session, ana)
    accounts.enable(session, ana)
    assert sessions.actor_of(session, token, datetime.now(UTC)) is None
    again = sessions.begin(session, ana.id)
    assert sessions.actor_of(session, again, datetime.now(UTC)) is not None


def test_the_token_of_an_invitation_is_stored_nowhere(session: Session, ana: Principal) -> None:
    token = accounts.invite(session, ana)
    kept = session.scalars(select(Invitation.token_hash)).all()
    assert kept == [token_hash(token)]
    assert token.encode() not in kept[0]


@pytest.fixture
def purpose(database: Database) -> Iterator[str]:
    name = str(uuid4())
    yield name
    with database.session() as session:
        session.execute(delete(Throttle).where(Throttle.key == keyed_hash(name, "x")))
        session.commit()


@pytest.fixture
def database() -> Iterator[Database]:
    database = Database(settings().database_url)
    yield database
    database.close()


def test_parallel_tries_do_not_slip_past_the_limit(database: Database, purpose: str) -> None:
    def attempt(_number: int) -> bool:
        with database.session() as session:
            try:
                throttle.take(session, purpose, "x", 5, HOUR)
            except TooMany:
                return False
            session.commit()
            return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(attempt, range(40))) == 5


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def test_a_used_up_allowance_says_when_to_come_back(session: Session, zone: str) -> None:
    session.execute(text(f"SET LOCAL TIME ZONE '{zone}'"))
    for _ in range(3):
        throttle.take(session, "try", "x", 3, HOUR)
    with pytest.raises(TooMany) as caught:
        throttle.take(session, "try", "x", 3, HOUR)
    assert 1190 <= int(caught.value.headers["Retry-After"]) <= 1200
    throttle.take(session, "try", "y", 3, HOUR)


def test_the_allowance_comes_back_with_time(session: Session) -> None:
    throttle.take(session, "try", "x", 1, HOUR)
    session.execute(update(Throttle).values(full_at=Throttle.full_at - HOUR))
    throttle.take(session, "try", "x", 1, HOUR)


def test_neither_address_nor_login_can_be_read_from_a_counted_try(session: Session) -> None:
    throttle.take(session, "login", LOGIN, 3, HOUR)
    (kept,) = session.scalars(select(Throttle.key)).all()
    assert kept == keyed_hash("login", LOGIN)
    assert kept != token_hash(LOGIN)


def test_sweeping_deletes_only_what_ended_long_ago(session: Session, ana: Principal) -> None:
    old, new = sessions.begin(session, ana.id), sessions.begin(session, ana.id)
    accounts.invite(session, ana)
    throttle.take(session, "try", "x", 3, HOUR)
    throttle.take(session, "try", "y", 3, HOUR)
    long_ago = datetime.now(UTC) - sweep.KEPT - HOUR
    session.execute(update(Invitation).values(expires_at=long_ago))
    which = SignInSession.token_hash == token_hash(old)
    session.execute(update(SignInSession).where(which).values(expires_at=long_ago))
    session.execute(
        update(Throttle).where(Throttle.key == keyed_hash("try", "x")).values(full_at=long_ago)
    )
    assert sweep.sweep(session) == 3
    assert sessions.actor_of(session, new, datetime.now(UTC)) is not None
    assert session.scalar(select(func.count()).select_from(Throttle)) == 1
