"""The pages on which somebody chooses a password: with an invitation, or in place of another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from app.platform.console.forms import checked, errors_of
from app.platform.console.pages import page, see_other
from app.platform.console.typed import admitted_form, typed_form
from app.platform.errors import Problem
from app.platform.http.access import Access
from app.platform.identity import router as identity
from app.platform.identity.schemas import AcceptIn, PasswordIn
from app.platform.schemas import In
from app.platform.work import unit_of_work
from app.settings import PASSWORD_MIN

router = APIRouter(include_in_schema=False)


@router.get("/invitation", dependencies=[Depends(Access.PUBLIC)])
def invited(request: Request) -> Response:
    """Ask for the token of an invitation, and for a password."""
    return asking(request, "invitation")


@router.post("/invitation", dependencies=[Depends(Access.PUBLIC)])
async def accept(request: Request) -> Response:
    """Take both, and let the person in."""
    async with typed_form(request) as form:
        said = {"token": form.get("token"), "password": form.exactly("password")}
    return await run_in_threadpool(
        chosen, request, "invitation", AcceptIn, said, identity.accept_invitation
    )


@router.get("/password", dependencies=[Depends(Access.SIGNED_IN)])
def password(request: Request) -> Response:
    """Ask for the password so far, and for another one."""
    with unit_of_work(request):
        return asking(request, "password")


@router.post("/password", dependencies=[Depends(Access.SIGNED_IN)])
async def change(request: Request) -> Response:
    """Take both."""
    async with admitted_form(request) as form:
        said = {name: form.exactly(name) for name in ("current", "password")}
    return await run_in_threadpool(
        chosen, request, "password", PasswordIn, said, identity.change_password
    )


def chosen(
    request: Request,
    template: str,
    schema: type[In],
    said: dict[str, str],
    do: Callable[[Request, Response, Any], Any],
) -> Response:
    """Do what was asked for, and go to the start page; or ask again, and say why."""
    done = see_other("/")
    try:
        do(request, done, checked(schema, said))
    except Problem as problem:
        token = said.get("token", "")
        return asking(request, template, problem, token=token)
    return done


def asking(
    request: Request, template: str, problem: Problem | None = None, token: str = ""
) -> Response:
    """Show the form, with what was wrong."""
    return page(
        request,
        template,
        None,
        200 if problem is None else problem.status,
        errors={} if problem is None else errors_of(problem),
        refused="" if problem is None else problem.detail or problem.title,
        token=token,
        shortest=PASSWORD_MIN,
    )
