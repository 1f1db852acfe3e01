"""Bringing rows in from a file: it is tried first, the page tells what would become of each line, and
a button does it.

Both go through the import of the API, and so through the record's own service, line by line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any
from uuid import UUID

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from app.platform.console.exchange import exported, may_import
from app.platform.console.fields import Field
from app.platform.console.forms import settable
from app.platform.console.outcomes import Story, said, story
from app.platform.console.pages import page
from app.platform.console.screens import Screen
from app.platform.console.trails import require_whole
from app.platform.console.trying import Upload, opened, sealed
from app.platform.console.typed import Typed, typed_form
from app.platform.errors import Conflict, Forbidden, Invalid, Problem, TooLarge
from app.platform.http.endpoints import taking
from app.platform.http.problems import Fault
from app.platform.http.receiving import admitted
from app.platform.idempotency import only_once
from app.platform.imports.rows import Import
from app.platform.imports.sheets import lines_of
from app.platform.work import UnitOfWork, unit_of_work
from app.settings import settings
from app.settings.limits import LARGEST_IMPORT

LARGEST_FORM = LARGEST_IMPORT // 3 * 4 + 1_000_000
"""What is sealed is written in 64 letters, so that three bytes take four."""
DONE = "This was taken in already. Nothing was done twice."

Endpoint = Callable[..., Coroutine[Any, Any, Response]]
Do = Callable[[Request, Screen, list[UUID], Typed], Response]


def choosing(screen: Screen) -> Callable[..., Response]:
    """Give the endpoint of the page on which a file is chosen."""

    def endpoint(request: Request, **parent: UUID) -> Response:
        with unit_of_work(request) as work:
            refuse_others(work, screen, list(parent.values()))
        return import_page(request, screen, list(parent.values()))

    return taking(endpoint, screen.policy)


def trying(screen: Screen) -> Endpoint:
    """Give the endpoint that tries a file."""
    return taking_in(screen, trial)


def keeping(screen: Screen) -> Endpoint:
    """Give the endpoint that keeps what was tried."""
    return taking_in(screen, real)


def taking_in(screen: Screen, do: Do) -> Endpoint:
    """Give an endpoint that takes something in; nothing is read of who may not bring it."""

    async def endpoint(request: Request, **parent: UUID) -> Response:
        within = list(parent.values())
        await admitted(request, lambda work: refuse_others(work, screen, within))
        async with typed_form(request, LARGEST_FORM) as typed:
            return await run_in_threadpool(answer, request, screen, within, typed)

    def answer(request: Request, screen: Screen, within: list[UUID], typed: Typed) -> Response:
        try:
            return do(request, screen, within, typed)
        except (Invalid, TooLarge, Conflict) as problem:
            return import_page(request, screen, within, refused=problem)

    return taking(endpoint, screen.policy)


def refuse_others(work: UnitOfWork, screen: Screen, within: list[UUID]) -> None:
    """Refuse who may neither add nor change; raises Forbidden, and NotFound without the whole."""
    require_whole(work, screen, within)
    if not may_import(work, screen):
        raise Forbidden("Your roles do not allow you to add or change this.")


def trial(request: Request, screen: Screen, within: list[UUID], typed: Typed) -> Response:
    """Try a file: nothing of it is kept, whatever becomes of its lines."""
    upload = Upload.of(typed.files.get("table"))
    table = lines_of(upload.content, settings().import_lines + 1)
    with unit_of_work(request) as work:
        carried = sealed(work, screen, within, upload)
        account = import_of(screen, within).keep(work, table, dry_run=True)
    told = story(screen, screen.home(*within), upload.name, table, account)
    return import_page(request, screen, within, replace(told, carried=carried))


def real(request: Request, screen: Screen, within: list[UUID], typed: Typed) -> Response:
    """Keep what was tried, once: a second press of the button changes nothing."""
    carried = typed.get("tried")
    with unit_of_work(request) as work:
        upload = opened(work, screen, within, carried)
        only_once(work, hashlib.sha256(carried.encode()).hexdigest(), DONE)
        table = lines_of(upload.content, settings().import_lines + 1)
        account = import_of(screen, within).keep(work, table, dry_run=False)
    told = story(screen, screen.home(*within), upload.name, table, account)
    return import_page(request, screen, within, told)


def import_of(screen: Screen, within: list[UUID]) -> Import:
    """Give how lines become rows: as in the API."""
    create, change = screen.schema("Create"), screen.schema("Change")
    return Import(screen.policy, create, change, screen.service, tuple(within))


def import_page(
    request: Request,
    screen: Screen,
    within: list[UUID],
    told: Story | None = None,
    refused: Problem | None = None,
) -> Response:
    """Answer with the page, and with what became of a file."""
    faults = refused.errors if refused else ()
    with unit_of_work(request) as work:
        return page(
            request,
            "import",
            work,
            refused.status if refused else 200,
            screen=screen,
            home=screen.home(*within),
            story=told,
            refused=refused,
            faults=[said(Fault(field=e.field, code=e.code, message=e.message)) for e in faults],
            columns=columns(work, screen),
            exports=exported(screen.policy) and screen.policy.granted(work.actor, "export"),
            limits=settings(),
        )


def columns(work: UnitOfWork, screen: Screen) -> list[tuple[Field, bool]]:
    """Give the fields that a column may hold, and whether a row is known by them."""
    fields = {one.name: one for one in (*screen.changed, *screen.added)}
    allowed = settable(work, screen, [*fields.values()])
    return [(one, one.name in screen.policy.key) for one in allowed]
