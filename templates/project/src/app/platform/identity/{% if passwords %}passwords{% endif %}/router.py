"""Signing in with a password, accepting an invitation, changing a password."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response

from app.platform.db import Session
from app.platform.errors import Conflict, Forbidden, NotFound, TooMany, Unauthenticated
from app.platform.http.access import Access
from app.platform.http.openapi import problem
from app.platform.identity import cookie, sessions
from app.platform.identity.models import Password, Principal
from app.platform.identity.opening import count_try, device_of, opened_session, shown
from app.platform.identity.passwords import hashing, people
from app.platform.identity.passwords.schemas import AcceptIn, PasswordIn, SignInIn
from app.platform.identity.schemas import SessionOut
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
        token = people.sign_in(session, body.login, body.password, device_of(request))
        return begun(session, request, response, token)


@router.post(
    "/invitations/accept",
    status_code=201,
    dependencies=public,
    responses=problem(Conflict, NotFound, TooMany),
)
def accept_invitation(request: Request, response: Response, body: AcceptIn) -> SessionOut:
    """Choose a password with the one-time token of an invitation, and be signed in."""
    with opened_session(request) as session:
        principal = people.accept(session, body.token, body.password)
        token = sessions.begin(session, principal.id, device_of(request))
        return begun(session, request, response, token)


@router.post("/session/password", dependencies=signed_in, responses=problem(Conflict, TooMany))
def change_password(request: Request, response: Response, body: PasswordIn) -> SessionOut:
    """Change one's password. Every session of the person ends; a new one begins here."""
    count_try(request, sessions.token_of(request) or "")
    with unit_of_work(request) as work:
        principal = work.session.get_one(Principal, work.actor.id)
        known = work.session.get(Password, principal.id)
        if not hashing.fits(body.current, known.hash if known else None):
            raise Forbidden("This is not the password so far.", code="wrong_password")
        people.set_password(work.session, principal, body.password)
        token = sessions.begin(work.session, principal.id, device_of(request))
        return begun(work.session, request, response, token)


def begun(session: Session, request: Request, response: Response, token: str) -> SessionOut:
    """Hand out a new session; the one that came with the request ends."""
    sessions.sign_out(session, sessions.token_of(request))
    cookie.give(response, token)
    return shown(session, token)
