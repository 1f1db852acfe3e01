"""What a browser was sent to the provider with, and has to come back with.

It waits in a cookie of that browser, sealed, for some minutes: an answer that somebody else got, or
that another browser brings, has no such cookie. Whoever is let in by it loses it; that a code is
taken once is for the provider to see to.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from fastapi import Request, Response

from app.platform.identity import cookie
from app.platform.sealed import CannotOpen, keyring

PLACE = "single-sign-on"
LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Asked:
    """One sign-in that was begun: what ties the answer to it, and where it leads to.

    `invitation` is the token of one that is accepted by it; `anew` demands that somebody proves now
    who they are, whatever the provider remembers.
    """

    state: str
    nonce: str
    verifier: str
    at: str
    next: str = "/"
    invitation: str = ""
    anew: bool = False

    @classmethod
    def begin(
        cls, now: datetime, next: str = "/", *, invitation: str = "", anew: bool = False
    ) -> Asked:
        """Draw what nobody can guess."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        return cls(state, nonce, verifier, now.isoformat(), next, invitation, anew)

    @property
    def challenge(self) -> str:
        """What the provider gets to know of the verifier (PKCE, S256)."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def cookie_name() -> str:
    """What the cookie is called here."""
    return cookie.named("signing-in")


def keep(response: Response, asked: Asked) -> None:
    """Let the browser keep it, and read nothing of it."""
    sealed = keyring().seal(PLACE, json.dumps(asdict(asked)).encode())
    cookie.keep(response, cookie_name(), base64.urlsafe_b64encode(sealed).decode(), LASTS)


def take(request: Request, now: datetime) -> Asked | None:
    """Give what this browser was sent away with; None where that was never, or too long ago."""
    text = request.cookies.get(cookie_name(), "")
    try:
        asked = Asked(**json.loads(keyring().open(PLACE, base64.urlsafe_b64decode(text.encode()))))
    except (CannotOpen, binascii.Error):
        return None
    return asked if datetime.fromisoformat(asked.at) > now - LASTS else None


def drop(response: Response) -> None:
    """Let the browser forget it, which came back."""
    cookie.drop(response, cookie_name())
