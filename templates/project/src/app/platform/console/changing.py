"""The form that changes a row. Of two people who change one, the second sees both, and chooses."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any
from uuid import UUID

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from app.platform.console.attaching import with_files
from app.platform.console.fields import Field
from app.platform.console.forms import Form, checked, errors_of, form_page, settable
from app.platform.console.names import name_of
from app.platform.console.notices import after
from app.platform.console.overtaken import both, carried, merged, theirs
from app.platform.console.pages import place_of, see_other
from app.platform.console.screens import Screen
from app.platform.console.typed import LOOK, VERSION, Typed, admitted_form, as_sent, changes, filled
from app.platform.errors import Conflict, Forbidden, Invalid, PreconditionFailed
from app.platform.http.endpoints import taking
from app.platform.work import UnitOfWork, unit_of_work

MEANWHILE = "Somebody else changed this meanwhile. Look at what it is now, and save again."


def editing(screen: Screen) -> Callable[..., Response]:
    """Give the endpoint of the form, with what the row holds."""

    def endpoint(request: Request, id: UUID, **parent: UUID) -> Response:
        with unit_of_work(request) as work:
            row = screen.service.see(work, *parent.values(), id)
            return form_page(request, work, screen, form_of(request, work, screen, row))

    return taking(endpoint, screen.policy, id=UUID)


def editable(work: UnitOfWork, screen: Screen) -> list[Field]:
    """Give the fields that the actor may change: what they do not see is not typed over."""
    unseen = screen.policy.kept_back(work.actor)
    return [one for one in settable(work, screen, screen.changed) if one.name not in unseen]


def form_of(
    request: Request, work: UnitOfWork, screen: Screen, row: Any, typed: Typed | None = None
) -> Form:
    """Give the form with what was typed so far, or with what the row holds."""
    fields = editable(work, screen)
    shown = filled(row, fields, place_of(request))
    return Form(
        title=f"Change {name_of(work, row)}",
        action=screen.url(row),
        back=screen.url(row),
        fields=fields,
        typed=shown if typed is None else merged(typed, shown, fields),
        hidden={VERSION: str(row.version), **carried(shown, fields)},
    )


def changing(screen: Screen) -> Callable[..., Coroutine[Any, Any, Response]]:
    """Give the endpoint that takes the form."""

    async def endpoint(request: Request, id: UUID, **parent: UUID) -> Response:
        async with admitted_form(request) as typed:
            return await run_in_threadpool(change, request, screen, [*parent.values(), id], typed)

    return taking(endpoint, screen.policy, id=UUID)


def change(request: Request, screen: Screen, ids: list[UUID], typed: Typed) -> Response:
    """Change a row, or show the form again: with what was wrong, or with what others changed."""
    more: dict[str, Any] = {}
    status = 200
    if not typed.get(LOOK):
        try:
            typed = with_files(request, screen, screen.changed, typed)
            with unit_of_work(request) as work:
                return see_other(changed(request, work, screen, ids, typed))
        except (Invalid, Conflict, Forbidden, PreconditionFailed) as problem:
            more, status = {"errors": errors_of(problem), "refused": problem.detail}, problem.status
    with unit_of_work(request) as work:
        row = screen.service.see(work, *ids)
        form = replace(form_of(request, work, screen, row, typed), **more)
        if typed.get(VERSION) != str(row.version):
            place = place_of(request)
            disputed = both(form.typed, filled(row, form.fields, place), form.fields)
            now = theirs(work, screen, row, disputed, place)
            form = replace(form, theirs=now, refused=MEANWHILE)
        return form_page(request, work, screen, form, status)


def changed(
    request: Request, work: UnitOfWork, screen: Screen, ids: list[UUID], typed: Typed
) -> str:
    """Change what was typed over, in the version that the form showed; give the row's address."""
    row, place = screen.service.see(work, *ids), place_of(request)
    fields = editable(work, screen)
    wanted = changes(typed, filled(row, fields, place), fields)
    sent = as_sent(typed, wanted, place)
    body = checked(screen.schema("Change"), sent)
    shown = replace(work, if_match=f'"{typed.get(VERSION)}"')
    return after(screen.url(screen.service.change(shown, *ids, body)), "saved")
