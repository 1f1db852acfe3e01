"""A provider of this machine that signs whatever a test tells it to: true answers, and lies."""

from __future__ import annotations

import base64
import hmac
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

CLIENT = "our-system"
SECRET = "shared-with-the-provider-0123456789"
SUBJECT = "the-subject-of-somebody"


@dataclass
class Liar:
    """A provider: what it says of itself, and what it answers to a code.

    `metadata` and `claims` replace what it would say truly; None leaves something out. `signed_by`
    is the key that it signs with, which is not always one of those that it shows.
    """

    issuer: str
    keys: list[Any]
    asked: list[Mapping[str, str]] = field(default_factory=list)
    visits: list[str] = field(default_factory=list)
    metadata: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    answer: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    signed_by: Any = None
    nonce: str = ""

    def described(self) -> dict[str, Any]:
        """Give what it says of itself."""
        return without_none(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "authorization_response_iss_parameter_supported": True,
                **self.metadata,
            }
        )

    def shown_keys(self) -> dict[str, Any]:
        """Give the public halves of its keys."""
        return {"keys": [key.as_dict(private=False) for key in self.keys]}

    def id_token(self) -> str:
        """Sign who somebody is."""
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": SUBJECT,
            "nonce": self.nonce,
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
            **self.claims,
        }
        return self.signed(without_none(claims))

    def signed(self, claims: Mapping[str, Any], **header: Any) -> str:
        """Sign something."""
        key = self.signed_by or self.keys[0]
        said = {"alg": algorithm(key), "kid": self.keys[0].kid, **header, **self.header}
        return jwt.encode(without_none(said), dict(claims), key, ["RS256", "ES256"])

    def replied(self, form: Mapping[str, str]) -> dict[str, Any]:
        """Answer to a code."""
        self.asked.append(form)
        return without_none(
            {
                "access_token": "unused",
                "token_type": "Bearer",
                "id_token": self.id_token(),
                **self.answer,
            }
        )


def algorithm(key: Any) -> str:
    """Give the algorithm that goes with a key."""
    return {"RSA": "RS256", "EC": "ES256"}[key.key_type]


def signed_otherwise(token: str, algorithm: str, key: bytes = b"") -> str:
    """Give a token as somebody makes it who has no key of the provider: with a shared one, or none."""
    head = as_part(json.dumps({"alg": algorithm, "kid": "first"}).encode())
    text = f"{head}.{token.split('.')[1]}"
    return f"{text}.{as_part(hmac.digest(key, text.encode(), 'sha256')) if key else ''}"


def as_part(content: bytes) -> str:
    """Write bytes as a part of a token."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def without_none(said: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is None."""
    return {name: value for name, value in said.items() if value is not None}


def rsa_key(kid: str = "first") -> RSAKey:
    """Make a key."""
    return RSAKey.generate_key(2048, {"kid": kid})


def ec_key(kid: str = "curve") -> ECKey:
    """Make a key on a curve."""
    return ECKey.generate_key("P-256", {"kid": kid})


@contextmanager
def provider_on_this_machine(keys: list[Any]) -> Iterator[Liar]:
    """Serve a provider until the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.liar = Liar(f"http://127.0.0.1:{server.server_port}", keys)  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.liar  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Answers(BaseHTTPRequestHandler):
    """Answers as the liar says."""

    def do_GET(self) -> None:
        """Describe the provider, or show its keys."""
        liar: Liar = self.server.liar  # type: ignore[attr-defined]
        liar.visits.append(self.path)
        self._say(liar.described() if "well-known" in self.path else liar.shown_keys(), 200)

    def do_POST(self) -> None:
        """Answer to a code."""
        liar: Liar = self.server.liar  # type: ignore[attr-defined]
        length = int(self.headers["Content-Length"])
        form = {
            name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()
        }
        self._say(
            liar.replied({**form, "authorization": self.headers["Authorization"]}), liar.status
        )

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def _say(self, said: Mapping[str, Any], status: int) -> None:
        content = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
