"""The provider tells that a sign-in ended there: it ends here, once, and nobody else can say so."""

from __future__ import annotations

import time
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.platform.sso.going import ENDED, sign_in
from tests.platform.sso.liar import CLIENT, SUBJECT, Liar, rsa_key, without_none

SESSION = "/api/v1/session"
EVENT: dict[str, Any] = {"http://schemas.openid.net/event/backchannel-logout": {}}


def logout_token(liar: Liar, **said: Any) -> str:
    """Sign that a sign-in ended."""
    now = int(time.time())
    claims = {
        "iss": liar.issuer,
        "aud": CLIENT,
        "sub": SUBJECT,
        "jti": "once",
        "iat": now,
        "exp": now + 120,
        "events": EVENT,
        **said,
    }
    return liar.signed(without_none(claims), typ="logout+jwt")


def tell(client: TestClient, token: str) -> int:
    """Send it as the provider does: without cookies, from nowhere that a browser knows."""
    return client.post(ENDED, data={"logout_token": token}).status_code


@pytest.fixture
def inside(client: TestClient, agreed: Liar) -> TestClient:
    agreed.claims["sid"] = "there"
    assert sign_in(client, agreed).status_code == 303
    return client


@pytest.mark.parametrize("said", [{}, {"sid": "there"}, {"sub": None, "sid": "there"}])
def test_what_ended_there_ends_here(inside: TestClient, agreed: Liar, said: Any) -> None:
    assert inside.get(SESSION).status_code == 200
    assert tell(inside, logout_token(agreed, **said)) == 200
    assert inside.get(SESSION).status_code == 401


@pytest.mark.parametrize("said", [{"sid": "another"}, {"sub": "another"}])
def test_what_ended_of_others_does_not_end_here(
    inside: TestClient, agreed: Liar, said: Any
) -> None:
    assert tell(inside, logout_token(agreed, **said)) == 200
    assert inside.get(SESSION).status_code == 200


def test_it_is_taken_once(inside: TestClient, agreed: Liar) -> None:
    token = logout_token(agreed, sub="another")
    assert [tell(inside, token), tell(inside, token)] == [200, 400]


def test_of_a_subject_end_also_sessions_whose_sign_in_the_provider_never_named(
    client: TestClient, agreed: Liar
) -> None:
    sign_in(client, agreed)
    assert tell(client, logout_token(agreed, sid="of another sign-in")) == 200
    assert client.get(SESSION).status_code == 401


LIES: dict[str, Any] = {
    "an ID token": {"nonce": "x"},
    "of nothing that happened": {"events": None},
    "of something else": {"events": {"another": {}}},
    "of events in a list": {"events": [EVENT]},
    "without an id": {"jti": None},
    "about nobody": {"sub": None},
    "for another system": {"aud": "another"},
    "of another issuer": {"iss": "https://elsewhere.example"},
    "expired": {"exp": int(time.time()) - 600},
    "of long ago": {"iat": int(time.time()) - 3600},
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_a_lie_ends_nothing(inside: TestClient, agreed: Liar, lie: Any) -> None:
    assert tell(inside, logout_token(agreed, **lie)) == 400
    assert inside.get(SESSION).status_code == 200


def test_an_id_token_or_a_token_of_somebody_else_ends_nothing(
    inside: TestClient, agreed: Liar
) -> None:
    agreed.header = {"typ": "at+jwt"}
    assert tell(inside, logout_token(agreed)) == 400
    agreed.header, agreed.signed_by = {}, rsa_key()
    assert tell(inside, logout_token(agreed)) == 400
    assert [tell(inside, text) for text in ("", "x", "\0", "a.b.c")] == [400] * 4
    assert inside.post(ENDED).status_code == 400
    assert inside.get(SESSION).status_code == 200
