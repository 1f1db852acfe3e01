"""Nine lies of a provider, and some more: none of them signs anybody in."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from app.platform.identity.sso import signed
from app.platform.identity.sso.provider import Provider, Untrue
from tests.platform.sso.conftest import KEYS, NONCE
from tests.platform.sso.liar import (
    CLIENT,
    SECRET,
    SUBJECT,
    Liar,
    rsa_key,
    signed_otherwise,
)


def read(liar: Liar, token: Any = None) -> signed.Person:
    """Read what the provider says, as somebody who never heard of it before."""
    provider = Provider(liar.issuer, secure=False)
    token = liar.id_token() if token is None else token
    return signed.person(provider, token, CLIENT, NONCE, datetime.now(UTC))


def ago(seconds: int) -> int:
    """Give a moment as tokens do."""
    return int(time.time()) - seconds


def test_who_signed_in_is_read(liar: Liar) -> None:
    liar.claims = {"sid": "there", "acr": "strong", "groups": ["a"]}
    person = read(liar)
    assert (person.issuer, person.subject) == (liar.issuer, SUBJECT)
    assert (person.session, person.strength) == ("there", "strong")
    assert person.claims["groups"] == ["a"]
    assert person.proved_at is not None


@pytest.mark.parametrize("key", KEYS)
def test_each_algorithm_of_ours_is_taken(liar: Liar, key: Any) -> None:
    liar.keys = [key]
    assert read(liar).subject == SUBJECT


@pytest.mark.parametrize("audience", [CLIENT, [CLIENT]])
def test_it_is_for_us_alone(liar: Liar, audience: Any) -> None:
    liar.claims = {"aud": audience}
    assert read(liar).subject == SUBJECT


LIES: dict[str, dict[str, Any]] = {
    "for another system, though we asked": {"aud": "another-system", "azp": CLIENT},
    "for us and for another one": {"aud": [CLIENT, "another-system"]},
    "for nobody": {"aud": None},
    "made for another system": {"azp": "another-system"},
    "of another issuer": {"iss": "https://elsewhere.example"},
    "of no issuer": {"iss": None},
    "about nobody": {"sub": None},
    "about a number": {"sub": 7},
    "about somebody endless": {"sub": "x" * 256},
    "with the nonce of another sign-in": {"nonce": "of-another"},
    "without a nonce": {"nonce": None},
    "expired": {"exp": ago(600), "iat": ago(900)},
    "without an end": {"exp": None},
    "that ends in words": {"exp": "tomorrow"},
    "that ends beyond all times": {"exp": 10**30},
    "that ends with yes": {"exp": True},
    "signed long ago": {"iat": ago(3600)},
    "signed tomorrow": {"iat": ago(-3600)},
    "signed at no time": {"iat": None},
    "that begins tomorrow": {"nbf": ago(-3600)},
    "proved in words": {"auth_time": "just now"},
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_a_claim_that_does_not_fit_is_not_believed(liar: Liar, lie: dict[str, Any]) -> None:
    liar.claims = lie
    with pytest.raises(Untrue):
        read(liar)


def unsigned(liar: Liar) -> str:
    return signed_otherwise(liar.id_token(), "none")


def with_the_public_key(liar: Liar) -> str:
    return signed_otherwise(liar.id_token(), "HS256", liar.keys[0].as_pem(private=False))


def with_the_secret(liar: Liar) -> str:
    return signed_otherwise(liar.id_token(), "HS256", SECRET.encode())


def with_a_key_of_its_own(liar: Liar) -> str:
    liar.signed_by = rsa_key()
    return liar.id_token()


def with_a_key_in_the_token(liar: Liar) -> str:
    liar.signed_by = rsa_key("brought")
    liar.header = {"jwk": liar.signed_by.as_dict(private=False), "kid": "brought"}
    return liar.id_token()


def for_something_else(liar: Liar) -> str:
    liar.header = {"typ": "at+jwt"}
    return liar.id_token()


def changed_after_signing(liar: Liar) -> str:
    head, body, end = liar.id_token().split(".")
    return f"{head}.{body[:-4]}AAAA.{end}"


def without_a_signature(liar: Liar) -> str:
    return liar.id_token().rpartition(".")[0] + "."


FORGERIES: list[Callable[[Liar], Any]] = [
    unsigned,
    with_the_public_key,
    with_the_secret,
    with_a_key_of_its_own,
    with_a_key_in_the_token,
    for_something_else,
    changed_after_signing,
    without_a_signature,
    lambda _: None,
    lambda _: "",
    lambda _: "a.b",
    lambda _: "a.b.c",
    lambda _: {"sub": SUBJECT},
    lambda _: "\0",
    lambda _: "é.é.é",
]


@pytest.mark.parametrize("forge", FORGERIES)
def test_what_the_provider_did_not_sign_is_not_believed(
    liar: Liar, forge: Callable[[Liar], Any]
) -> None:
    token = forge(liar)
    provider = Provider(liar.issuer, secure=False)
    with pytest.raises(Untrue):
        signed.person(provider, token, CLIENT, NONCE, datetime.now(UTC))
