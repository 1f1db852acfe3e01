"""Pages: HTML from templates, headers that let nothing foreign in, and errors that people can read."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo, available_timezones

from fastapi import Request, Response
from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    select_autoescape,
)
from starlette.responses import HTMLResponse, RedirectResponse

from app.platform.blueprint import COMPANY, CURRENCY, PASSWORDS
from app.platform.console.assets import asset
from app.platform.console.kinds import Place
from app.platform.console.own import BASE
from app.platform.console.screens import SCREENS, Screen
from app.platform.console.words import label, numbered
from app.platform.errors import Problem, Unauthenticated
from app.platform.http.origin import SAFE
from app.platform.work import UnitOfWork
from app.settings import settings

POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SEE_OTHER = 303
SIGNED_OUT = (
    "You were signed out meanwhile. Sign in in another tab, come back here, and send this again: "
    "what you typed is still there when you go back."
)


def named(choices: Sequence[str]) -> list[tuple[str, str]]:
    """Give choices with how people read them."""
    return [(choice, label(choice)) for choice in choices]


BASE_LOADER = FileSystemLoader(BASE)
templates = Environment(
    loader=BASE_LOADER,
    autoescape=select_autoescape(),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
templates.filters |= {"label": label, "numbered": numbered}
templates.globals |= {"asset": asset, "named": named, "yes_no": (("true", "Yes"), ("false", "No"))}
templates.globals |= {"company": COMPANY, "passwords": PASSWORDS}


def page(
    request: Request,
    template: str,
    work: UnitOfWork | None = None,
    status: int = 200,
    /,
    **shown: Any,
) -> Response:
    """Answer with a page; `shown` is what its template names, which can be one of a record's own."""
    nonce = secrets.token_urlsafe(16)
    body = (
        templates_of(shown.get("screen"))
        .get_template(f"{template}.html")
        .render(
            request=request,
            nonce=nonce,
            app_name=settings().app_name,
            support=settings().support_contact,
            menu=[] if work is None else menu(work),
            actor=None if work is None else work.actor,
            stand_in=stand_in(request, work),
            **shown,
        )
    )
    return HTMLResponse(body, status, {"Content-Security-Policy": POLICY.format(nonce=nonce)})


def templates_of(screen: Screen | None) -> Environment:
    """Give the templates for the pages of a record, its own before those that all records have."""
    folder = None if screen is None else screen.own.templates
    return templates if folder is None else own_templates(folder)


@cache
def own_templates(folder: Path) -> Environment:
    """Give templates of which those in a folder come first; they extend `console/row.html`."""
    every = PrefixLoader({"console": BASE_LOADER})
    return templates.overlay(loader=ChoiceLoader([FileSystemLoader(folder), BASE_LOADER, every]))


def stand_in(request: Request, work: UnitOfWork | None) -> Any:
    """Give what `make run` tells of who one is and could be; nothing in any other system."""
    tell = getattr(request.app.state, "stand_in", None)
    return None if tell is None or work is None else tell(request, work.actor)


def menu(work: UnitOfWork) -> list[tuple[str, str]]:
    """Give the lists that the actor may open, with their addresses."""
    return [
        (label(screen.words.many), screen.home())
        for screen in SCREENS.values()
        if screen.policy.part_of is None and screen.policy.granted(work.actor, "see")
    ]


def see_other(address: str) -> Response:
    """Send the browser to a page, after something was done."""
    return RedirectResponse(address, SEE_OTHER)


def place_of(request: Request) -> Place:
    """Give where the reader is: the time zone that their browser told, or the system's."""
    said = request.cookies.get("zone", "")
    if said not in zones():
        return default_place()
    return Place(ZoneInfo(said), CURRENCY)


@cache
def zones() -> frozenset[str]:
    """Give the names of all time zones; listing them reads many folders."""
    return frozenset(available_timezones())


def default_place() -> Place:
    """Give where the system is."""
    return Place(ZoneInfo(settings().time_zone), CURRENCY)


def refusal(request: Request, problem: Problem) -> Response:
    """Answer with what went wrong; who wanted to see a page is sent to sign in, and back."""
    if isinstance(problem, Unauthenticated):
        if request.method in SAFE:
            return see_other(f"/sign-in?{urlencode({'next': request.url.path})}")
        problem = Unauthenticated(SIGNED_OUT)
    answer = page(
        request,
        "refused",
        None,
        problem.status,
        title=problem.title,
        detail=problem.detail,
        errors=problem.errors,
        signed_out=isinstance(problem, Unauthenticated),
        reference=str(request.state.reference),
    )
    answer.headers.update(problem.headers)
    return answer
