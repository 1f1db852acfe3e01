"""Who is signed in, and signing out."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response

from app.platform.http.access import Access
from app.platform.identity import cookie, sessions
from app.platform.identity.opening import shown
from app.platform.identity.schemas import SessionOut
from app.platform.work import unit_of_work

router = APIRouter(tags=["sign-in"])
signed_in = [Depends(Access.SIGNED_IN)]


@router.get("/session", dependencies=signed_in)
def who_am_i(request: Request) -> SessionOut:
    """Who is signed in, with which roles, and until when at most."""
    with unit_of_work(request) as work:
        return shown(work.session, sessions.token_of(request) or "")


@router.delete("/session", status_code=204, dependencies=signed_in)
def sign_out(request: Request, response: Response) -> None:
    """End this session; the browser forgets what it kept."""
    with unit_of_work(request) as work:
        sessions.sign_out(work.session, sessions.token_of(request))
    cookie.take_back(response)
