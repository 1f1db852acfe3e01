"""What every way of signing in shares: sessions for strangers, tries that are counted, the way on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from fastapi import Request
from sqlalchemy import select

from app.platform.db import Database, Session
from app.platform.faults import as_problem
from app.platform.identity import throttle
from app.platform.identity.models import Principal, SignInSession
from app.platform.identity.schemas import SessionOut
from app.platform.identity.tokens import token_hash
from app.settings import settings

ADDRESS_SHARE = 5
"""An address has so many times the tries of a login: many people may sit behind one."""


@contextmanager
def opened_session(request: Request) -> Iterator[Session]:
    """A session for somebody who is not signed in yet; committed when its block ends well."""
    database: Database = request.app.state.database
    with database.session() as session, as_problem():
        yield session
        session.commit()


def count_try(request: Request, key: str | None = None) -> None:
    """Count a try against the address, and against a login or a session; also when it fails.

    Called while no other session is open: two at once in every thread would use up the pool.
    Raises TooMany.
    """
    tries, period = settings().sign_in_tries, timedelta(minutes=settings().sign_in_minutes)
    address = request.client.host if request.client else ""
    counted = [("address", address, tries * ADDRESS_SHARE)]
    counted += [] if key is None else [("key", key.lower(), tries)]
    with opened_session(request) as session:
        for kind, name, most in counted:
            throttle.take(session, kind, name, most, period)


def device_of(request: Request) -> str:
    """Give what a browser says that it is."""
    return request.headers.get("user-agent", "")


def here(address: str) -> str:
    """Give an address if it is a page of this system, and the start page otherwise.

    The pages for signing in lead nowhere after it.
    """
    inside = address.startswith("/") and not address.startswith(("//", "/\\", "/sign-in"))
    return address if inside and address.isprintable() else "/"


def shown(session: Session, token: str) -> SessionOut:
    """Give who is signed in with a token, as what, and until when at most."""
    principal, expires_at = session.execute(
        select(Principal, SignInSession.expires_at)
        .join(SignInSession, SignInSession.principal_id == Principal.id)
        .where(SignInSession.token_hash == token_hash(token))
    ).one()
    return SessionOut(
        id=principal.id,
        login=principal.login or "",
        roles=principal.roles,
        expires_at=expires_at,
    )
