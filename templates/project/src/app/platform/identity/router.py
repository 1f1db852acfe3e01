"""Signing in and out, accepting an invitation, changing a password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import select

from app.platform.db import Database, Session
from app.platform.errors import Forbidden, NotFound, TooMany, Unauthenticated
from app.platform.faults import as_problem
from app.platform.http.access import Access
from app.platform.http.openapi import problem
from app.platform.identity import accounts, cookie, passwords, sessions, throttle
from app.platform.identity.models import Password, Principal, SignInSession
from app.platform.identity.schemas import AcceptIn, PasswordIn, SessionOut, SignInIn
from app.platform.identity.tokens import token_hash
from app.platform.work import unit_of_work
from app.settings import settings

ADDRESS_SHARE = 5
"""An address has so many times the tries of a login: many people may sit behind one."""

router = APIRouter(tags=["sign-in"])
public = [Depends(Access.PUBLIC)]
signed_in = [Depends(Access.SIGNED_IN)]


@router.post(
    "/session", status_code=201, dependencies=public, responses=problem(Unauthenticated, TooMany)
)
def sign_in(request: Request, response: Response, body: SignInIn) -> SessionOut:
    """Sign in with a password. The answer sets the session's cookie."""
    _throttle(request, body.login)
    with _session(request) as session:
        token = sessions.sign_in(session, body.login, body.password, _device(request))
        return _begun(session, request, response, token)


@router.get("/session", dependencies=signed_in)
def who_am_i(request: Request) -> SessionOut:
    """Who is signed in, with which roles, and until when at most."""
    with unit_of_work(request) as work:
        return _shown(work.session, sessions.token_of(request) or "")


@router.delete("/session", status_code=204, dependencies=signed_in)
def sign_out(request: Request, response: Response) -> None:
    """End this session; the browser forgets what it kept."""
    with unit_of_work(request) as work:
        sessions.sign_out(work.session, sessions.token_of(request))
    cookie.take_back(response)


@router.post(
    "/invitations/accept",
    status_code=201,
    dependencies=public,
    responses=problem(NotFound, TooMany),
)
def accept_invitation(request: Request, response: Response, body: AcceptIn) -> SessionOut:
    """Choose a password with the one-time token of an invitation, and be signed in."""
    with _session(request) as session:
        principal = accounts.accept(session, body.token, body.password)
        token = sessions.begin(session, principal.id, _device(request))
        return _begun(session, request, response, token)


@router.post("/session/password", dependencies=signed_in, responses=problem(TooMany))
def change_password(request: Request, response: Response, body: PasswordIn) -> SessionOut:
    """Change one's password. Every session of the person ends; a new one begins here."""
    _throttle(request, sessions.token_of(request) or "")
    with unit_of_work(request) as work:
        principal = work.session.get_one(Principal, work.actor.id)
        known = work.session.get(Password, principal.id)
        if not passwords.fits(body.current, known.hash if known else None):
            raise Forbidden("This is not the password so far.", code="wrong_password")
        accounts.set_password(work.session, principal, body.password)
        token = sessions.begin(work.session, principal.id, _device(request))
        return _begun(work.session, request, response, token)


@contextmanager
def _session(request: Request) -> Iterator[Session]:
    """A session for somebody who is not signed in yet; committed when its block ends well."""
    database: Database = request.app.state.database
    with database.session() as session, as_problem():
        yield session
        session.commit()


def _throttle(request: Request, key: str) -> None:
    """Count a try against a login or a session, and the address; it counts when it fails too.

    Called while no other session is open: two at once in every thread would use up the pool.
    """
    tries, period = settings().sign_in_tries, timedelta(minutes=settings().sign_in_minutes)
    address = request.client.host if request.client else ""
    with _session(request) as session:
        throttle.take(session, "address", address, tries * ADDRESS_SHARE, period)
        throttle.take(session, "key", key.lower(), tries, period)


def _begun(session: Session, request: Request, response: Response, token: str) -> SessionOut:
    """Hand out a new session; the one that came with the request ends."""
    sessions.sign_out(session, sessions.token_of(request))
    cookie.give(response, token)
    return _shown(session, token)


def _shown(session: Session, token: str) -> SessionOut:
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


def _device(request: Request) -> str:
    return request.headers.get("user-agent", "")
