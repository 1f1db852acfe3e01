"""A very small client of a generated project's API."""

from __future__ import annotations

import json
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from scaffold.errors import InputError

SHOWN = 60


class Client:
    """Keeps the session's cookie. `address` is http://127.0.0.1 and a port."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookie = ""

    def accept(self, token: str, password: str) -> None:
        """Choose a password with a one-time token, and be signed in."""
        self._must("/api/v1/invitations/accept", {"token": token, "password": password})

    def sign_in(self, login: str, password: str) -> None:
        """Sign in."""
        self._must("/api/v1/session", {"login": login, "password": password})

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
        if self.cookie:
            request.add_header("Cookie", self.cookie)
        try:
            with urlopen(request, timeout=30) as answer:  # noqa: S310
                set_cookie = answer.headers.get("Set-Cookie")
                if set_cookie:
                    self.cookie = set_cookie.split(";")[0]
                return answer.status, _short(answer.read())
        except HTTPError as error:
            return error.code, _short(error.read())


def _short(body: bytes) -> str:
    text = " ".join(body.decode(errors="replace").split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
