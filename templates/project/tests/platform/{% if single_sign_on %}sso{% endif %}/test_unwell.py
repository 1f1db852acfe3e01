"""A provider that is not well, or not what was agreed, and what people see then."""

from __future__ import annotations

import httpx2
import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from app.platform.errors import Unreachable
from app.platform.identity.sso import configured
from app.platform.identity.sso import provider as module
from app.platform.identity.sso.provider import Provider, Untrue, key_in, keys_in, understood
from app.settings import settings, use
from tests.platform.sso.going import BACK, START, come_back, leave, sign_in
from tests.platform.sso.liar import Liar, rsa_key

AS_PAGE = {"Accept": "text/html"}
NOWHERE = "http://127.0.0.1:9"
PLAIN = httpx2.Client


def test_who_came_back_in_vain_reads_why_and_is_not_led_in_a_circle(
    client: TestClient, agreed: Liar
) -> None:
    asked = leave(client, agreed)
    said = {"state": asked["state"], "iss": agreed.issuer, "error": "access_denied"}
    answer = client.get(BACK, params=said, headers=AS_PAGE)
    assert answer.status_code == 401
    text = BeautifulSoup(answer.text, "html.parser").get_text(" ", strip=True)
    assert "was not finished" in text
    begun = leave(client, agreed, next="/sign-in/back?code=old")
    assert come_back(client, agreed, begun).headers["location"] == "/"


def test_a_provider_that_is_another_one_is_said_and_is_no_breakdown(
    client: TestClient, agreed: Liar
) -> None:
    agreed.metadata["issuer"] = "https://elsewhere.example"
    configured.forget()
    answer = client.get(START, follow_redirects=False)
    assert (answer.status_code, answer.json()["code"]) == (503, "unreachable")
    assert "agreed" in answer.json()["detail"]


def test_a_silent_provider_is_not_asked_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    provider = Provider(NOWHERE, secure=False)
    with pytest.raises(Unreachable):
        provider.metadata()

    def ask(*_words: object, **_more: object) -> None:
        raise AssertionError("it was asked")

    monkeypatch.setattr(httpx2, "Client", ask)
    with pytest.raises(Unreachable):
        provider.metadata()
    monkeypatch.setattr(provider, "_down_until", 0.0)
    with pytest.raises(AssertionError):
        provider.metadata()


def test_an_answer_that_takes_for_ever_is_not_waited_for(
    liar: Liar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SECONDS", -1)
    monkeypatch.setattr(httpx2, "Client", lambda **_words: PLAIN(trust_env=False))
    with pytest.raises(Untrue, match="does not end"):
        Provider(liar.issuer, secure=False).metadata()


def test_what_is_no_key_of_ours_is_not_in_the_way() -> None:
    good = rsa_key().as_dict(private=False)
    odd = [
        "text",
        {"kty": "oct", "k": "c2VjcmV0"},
        {"kty": "EC", "crv": "P-257", "x": "AA", "y": "AA"},
        {"kty": "RSA", "n": 7, "e": "AQAB"},
        {"kty": "OKP", "crv": "Ed25519", "x": "AA"},
        good | {"use": "enc"},
    ]
    assert [key_in(one) for one in odd] == [None] * len(odd)
    assert [key.kid for key in keys_in({"keys": [*odd, good]}).keys] == ["first"]
    for nothing in ({}, {"keys": odd}, {"keys": "none"}):
        with pytest.raises(Untrue):
            keys_in(nothing)


def test_what_is_nested_too_deep_is_no_answer() -> None:
    with pytest.raises(Untrue, match="no JSON"):
        understood(200, b"[" * 200_000)


@pytest.mark.parametrize("always", [True, False])
def test_where_machines_are_shared_the_provider_asks_each_time(
    client: TestClient, agreed: Liar, always: bool
) -> None:
    use(settings().model_copy(update={"sso_ask_always": always}))
    assert ("prompt" in leave(client, agreed)) is always


def test_tries_of_pages_of_others_are_not_counted(client: TestClient, agreed: Liar) -> None:
    use(settings().model_copy(update={"sign_in_tries": 1, "sso_ask_always": False}))
    for _ in range(12):
        leave(client, agreed)
        assert client.get(BACK, params={"state": "made up"}).status_code == 401
    assert sign_in(client, agreed).status_code == 303
