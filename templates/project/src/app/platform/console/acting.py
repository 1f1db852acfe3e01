"""What buttons do: moves, the archive, and showing what is masked."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any
from uuid import UUID

from fastapi import Request, Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from app.platform.console import rows
from app.platform.console.pages import see_other
from app.platform.console.screens import Screen
from app.platform.console.typed import Typed, typed_form
from app.platform.console.words import label
from app.platform.errors import Conflict, PreconditionFailed
from app.platform.http.endpoints import taking
from app.platform.http.moving import answers_to
from app.platform.http.problems import faults
from app.platform.views import unmasked
from app.platform.work import UnitOfWork, unit_of_work

Endpoint = Callable[..., Coroutine[Any, Any, Response]]
Do = Callable[[UnitOfWork, Screen, list[UUID], Typed], None]


def doing(screen: Screen, do: Do) -> Endpoint:
    """Give the endpoint of a button of a row's page, which comes back to the page."""

    async def endpoint(request: Request, id: UUID, **parent: UUID) -> Response:
        form = await typed_form(request)
        return await run_in_threadpool(answer, request, screen, do, [*parent.values(), id], form)

    return taking(endpoint, screen.policy, id=UUID)


def answer(request: Request, screen: Screen, do: Do, ids: list[UUID], form: Typed) -> Response:
    """Do it, and show the row as it is now; what does not fit the row any more is said there."""
    try:
        with unit_of_work(request) as work:
            do(replace(work, if_match=f'"{form.get("version")}"'), screen, ids, form)
    except (Conflict, PreconditionFailed) as problem:
        with unit_of_work(request) as work:
            row = screen.service.see(work, *ids)
            return rows.answer(
                request, work, screen, row, status=problem.status, notice=problem.detail
            )
    return see_other(request.url.path.rpartition("/moves/")[0] or screen.home(*ids[:-1]))


def moving(name: str) -> Do:
    """Give what makes a move, with the answers to what it asks."""

    def move(work: UnitOfWork, screen: Screen, ids: list[UUID], form: Typed) -> None:
        said = None
        if asks := screen.policy.workflow.moves[name].asks:
            try:
                said = answers_to(screen.policy, name).model_validate(
                    {ask: form.get(ask) for ask in asks}
                )
            except ValidationError as error:
                fault = faults(error.errors())[0]
                raise Conflict(f"{label(fault.field)}: {fault.message}.") from None
        screen.service.move(work, *ids, name, said)

    return move


def showing_masked(screen: Screen) -> Callable[..., Response]:
    """Give the endpoint that shows masked fields in the clear; that it did is recorded."""

    def endpoint(request: Request, id: UUID, **parent: UUID) -> Response:
        with unit_of_work(request) as work:
            row = screen.service.unmask(work, *parent.values(), id)
            masked = screen.policy.masked - screen.policy.hidden_from(work.actor)
            clear = unmasked(work, row, sorted(masked))
            return rows.answer(request, work, screen, row, clear=clear)

    return taking(endpoint, screen.policy, id=UUID)


def archive(work: UnitOfWork, screen: Screen, ids: list[UUID], form: Typed) -> None:
    """Take a row out of use."""
    screen.service.archive(work, *ids)
