"""The form that adds a row. Nothing that was typed is lost when it is refused."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from app.platform.blueprint import CURRENCY
from app.platform.console.attaching import with_files
from app.platform.console.choosing import as_id
from app.platform.console.forms import Form, checked, errors_of, form_page, settable
from app.platform.console.notices import after
from app.platform.console.pages import page, place_of, see_other
from app.platform.console.screens import Screen
from app.platform.console.trails import require_whole, trail
from app.platform.console.typed import LOOK, ONCE, Typed, admitted_form, as_sent
from app.platform.errors import Conflict, Forbidden, Invalid
from app.platform.http.endpoints import taking
from app.platform.idempotency import once
from app.platform.scoping import scopes
from app.platform.work import UnitOfWork, unit_of_work

SENT = "This form was sent before, and something was added. Look at the list before you add more."


def blank(screen: Screen) -> Callable[..., Response]:
    """Give the endpoint of the empty form; the address may fill in some of it."""

    def endpoint(request: Request, **parent: UUID) -> Response:
        with unit_of_work(request) as work:
            require_whole(work, screen, list(parent.values()))
            preset = defaults(screen) | own_values(work, screen)
            typed = Typed(preset | dict(request.query_params.items()))
            form = form_of(work, screen, list(parent.values()), typed)
            return form_page(request, work, screen, form)

    return taking(endpoint, screen.policy)


def defaults(screen: Screen) -> dict[str, str]:
    """Give what a new row holds where nothing else is typed, in the currency named first."""
    fields = screen.schema("Create").model_fields
    known = {one.name: fields[one.name].default for one in screen.added if not one.required}
    several = [one for one in screen.added if one.name == "currency" and not CURRENCY]
    known |= {one.name: one.choices[0] for one in several}
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in known.items()
        if isinstance(value, bool | int | str)
    }


def own_values(work: UnitOfWork, screen: Screen) -> dict[str, str]:
    """Give what a row has to hold so that the actor may add it, where that is one thing alone."""
    policy, actor = screen.policy, work.actor
    grants = policy.granted(actor, "add")
    if policy.part_of is not None or not policy.scoped(actor, "add") or len(grants) != 1:
        return {}
    (name,), (grant,) = scopes(policy, actor, "add"), grants
    mine = None if "." in (policy.owner or "") else actor.id
    value = actor.facts.get(name) if grant.same else mine
    return {} if value is None else {name: str(value)}


def form_of(work: UnitOfWork, screen: Screen, within: list[UUID], typed: Typed) -> Form:
    """Give the form with what was typed so far; sent twice, it adds one row."""
    home = screen.home(*within)
    return Form(
        title=f"Add {screen.words.one}",
        action=home,
        back=home,
        fields=settable(work, screen, screen.added),
        typed=typed,
        hidden={ONCE: str(as_id(typed.get(ONCE)) or uuid4())},
    )


def adding(screen: Screen) -> Callable[..., Coroutine[Any, Any, Response]]:
    """Give the endpoint that takes the form."""

    async def endpoint(request: Request, **parent: UUID) -> Response:
        async with admitted_form(request) as typed:
            return await run_in_threadpool(add, request, screen, list(parent.values()), typed)

    return taking(endpoint, screen.policy)


def add(request: Request, screen: Screen, within: list[UUID], typed: Typed) -> Response:
    """Add a row, or show the form again: with what was wrong, or with more to choose from."""
    more: dict[str, Any] = {}
    status = 200
    if not typed.get(LOOK):
        try:
            typed = with_files(request, screen, screen.added, typed)
            with unit_of_work(request) as work:
                url = added(request, work, screen, within, typed)
                if screen.policy.granted(work.actor, "see"):
                    return see_other(url)
                return page(request, "added", work, screen=screen, home=screen.home(*within))
        except (Invalid, Conflict, Forbidden) as problem:
            why = SENT if problem.code == "key_reused" else problem.detail
            more, status = {"errors": errors_of(problem), "refused": why}, problem.status
    with unit_of_work(request) as work:
        require_whole(work, screen, within)
        form = replace(form_of(work, screen, within, typed), **more)
        return form_page(request, work, screen, form, status)


def added(
    request: Request, work: UnitOfWork, screen: Screen, within: list[UUID], typed: Typed
) -> str:
    """Add a row, and give its address."""
    fields = settable(work, screen, screen.added)
    sent = as_sent(typed, fields, place_of(request))
    given = {name: value for name, value in sent.items() if value is not None}
    body = checked(screen.schema("Create"), given)
    key = as_id(typed.get(ONCE))
    keyed = replace(work, idempotency_key=None if key is None else str(key))
    row = once(keyed, body, lambda: screen.service.add(work, *within, body))
    return after(trail(work, screen, screen.within(row))[1] if within else screen.url(row), "added")
