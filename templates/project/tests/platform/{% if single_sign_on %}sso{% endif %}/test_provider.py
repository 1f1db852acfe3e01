"""What a provider says of itself, its keys, and its answers: how much of it is believed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.platform.errors import Unreachable
from app.platform.identity.sso import provider as module
from app.platform.identity.sso.provider import Metadata, Provider, Untrue
from tests.platform.sso.liar import CLIENT, SECRET, Liar, rsa_key

NOW = datetime.now(UTC)
GOOD = {
    "issuer": "https://id.example",
    "authorization_endpoint": "https://id.example/authorize",
    "token_endpoint": "https://id.example/token",
    "jwks_uri": "https://keys.example/all",
}


def known(liar: Liar) -> Provider:
    """Give the provider as somebody sees it who never heard of it before."""
    return Provider(liar.issuer, secure=False)


def test_a_provider_says_where_things_are(liar: Liar) -> None:
    found = known(liar).metadata(NOW)
    assert found.token_endpoint == f"{liar.issuer}/token"
    assert found.says_issuer


@pytest.mark.parametrize("issuer", ["https://elsewhere.example", "", None, 7])
def test_the_description_of_another_issuer_is_not_believed(liar: Liar, issuer: Any) -> None:
    liar.metadata = {"issuer": issuer}
    with pytest.raises(Untrue):
        known(liar).metadata(NOW)


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize(
    "place",
    ["http://id.example/x", "javascript:alert(1)", "//id.example/x", "https://", "", None, 7],
)
def test_where_others_could_listen_nothing_is_sent(name: str, place: Any) -> None:
    with pytest.raises(Untrue, match=name):
        Metadata.of("https://id.example", GOOD | {name: place}, secure=True)


def test_a_provider_over_tls_is_taken() -> None:
    assert not Metadata.of("https://id.example", GOOD, secure=True).says_issuer


def test_what_was_read_is_kept_for_an_hour(liar: Liar) -> None:
    provider = known(liar)
    for minutes in (0, 10, 59, 61):
        provider.keys("first", NOW + timedelta(minutes=minutes))
    assert liar.visits.count("/keys") == 2
    assert len(liar.visits) == 4


def test_a_key_that_is_new_is_found_and_a_flood_of_unknown_ones_asks_once(liar: Liar) -> None:
    provider = known(liar)
    provider.keys("first", NOW)
    liar.keys = [rsa_key("second")]
    later = NOW + module.SOON + timedelta(seconds=1)
    assert [key.kid for key in provider.keys("second", later)] == ["second"]
    for number in range(50):
        provider.keys(f"made-up-{number}", later)
    assert liar.visits.count("/keys") == 2


@pytest.mark.parametrize(
    "shown",
    [
        {},
        {"keys": []},
        {"keys": "many"},
        {"keys": [None, 7, "x"]},
        {"keys": [{"kty": "oct", "k": "c2hhcmVk", "kid": "first"}]},
        {"keys": [{"kty": "RSA", "kid": "first"}]},
        {"keys": [{"kty": "RSA", "kid": "first", "n": "x", "e": 7}]},
    ],
)
def test_keys_that_are_none_are_not_taken(shown: Any) -> None:
    with pytest.raises(Untrue):
        module.keys_in(shown)


def test_a_code_is_exchanged_with_what_ties_it_to_us(liar: Liar) -> None:
    answer = known(liar).exchange("the-code", "the-verifier", "https://us/back", (CLIENT, SECRET))
    assert answer["token_type"] == "Bearer"
    (sent,) = liar.asked
    assert (sent["code"], sent["code_verifier"]) == ("the-code", "the-verifier")
    assert sent["redirect_uri"] == "https://us/back"
    assert sent["authorization"].startswith("Basic ")


@pytest.mark.parametrize("status", [302, 400, 401, 404])
def test_a_refusal_is_none_of_our_answers(liar: Liar, status: int) -> None:
    liar.status = status
    with pytest.raises(Untrue, match=str(status)):
        known(liar).exchange("c", "v", "r", (CLIENT, SECRET))


@pytest.mark.parametrize("content", [b"", b"<html>", b"[]", b"7", b"\xff"])
def test_what_is_no_object_in_json_is_not_taken(content: bytes) -> None:
    with pytest.raises(Untrue):
        module.understood(200, content)


def test_a_provider_that_is_broken_or_gone_is_no_mistake_of_ours(liar: Liar) -> None:
    liar.status = 503
    with pytest.raises(Unreachable):
        known(liar).exchange("c", "v", "r", (CLIENT, SECRET))
    with pytest.raises(Unreachable):
        Provider("http://127.0.0.1:9", secure=False).metadata(NOW)


def test_an_answer_without_an_end_is_not_read(liar: Liar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 10)
    with pytest.raises(Untrue, match="end"):
        known(liar).metadata(NOW)
