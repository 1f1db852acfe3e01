"""What attackers send to the sign-in routes: refused as input, or slowed down."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from app.platform.identity.cookie import cookie_name
from app.platform.identity.models import Principal
from app.settings import settings
from tests.platform.conftest import LOGIN
from tests.platform.passwords.conftest import PASSWORD

SESSION = "/api/v1/session"
ACCEPT = "/api/v1/invitations/accept"
CHANGE = "/api/v1/session/password"
GOOD = {"login": LOGIN, "password": PASSWORD}


HOSTILE = [
    "\0",
    "ana\0@example.com",
    "x" * 300 + "@example.com",
    "",
    " ",
    "a@b",
    "a@b.c\n",
    "☃@x.ch",
]


@pytest.mark.parametrize("login", HOSTILE)
def test_a_hostile_login_is_refused_as_input(client: TestClient, login: str) -> None:
    assert client.post(SESSION, json={"login": login, "password": "x"}).status_code == 422


@pytest.mark.parametrize("place", ["login", "password", "token", "current"])
def test_half_a_character_is_refused_as_input(client: TestClient, place: str) -> None:
    raw = f'{{"{place}": "\\ud800"}}'
    for path in (SESSION, ACCEPT, CHANGE):
        answer = client.post(path, content=raw, headers={"Content-Type": "application/json"})
        assert answer.status_code == 422


def test_a_password_may_hold_any_characters_but_not_be_endless(
    client: TestClient, ana: Principal
) -> None:
    answers = [
        client.post(SESSION, json=GOOD | {"password": password}).status_code
        for password in ("\0" * 20, "☃" * 128, "x" * 129, "x" * 500_000)
    ]
    assert answers == [401, 401, 422, 422]


@pytest.mark.parametrize("token", ["", "x" * 42, "x" * 44, "\0" * 43, "x" * 42 + "\n"])
def test_a_token_of_another_form_is_refused_as_input(client: TestClient, token: str) -> None:
    assert client.post(ACCEPT, json={"token": token, "password": PASSWORD}).status_code == 422


def test_unknown_fields_are_refused(client: TestClient) -> None:
    assert client.post(SESSION, json=GOOD | {"roles": ["office"]}).status_code == 422


def test_hostile_cookies_are_nobody(client: TestClient) -> None:
    for value in (b"\xff\xfe", b"%00", b'"', b"x" * 10_000):
        cookie = cookie_name().encode() + b"=" + value
        answer = client.get(SESSION, headers=[(b"Cookie", cookie)])
        assert answer.status_code == 401


def test_guessing_is_slowed_down_for_a_login_even_with_the_right_password(
    client: TestClient, ana: Principal
) -> None:
    tries = settings().sign_in_tries
    wrong = GOOD | {"password": "wrong"}
    answers = [client.post(SESSION, json=wrong).status_code for _ in range(tries + 1)]
    assert answers == [401] * tries + [429]
    answer = client.post(SESSION, json=GOOD)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
