"""What a browser was sent to the provider with, and has to come back with.

It waits in a cookie of that browser, sealed, for some minutes: an answer that somebody else got, or
that another browser brings, has no such cookie. It is taken once.
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

from app.platform.sealed import CannotOpen, keyring
from app.settings import settings

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
    return "signing-in" if settings().environment == "development" else "__Host-signing-in"


def keep(response: Response, asked: Asked) -> None:
    """Let the browser keep it, and read nothing of it."""
    text = base64.urlsafe_b64encode(keyring().seal(PLACE, json.dumps(asdict(asked)).encode()))
    response.set_cookie(
        cookie_name(),
        text.decode(),
        max_age=int(LASTS.total_seconds()),
        path="/",
        secure=settings().environment != "development",
        httponly=True,
        samesite="lax",
    )


def take(request: Request, now: datetime) -> Asked | None:
    """Give what this browser was sent away with; None where that was never, or too long ago."""
    text = request.cookies.get(cookie_name(), "")
    try:
        asked = Asked(**json.loads(keyring().open(PLACE, base64.urlsafe_b64decode(text.encode()))))
    except (CannotOpen, binascii.Error):
        return None
    return asked if datetime.fromisoformat(asked.at) > now - LASTS else None


def drop(response: Response) -> None:
    """Let the browser forget it: an answer is taken once."""
    secure = settings().environment != "development"
    response.delete_cookie(cookie_name(), path="/", secure=secure, httponly=True, samesite="lax")
