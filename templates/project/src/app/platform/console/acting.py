"""What buttons do: moves, the archive, and showing what is masked."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any
from uuid import UUID

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from app.platform.console import rows
from app.platform.console.forms import checked, errors_of
from app.platform.console.kinds import Place
from app.platform.console.notices import after
from app.platform.console.pages import place_of, see_other
from app.platform.console.screens import Screen
from app.platform.console.typed import VERSION, Typed, admitted_form, as_sent
from app.platform.errors import Conflict, Forbidden, Invalid, PreconditionFailed
from app.platform.http.endpoints import taking
from app.platform.http.moving import answers_to
from app.platform.schemas import In
from app.platform.views import unmasked
from app.platform.work import UnitOfWork, unit_of_work

Do = Callable[[UnitOfWork, list[UUID], Typed, Place], str]
"""Does something with a row, and gives the address of the page to go on with."""


def button(screen: Screen, name: str, do: Do) -> Callable[..., Coroutine[Any, Any, Response]]:
    """Give the endpoint of a button of a row's page."""

    async def endpoint(request: Request, id: UUID, **parent: UUID) -> Response:
        async with admitted_form(request) as form:
            return await run_in_threadpool(answer, request, [*parent.values(), id], form)

    def answer(request: Request, ids: list[UUID], form: Typed) -> Response:
        try:
            with unit_of_work(request) as work:
                shown = replace(work, if_match=f'"{form.get(VERSION)}"')
                return see_other(do(shown, ids, form, place_of(request)))
        except (Conflict, Forbidden, Invalid, PreconditionFailed) as problem:
            with unit_of_work(request) as work:
                why, wrong = problem.detail, errors_of(problem)
                refused = rows.Refused(name, why, problem.status, form, wrong)
                return rows.answer(request, work, screen, screen.service.see(work, *ids), refused)

    return taking(endpoint, screen.policy, id=UUID)


def moving(screen: Screen, name: str) -> Callable[..., Coroutine[Any, Any, Response]]:
    """Give the endpoint of a move, which comes with the answers to what it asks."""

    def move(work: UnitOfWork, ids: list[UUID], form: Typed, place: Place) -> str:
        row = screen.service.move(work, *ids, name, answers(screen, name, form, place))
        return after(screen.url(row), name)

    return button(screen, name, move)


def answers(screen: Screen, name: str, form: Typed, place: Place) -> In:
    """Read what was answered to a move, and what it brings; raises Invalid for what is none."""
    move = screen.policy.workflow.moves[name]
    said: dict[str, Any] = {ask: form.get(ask) for ask in move.asks}
    needed = [field for field in screen.changed if field.name in move.needs]
    brought = as_sent(form, [one for one in needed if one.name in form.texts], place)
    said |= {name: value for name, value in brought.items() if value not in (None, [])}
    answered: In = checked(answers_to(screen.policy, name, screen.schema("Change")), said)
    return answered


def archiving(screen: Screen) -> Callable[..., Coroutine[Any, Any, Response]]:
    """Give the endpoint that takes a row out of use."""

    def archive(work: UnitOfWork, ids: list[UUID], form: Typed, place: Place) -> str:
        screen.service.archive(work, *ids)
        return after(screen.home(*ids[:-1]), "archived")

    return button(screen, "archive", archive)


def showing_masked(screen: Screen) -> Callable[..., Response]:
    """Give the endpoint that shows masked fields in the clear; that it did is recorded."""

    def endpoint(request: Request, id: UUID, **parent: UUID) -> Response:
        with unit_of_work(request) as work:
            row = screen.service.unmask(work, *parent.values(), id)
            masked = screen.policy.masked - screen.policy.hidden_from(work.actor)
            clear = unmasked(work, row, sorted(masked))
            return rows.answer(request, work, screen, row, clear=clear)

    return taking(endpoint, screen.policy, id=UUID)
