"""The provider of single sign-on: where it is, and with which keys it signs.

It is known by its issuer. All else is read from there, over connections that nobody can listen to,
and kept for an hour. What is about another issuer is not believed, no redirect is followed, and no
answer is read beyond what such an answer needs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import httpx2
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey

from app.platform.errors import Unreachable

SILENT = "The sign-in of your company does not answer."
WELL_KNOWN = "/.well-known/openid-configuration"
MOST_BYTES = 500_000
SECONDS = 3
"""So long an answer may keep us waiting for its next piece, and twice that in all."""
DOWN = timedelta(seconds=15)
"""So long a provider that did not answer is not asked again: whoever waits holds up others."""
FRESH = timedelta(hours=1)
SOON = timedelta(minutes=1)
"""Keys that nobody knows are asked for once in such a time, however many tokens name some."""


class Untrue(Exception):
    """The provider, or somebody in its name, said what cannot be."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a provider says of itself.

    `says_issuer` promises `iss` in each answer that it sends, and `takes_claims` that it can be
    told which claims an ID token shall have (OpenID Connect Core 5.5).
    """

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    says_issuer: bool
    takes_claims: bool

    @classmethod
    def of(cls, issuer: str, said: Mapping[str, Any], *, secure: bool) -> Metadata:
        """Read it; raises Untrue where it is that of another issuer, or leaves out what is needed."""
        if said.get("issuer") != issuer:
            raise Untrue("The provider's description is that of another issuer.")
        return cls(
            authorization_endpoint=safe_address(said, "authorization_endpoint", secure=secure),
            token_endpoint=safe_address(said, "token_endpoint", secure=secure),
            jwks_uri=safe_address(said, "jwks_uri", secure=secure),
            says_issuer=said.get("authorization_response_iss_parameter_supported") is True,
            takes_claims=said.get("claims_parameter_supported") is True,
        )


def safe_address(said: Mapping[str, Any], name: str, *, secure: bool) -> str:
    """Give an address that a provider names, over TLS where it has to be secure; raises Untrue."""
    place = said.get(name)
    parts = urlsplit(place) if isinstance(place, str) else urlsplit("")
    if not parts.hostname or parts.scheme not in ({"https"} if secure else {"https", "http"}):
        raise Untrue(f"The provider's {name} is no address that is safe to use.")
    return str(place)


class Provider:
    """One provider, and what was read from it. Threads share it."""

    def __init__(self, issuer: str, *, secure: bool = True) -> None:
        self.issuer = issuer
        self._secure = secure
        self._lock = Lock()
        self._metadata: tuple[datetime, Metadata] | None = None
        self._keys: tuple[datetime, KeySet] | None = None
        self._down_until = 0.0

    def metadata(self, now: datetime | None = None) -> Metadata:
        """Give what the provider says of itself; raises Unreachable, and Untrue."""
        now = now or datetime.now(UTC)
        with self._lock:
            if self._metadata is None or self._metadata[0] < now - FRESH:
                said = self._read(self.issuer.rstrip("/") + WELL_KNOWN)
                self._metadata = now, Metadata.of(self.issuer, said, secure=self._secure)
            return self._metadata[1]

    def keys(self, kid: str | None, now: datetime | None = None) -> KeySet:
        """Give the keys with which the provider signs, read again for one that is new among them."""
        now = now or datetime.now(UTC)
        address = self.metadata(now).jwks_uri
        with self._lock:
            if self._keys is None or self._keys[0] < now - self._age(kid):
                self._keys = now, keys_in(self._read(address))
            return self._keys[1]

    def exchange(self, code: str, verifier: str, redirect_uri: str, client: tuple[str, str]) -> Any:
        """Trade a code for what it stands for; raises Unreachable, and Untrue for a refusal."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "code_verifier": verifier,
            "redirect_uri": redirect_uri,
        }
        return self._read(self.metadata().token_endpoint, form, client)

    def _age(self, kid: str | None) -> timedelta:
        known = self._keys is not None and any(key.kid == kid for key in self._keys[1])
        return FRESH if known or kid is None else SOON

    def _read(
        self, address: str, form: Mapping[str, str] | None = None, client: Any = None
    ) -> Mapping[str, Any]:
        method, until = "GET" if form is None else "POST", monotonic() + 2 * SECONDS
        if monotonic() < self._down_until:
            raise Unreachable(SILENT)
        try:
            with (
                httpx2.Client(timeout=SECONDS, trust_env=False) as web,
                web.stream(method, address, data=form, auth=client) as answer,
            ):
                content = b""
                for piece in answer.iter_bytes():
                    content += piece
                    if len(content) > MOST_BYTES or monotonic() > until:
                        raise Untrue("The provider's answer does not end.")
                return understood(answer.status_code, content)
        except httpx2.HTTPError as error:
            self._down_until = monotonic() + DOWN.total_seconds()
            raise Unreachable(SILENT) from error


def understood(status: int, content: bytes) -> Mapping[str, Any]:
    """Read an answer as the object in JSON that it has to be; raises Unreachable, and Untrue."""
    if status >= 500:  # noqa: PLR2004
        raise Unreachable("The sign-in of your company does not work just now.")
    try:
        said = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Untrue("The provider's answer is no JSON.") from error
    if status != 200 or not isinstance(said, dict):  # noqa: PLR2004
        raise Untrue(f"The provider refused, with status {status}.")
    return said


def keys_in(said: Mapping[str, Any]) -> KeySet:
    """Read the public keys that sign; raises Untrue without any.

    What is no key, none that we know, or one for something else is left out, and not in the way.
    """
    listed = said.get("keys")
    found: list[Any] = [key_in(one) for one in listed] if isinstance(listed, list) else []
    found = [key for key in found if key is not None]
    if not found:
        raise Untrue("The provider has no keys that can be used.")
    return KeySet(found)


def key_in(said: Any) -> RSAKey | ECKey | None:
    """Read one public key that signs; None for anything else, such as a key that is shared."""
    kinds: Mapping[Any, Any] = {"RSA": RSAKey, "EC": ECKey}
    if not isinstance(said, dict) or said.get("use", "sig") != "sig":
        return None
    kind = kinds.get(said.get("kty"))
    try:
        return None if kind is None else kind.import_key(said)
    except (JoseError, ValueError, TypeError, KeyError):
        return None
