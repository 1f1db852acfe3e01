"""A browser that goes to the provider, and comes back from there."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

from fastapi.testclient import TestClient

from tests.platform.sso.liar import Liar

START, BACK, ENDED = "/sign-in/start", "/sign-in/back", "/sign-in/ended"


def leave(client: TestClient, liar: Liar, next: str = "/", **more: str) -> dict[str, str]:
    """Begin to sign in, and give what the provider was asked."""
    answer = client.get(START, params={"next": next, **more}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return asked_in(answer.headers["location"], liar)


def asked_in(address: str, liar: Liar) -> dict[str, str]:
    """Give what an address asks the provider, who will answer that."""
    assert address.startswith(f"{liar.issuer}/authorize?")
    asked = dict(parse_qsl(urlsplit(address).query))
    liar.nonce = asked["nonce"]
    return asked


def come_back(client: TestClient, liar: Liar, asked: dict[str, str], **said: Any) -> Any:
    """Bring what the provider answers; None leaves something out."""
    answer = {"state": asked["state"], "code": "a-code", "iss": liar.issuer} | said
    given = {name: value for name, value in answer.items() if value is not None}
    return client.get(BACK, params=given, follow_redirects=False)


def sign_in(client: TestClient, liar: Liar, next: str = "/") -> Any:
    """Go there and back again."""
    return come_back(client, liar, leave(client, liar, next))
