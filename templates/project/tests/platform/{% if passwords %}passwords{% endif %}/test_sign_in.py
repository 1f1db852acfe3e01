"""The sign-in routes, from the side of somebody who attacks them."""

from __future__ import annotations

from http.cookies import SimpleCookie
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from app.platform.db import Session
from app.platform.identity import accounts, sessions
from app.platform.identity.cookie import cookie_name
from app.platform.identity.models import Principal, SignInSession
from app.settings import settings
from tests.platform.conftest import LOGIN
from tests.platform.passwords.conftest import PASSWORD

SESSION = "/api/v1/session"
ACCEPT = "/api/v1/invitations/accept"
CHANGE = "/api/v1/session/password"
GOOD = {"login": LOGIN, "password": PASSWORD}
OTHER = "another long enough one"


@pytest.fixture
def inside(client: TestClient, ana: Principal) -> TestClient:
    assert client.post(SESSION, json=GOOD).status_code == 201
    return client


def test_signing_in_shows_who_one_is(inside: TestClient, ana: Principal) -> None:
    shown = inside.get(SESSION).json()
    assert (shown["id"], shown["login"], shown["roles"]) == (str(ana.id), LOGIN, [])
    assert shown["expires_at"].endswith("Z")


def test_the_cookie_cannot_be_read_by_scripts_nor_sent_by_other_sites(
    client: TestClient, ana: Principal
) -> None:
    answer = client.post(SESSION, json=GOOD)
    morsel = SimpleCookie(answer.headers["set-cookie"])["__Host-session"]
    assert (morsel["secure"], morsel["httponly"], morsel["path"]) == (True, True, "/")
    assert (morsel["samesite"].lower(), morsel["domain"]) == ("lax", "")
    assert morsel.value not in answer.text


def test_in_development_the_cookie_also_works_over_plain_http(
    monkeypatch: pytest.MonkeyPatch, client: TestClient, ana: Principal
) -> None:
    plain = settings().model_copy(update={"environment": "development"})
    monkeypatch.setattr("app.platform.identity.cookie.settings", lambda: plain)
    given = client.post(SESSION, json=GOOD).headers["set-cookie"]
    assert given.startswith("session=")
    assert "Secure" not in given


def test_each_sign_in_gets_a_new_token_and_ends_the_session_before(inside: TestClient) -> None:
    before = inside.cookies[cookie_name()]
    inside.post(SESSION, json=GOOD)
    assert inside.cookies[cookie_name()] != before
    inside.cookies.set(cookie_name(), before)
    inside.cookies.clear()
    assert inside.get(SESSION, headers={"Cookie": f"{cookie_name()}={before}"}).status_code == 401


def test_a_token_that_somebody_planted_is_not_taken_over(
    client: TestClient, ana: Principal
) -> None:
    planted = "x" * 43
    answer = client.post(SESSION, json=GOOD, headers={"Cookie": f"{cookie_name()}={planted}"})
    assert planted not in answer.headers["set-cookie"]


def test_a_stranger_and_a_wrong_password_get_the_same_answer(
    client: TestClient, ana: Principal
) -> None:
    answers = [
        client.post(SESSION, json=body)
        for body in (GOOD | {"password": "wrong"}, GOOD | {"login": "no@example.com"})
    ]
    bodies = [answer.json() | {"reference": ""} for answer in answers]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert bodies[0] == bodies[1]
    assert all("set-cookie" not in answer.headers for answer in answers)


def test_signing_out_ends_the_session_and_clears_the_browser(inside: TestClient) -> None:
    token = inside.cookies[cookie_name()]
    answer = inside.delete(SESSION)
    assert (answer.status_code, answer.content) == (204, b"")
    assert '"cookies"' in answer.headers["clear-site-data"]
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert inside.get(SESSION, headers={"Cookie": f"{cookie_name()}={token}"}).status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [("GET", SESSION, None), ("DELETE", SESSION, None), ("POST", CHANGE, {"current": "x"})],
)
def test_without_a_session_nothing_is_open(
    client: TestClient, method: str, path: str, body: Any
) -> None:
    full = {"current": PASSWORD, "password": OTHER} if body else None
    answer = client.request(method, path, json=full)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"]


def test_an_invitation_is_accepted_once_and_signs_in(client: TestClient, session: Session) -> None:
    token = accounts.invite(session, accounts.principal_for(session, "ben@example.com"))
    session.commit()
    body = {"token": token, "password": PASSWORD}
    assert client.post(ACCEPT, json=body).json()["login"] == "ben@example.com"
    assert client.get(SESSION).status_code == 200
    again = client.post(ACCEPT, json=body)
    assert (again.status_code, again.json()["code"]) == (404, "invitation_unknown")


def test_changing_the_password_ends_every_session_and_begins_a_new_one(
    inside: TestClient, session: Session, ana: Principal
) -> None:
    elsewhere = sessions.begin(session, ana.id)
    session.commit()
    before = inside.cookies[cookie_name()]
    body = {"current": PASSWORD, "password": OTHER}
    assert inside.post(CHANGE, json=body).status_code == 200
    assert inside.cookies[cookie_name()] not in (before, elsewhere)
    living = select(func.count()).select_from(SignInSession)
    assert session.scalar(living.where(SignInSession.revoked_at.is_(None))) == 1
    assert inside.post(SESSION, json=GOOD).status_code == 401


def test_changing_the_password_needs_the_one_so_far(inside: TestClient) -> None:
    answer = inside.post(CHANGE, json={"current": "wrong", "password": OTHER})
    assert (answer.status_code, answer.json()["code"]) == (403, "wrong_password")
    assert inside.get(SESSION).status_code == 200


def test_somebody_without_a_password_cannot_set_one_by_changing_it(
    client: TestClient, session: Session
) -> None:
    ben = accounts.principal_for(session, "ben@example.com")
    client.cookies.set(cookie_name(), sessions.begin(session, ben.id))
    session.commit()
    answer = client.post(CHANGE, json={"current": "", "password": OTHER})
    assert answer.status_code == 422
    answer = client.post(CHANGE, json={"current": "x", "password": OTHER})
    assert answer.status_code == 403


def test_a_guessable_password_is_refused_without_being_repeated(inside: TestClient) -> None:
    answer = inside.post(CHANGE, json={"current": PASSWORD, "password": LOGIN * 3})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "too_easy"
    assert LOGIN not in answer.text
