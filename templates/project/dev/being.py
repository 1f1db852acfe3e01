"""Being somebody of another role, in development: a button in the top bar of every page.

`make run` serves the application from here. Nothing of it is in `src/`, so no system that is shipped
has such a route.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool

from app.main import create_app as create_plain_app
from app.platform.acting import act_as
from app.platform.blueprint import SEPARATED_BY
from app.platform.console.pages import see_other
from app.platform.console.typed import admitted_form
from app.platform.console.words import label, listed
from app.platform.errors import Conflict, Invalid
from app.platform.http.access import Access
from app.platform.http.shell import Shell
from app.platform.identity import cookie, sessions
from app.platform.identity.actor import Actor
from app.platform.identity.models import Principal
from app.platform.identity.newcomers import greet
from app.platform.work import UnitOfWork, unit_of_work
from app.registry import ROLES
from app.settings import settings
from dev import DevelopmentError
from dev.addresses import login_of
from dev.people import standing_for
from dev.samples import Samples, entity_of

OWN = "own_session"
"""The cookie in which the own session waits meanwhile."""

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class StandIn:
    """What the top bar says: who one is now, whether that is oneself, and who else one can be."""

    me: str
    role: str
    oneself: bool
    roles: list[tuple[str, str]]


def create_app() -> Shell:
    """Build the application with the button; raises DevelopmentError anywhere but in development."""
    shell = create_plain_app()
    if settings().environment != "development":
        raise DevelopmentError("Only in development can one be somebody else.")
    add_being(shell.api)
    return shell


def add_being(api: FastAPI) -> None:
    """Add the button and what it does."""
    api.include_router(router)
    api.state.stand_in = stand_in


def stand_in(request: Request, actor: Actor) -> StandIn:
    """Give what the top bar says."""
    names = [label(role) for role in sorted(actor.roles)]
    roles = [(role, label(role)) for role in ROLES]
    return StandIn(
        me=listed(names) if names else "nobody",
        role=next(iter(actor.roles)) if len(names) == 1 else "",
        oneself=OWN not in request.cookies,
        roles=roles,
    )


@router.post("/be", dependencies=[Depends(Access.SIGNED_IN)])
async def be(request: Request) -> Response:
    """Become somebody who has one role, or oneself again where no role is named."""
    async with admitted_form(request) as form:
        role = form.get("role")
    return await run_in_threadpool(become if role else go_back, request, role)


def become(request: Request, role: str) -> Response:
    """Begin a session of the person who stands for a role; one's own waits."""
    if role not in ROLES:
        raise Invalid("There is no such role.")
    done, own = see_other("/"), request.cookies.get(OWN)
    with unit_of_work(request) as work:
        if own is not None:
            sessions.sign_out(work.session, sessions.token_of(request))
        principal = person(work, role)
        cookie.give(done, sessions.begin(work.session, principal.id, "development"))
    if own is None:
        done.set_cookie(OWN, sessions.token_of(request) or "", httponly=True, samesite="lax")
    return done


def go_back(request: Request, _role: str) -> Response:
    """Be oneself again; the session of the other one ends."""
    done, own = see_other("/"), request.cookies.get(OWN)
    if own is not None:
        with unit_of_work(request) as work:
            sessions.sign_out(work.session, sessions.token_of(request))
        cookie.give(done, own)
        done.delete_cookie(OWN, httponly=True, samesite="lax")
    return done


def person(work: UnitOfWork, role: str) -> Principal:
    """Give the person who stands for a role, who has no other: the one of `make seed`, if there."""
    login = login_of(role)
    try:
        principal = standing_for(work.session, role, login)
    except Conflict:  # they are among the people of another customer
        principal = standing_for(work.session, role, f"{work.actor.tenant_id}.{login}")
    act_as(work.session, work.actor.id, work.reference, principal.tenant__id)
    if SEPARATED_BY is None or principal.tenant__id is not None:
        add_row(work, principal)
    return principal


def add_row(work: UnitOfWork, principal: Principal) -> None:
    """Give them a row in `users`, as far as that is missing, so that something can be theirs.

    Where more has to be known about people, it is made up as `make seed` does.
    """
    greet(work.session, principal)
    if work.session.get(entity_of("users"), principal.id) is None:
        others = 100_000 + secrets.randbelow(800_000)  # other names than there are
        samples = Samples(work.session, start=others)
        samples.person(email=principal.login)
