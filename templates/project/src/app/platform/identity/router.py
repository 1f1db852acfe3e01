"""Signing in and out, accepting an invitation, changing a password."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import select

from app.platform.db import Session
from app.platform.errors import Forbidden, NotFound, TooMany, Unauthenticated
from app.platform.http.access import Access
from app.platform.http.openapi import problem
from app.platform.identity import accounts, cookie, passwords, sessions
from app.platform.identity.models import Password, Principal, SignInSession
from app.platform.identity.opening import count_try, device_of, opened_session
from app.platform.identity.schemas import AcceptIn, PasswordIn, SessionOut, SignInIn
from app.platform.identity.tokens import token_hash
from app.platform.work import unit_of_work

router = APIRouter(tags=["sign-in"])
public = [Depends(Access.PUBLIC)]
signed_in = [Depends(Access.SIGNED_IN)]


@router.post(
    "/session", status_code=201, dependencies=public, responses=problem(Unauthenticated, TooMany)
)
def sign_in(request: Request, response: Response, body: SignInIn) -> SessionOut:
    """Sign in with a password. The answer sets the session's cookie."""
    count_try(request, body.login)
    with opened_session(request) as session:
        token = sessions.sign_in(session, body.login, body.password, device_of(request))
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
    with opened_session(request) as session:
        principal = accounts.accept(session, body.token, body.password)
        token = sessions.begin(session, principal.id, device_of(request))
        return _begun(session, request, response, token)


@router.post("/session/password", dependencies=signed_in, responses=problem(TooMany))
def change_password(request: Request, response: Response, body: PasswordIn) -> SessionOut:
    """Change one's password. Every session of the person ends; a new one begins here."""
    count_try(request, sessions.token_of(request) or "")
    with unit_of_work(request) as work:
        principal = work.session.get_one(Principal, work.actor.id)
        known = work.session.get(Password, principal.id)
        if not passwords.fits(body.current, known.hash if known else None):
            raise Forbidden("This is not the password so far.", code="wrong_password")
        accounts.set_password(work.session, principal, body.password)
        token = sessions.begin(work.session, principal.id, device_of(request))
        return _begun(work.session, request, response, token)


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
