"""A provider on this machine, and a system that is told to believe it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import SecretStr

from app.platform.identity.sso import configured
from app.settings import settings, use
from tests.platform.sso.liar import CLIENT, SECRET, Liar, ec_key, provider_on_this_machine, rsa_key

NONCE = "the-nonce-of-this-sign-in"
KEYS: list[Any] = [rsa_key(), ec_key()]
ROLES = {"The Office": ["office"], "The Field": ["fitter", "driver"]}


@pytest.fixture
def liar() -> Iterator[Liar]:
    """A provider that tells the truth so far."""
    with provider_on_this_machine(list(KEYS)) as found:
        found.nonce = NONCE
        yield found


@pytest.fixture
def agreed(liar: Liar) -> Iterator[Liar]:
    """That provider, agreed with: its groups have roles here."""
    before = settings()
    chosen = {
        "sso_issuer": liar.issuer,
        "sso_client_id": CLIENT,
        "sso_client_secret": SecretStr(SECRET),
        "sso_roles_claim": "groups",
        "sso_roles": ROLES,
        "sso_address_claim": "email",
        "public_url": "https://testserver",
        "sso_anybody": True,
        "sso_ask_always": False,
    }
    use(before.model_copy(update=chosen))
    configured.forget()
    liar.claims = {"groups": ["The Office"], "email": "Ana@Example.com"}
    yield liar
    use(before)
    configured.forget()
