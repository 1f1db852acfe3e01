"""The pages for signing in and out."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from app.platform.console.pages import page, see_other
from app.platform.console.typed import Typed, typed_form
from app.platform.errors import Problem
from app.platform.http.access import Access
from app.platform.identity import router as identity
from app.platform.identity.opening import here
from app.platform.identity.schemas import SignInIn
from app.platform.identity.sessions import WRONG

router = APIRouter(include_in_schema=False)


@router.get("/sign-in", dependencies=[Depends(Access.PUBLIC)])
def ask(request: Request) -> Response:
    """Ask who it is."""
    return asking(request, request.query_params.get("next", "/"))


@router.post("/sign-in", dependencies=[Depends(Access.PUBLIC)])
async def sign_in(request: Request) -> Response:
    """Sign in, and go on to where one wanted to go."""
    async with typed_form(request) as form:
        return await run_in_threadpool(answer, request, form)


@router.post("/sign-out", dependencies=[Depends(Access.SIGNED_IN)])
def sign_out(request: Request) -> Response:
    """Sign out."""
    gone = see_other("/sign-in")
    identity.sign_out(request, gone)
    return gone


def answer(request: Request, form: Typed) -> Response:
    """Begin a session, or ask again."""
    wanted, login = form.get("next") or "/", form.get("login")
    try:
        body = SignInIn.model_validate({"login": login, "password": form.exactly("password")})
    except ValidationError:
        return asking(request, wanted, login, WRONG, 422)
    done = see_other(here(wanted))
    try:
        identity.sign_in(request, done, body)
    except Problem as problem:
        return asking(request, wanted, login, problem.detail or WRONG, problem.status)
    return done


def asking(
    request: Request, wanted: str, login: str = "", refused: str = "", status: int = 200
) -> Response:
    """Show the form."""
    return page(request, "sign_in", None, status, next=here(wanted), login=login, refused=refused)
