"""A very small client of a generated project: it signs in, and asks its API."""

from __future__ import annotations

import json
import re
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from scaffold.errors import InputError

SHOWN = 60
HIDDEN = re.compile(r'name="transaction_id" value="([^"]+)"')
"""What ties the answers at the provider of development to its page."""


class Client:
    """Keeps cookies. `address` is http://127.0.0.1 and a port."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._open = build_opener(HTTPCookieProcessor(CookieJar())).open

    def accept(self, token: str, password: str) -> None:
        """Choose a password with a one-time token, and be signed in."""
        self._must("/api/v1/invitations/accept", {"token": token, "password": password})

    def sign_in(self, login: str, password: str) -> None:
        """Sign in."""
        self._must("/api/v1/session", {"login": login, "password": password})

    def sign_in_at_provider(self, name: str) -> None:
        """Sign in at the provider of development, as somebody that it knows."""
        with self._open(f"{self.address}/sign-in/start", timeout=30) as page:
            place, found = page.url, HIDDEN.search(page.read().decode())
        if found is None:
            raise InputError(f"The provider of single sign-on shows no page at {place}.")
        sent = urlencode({"transaction_id": found[1], "username": name}).encode()
        with self._open(place, sent, timeout=30):
            """It leads back, signed in."""

    def _must(self, path: str, body: dict[str, str]) -> None:
        status, answer = self.call("POST", path, body)
        if status != 201:  # noqa: PLR2004
            raise InputError(f"POST {path} answered {status}: {answer}")

    def call(self, method: str, path: str, body: Any = None) -> tuple[int, str]:
        """The status and the beginning of the answer."""
        request = Request(  # noqa: S310  (an address on this machine)
            f"{self.address}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Origin": self.address},
        )
        try:
            with self._open(request, timeout=30) as answer:
                return answer.status, _short(answer.read())
        except HTTPError as error:
            return error.code, _short(error.read())


def _short(body: bytes) -> str:
    text = " ".join(body.decode(errors="replace").split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
