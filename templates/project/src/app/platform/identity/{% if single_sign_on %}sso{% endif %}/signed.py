"""What the provider signed: nothing of a token is believed before all of it fits.

A token is of this provider, for this system alone, of now, and in answer to this very sign-in. The
algorithms are ours, whatever a token names: a public key is never taken for a shared one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError

from app.platform.identity.sso.provider import Provider, Untrue

ALGORITHMS = ("RS256", "PS256", "ES256")
LEEWAY = timedelta(minutes=2)
"""How far two clocks may be apart."""
OLDEST = timedelta(minutes=10)
"""How long ago a token may have been signed: it answers a question of some minutes ago."""
ENDED = "http://schemas.openid.net/event/backchannel-logout"
LONGEST_SUBJECT = 255


@dataclass(frozen=True, slots=True)
class Person:
    """Who signed in: `subject` at the issuer, and what the provider says of them.

    `session` is the sign-in there, by which it is ended later; `proved_at` and `strength` tell when
    and how they proved who they are.
    """

    issuer: str
    subject: str
    claims: Mapping[str, Any]
    session: str | None
    proved_at: datetime | None
    strength: str | None


@dataclass(frozen=True, slots=True)
class Ended:
    """A sign-in that ended at the provider: one, or all of a subject. `id` comes once."""

    id: str
    subject: str | None
    session: str | None
    expires_at: datetime


def person(provider: Provider, token: Any, client_id: str, nonce: str, now: datetime) -> Person:
    """Read an ID token that answers the sign-in with this nonce; raises Untrue."""
    header, claims = opened(provider, token, client_id, now)
    require(header.get("typ", "JWT") == "JWT", "It is a token for something else.")
    require(claims.get("nonce") == nonce, "It answers another sign-in.")
    require(claims.get("azp", client_id) == client_id, "It was made for another system.")
    subject = said(claims, "sub")
    require(subject is not None, "It does not say who it is about.")
    proved = claims.get("auth_time")
    return Person(
        issuer=provider.issuer,
        subject=subject or "",
        claims=claims,
        session=said(claims, "sid"),
        proved_at=None if proved is None else moment(claims, "auth_time"),
        strength=said(claims, "acr"),
    )


def ended(provider: Provider, token: Any, client_id: str, now: datetime) -> Ended:
    """Read a logout token; raises Untrue."""
    header, claims = opened(provider, token, client_id, now)
    kind = str(header.get("typ", "JWT")).lower()
    require(kind in ("logout+jwt", "jwt"), "It is no logout token.")
    events = claims.get("events")
    require(isinstance(events, dict) and events.get(ENDED) == {}, "It tells of something else.")
    require("nonce" not in claims, "It is an ID token.")
    found = Ended(
        id=said(claims, "jti") or "",
        subject=said(claims, "sub"),
        session=said(claims, "sid"),
        expires_at=moment(claims, "exp"),
    )
    require(bool(found.id), "It has no id of its own.")
    require(bool(found.subject or found.session), "It does not say whose sign-in ended.")
    return found


def opened(
    provider: Provider, token: Any, client_id: str, now: datetime
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Give the header and the claims of a token that this provider signed for us; raises Untrue."""
    require(isinstance(token, str), "There is no token.")
    try:
        found = jwt.decode(
            token, lambda one: provider.keys(one.headers().get("kid"), now), ALGORITHMS
        )
    except (JoseError, ValueError, TypeError) as error:
        raise Untrue("It is not signed by the provider.") from error
    claims = found.claims
    require(claims.get("iss") == provider.issuer, "It is of another issuer.")
    require(claims.get("aud") in (client_id, [client_id]), "It was made for another system.")
    require(moment(claims, "exp") > now - LEEWAY, "It is too old.")
    signed_at = moment(claims, "iat")
    require(now - OLDEST < signed_at < now + LEEWAY, "It was not signed just now.")
    if "nbf" in claims:
        require(moment(claims, "nbf") < now + LEEWAY, "It is not valid yet.")
    return found.header, claims


def require(fulfilled: bool, otherwise: str) -> None:
    """Raise Untrue unless something is so."""
    if not fulfilled:
        raise Untrue(otherwise)


def said(claims: Mapping[str, Any], name: str) -> str | None:
    """Give a claim that is a text of usual length, or None."""
    value = claims.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_SUBJECT or "\0" in value:
        return None
    return value


def moment(claims: Mapping[str, Any], name: str) -> datetime:
    """Give a claim that is a point in time; raises Untrue for what is none."""
    value = claims.get(name)
    require(isinstance(value, int | float) and not isinstance(value, bool), f"No time in {name}.")
    try:
        return datetime.fromtimestamp(float(value or 0), UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise Untrue(f"No time in {name}.") from error
