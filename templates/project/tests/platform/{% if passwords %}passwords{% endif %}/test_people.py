"""What a password proves, and how one gets a first one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher

from app.platform.db import Session, new_id
from app.platform.errors import Conflict, Invalid, NotFound, Unauthenticated
from app.platform.identity import accounts, sessions
from app.platform.identity.models import Identity, Password, Principal
from app.platform.identity.passwords import people
from tests.platform.conftest import LOGIN
from tests.platform.passwords.conftest import PASSWORD

NOW = datetime.now(UTC)


def test_an_invitation_sets_the_password_once(session: Session) -> None:
    ben = accounts.principal_for(session, "ben@example.com")
    token = accounts.invite(session, ben)
    assert people.accept(session, token, PASSWORD) is ben
    assert people.sign_in(session, "ben@example.com", PASSWORD)
    with pytest.raises(NotFound):
        people.accept(session, token, PASSWORD)


def test_an_invitation_is_not_used_up_by_a_refused_password(session: Session) -> None:
    ben = accounts.principal_for(session, "ben@example.com")
    token = accounts.invite(session, ben)
    with pytest.raises(Invalid):
        people.accept(session, token, "ben@example.com")
    assert people.accept(session, token, PASSWORD) is ben


def test_a_password_begins_a_session(session: Session, ana: Principal) -> None:
    token = people.sign_in(session, LOGIN.upper(), PASSWORD)
    actor = sessions.actor_of(session, token, datetime.now(UTC))
    assert actor is not None
    assert actor.id == ana.id


def test_who_signs_in_at_their_company_has_no_other_way_in(
    session: Session, ana: Principal
) -> None:
    known = {"issuer": "https://accounts.example.com", "subject": "ana"}
    session.add(
        Identity(id=new_id(), principal_id=ana.id, created_at=NOW, last_used_at=NOW, **known)
    )
    session.flush()
    with pytest.raises(Unauthenticated):
        people.sign_in(session, LOGIN, PASSWORD)
    token = accounts.invite(session, ana)
    for _ in range(2):  # the invitation is not used up by it
        with pytest.raises(Conflict, match="where your company"):
            people.accept(session, token, PASSWORD)


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
    people.set_password(session, out, PASSWORD)
    accounts.disable(session, out)
    robot = Principal(id=new_id(), kind="software", login="robot", created_at=NOW)
    session.add(robot)
    session.flush()
    people.set_password(session, robot, PASSWORD)
    answers = set()
    for login in (LOGIN, "invited@example.com", "disabled@example.com", "robot", "x@example.com"):
        checks.clear()
        with pytest.raises(Unauthenticated) as caught:
            people.sign_in(session, login, PASSWORD if login != LOGIN else "wrong")
        answers.add((caught.value.detail, caught.value.code, len(checks)))
    assert len(answers) == 1


def test_a_hash_with_old_parameters_is_renewed_at_sign_in(session: Session, ana: Principal) -> None:
    known = session.get_one(Password, ana.id)
    known.hash = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    session.flush()
    people.sign_in(session, LOGIN, PASSWORD)
    assert ",t=2," in known.hash
