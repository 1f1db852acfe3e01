"""The list of a record: filtered, sorted, searched, page by page, all of it in the address."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Request, Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from app.platform.console.choosing import known_of, options_of
from app.platform.console.exchange import exchange
from app.platform.console.fields import Field, words_of
from app.platform.console.filters import chips, sorts
from app.platform.console.forms import checked, worded
from app.platform.console.kinds import Place
from app.platform.console.notices import DONE, notice
from app.platform.console.pages import page, place_of
from app.platform.console.screens import Screen
from app.platform.console.tables import Column, columns_of, lines_of
from app.platform.console.trails import place_within, whole
from app.platform.console.typed import Typed, admitted_form
from app.platform.console.words import label, listed
from app.platform.http.endpoints import taking
from app.platform.http.problems import faults
from app.platform.schemas import PAGING, Query, Search, looking_for
from app.platform.work import UnitOfWork, unit_of_work

ROWS = 25
CHOOSING = "choose-filters"
"""Said by the address of a list that shows what it can be filtered by: reading that takes a while."""


def listing(screen: Screen) -> Callable[..., Response]:
    """Give the endpoint of a list."""

    def endpoint(request: Request, **parent: UUID) -> Response:
        with unit_of_work(request) as work:
            return answer(request, work, screen, next(iter(parent.values()), None))

    return taking(endpoint, screen.policy)


def searching(screen: Screen) -> Callable[..., Coroutine[Any, Any, Response]]:
    """Give the endpoint that finds rows by words, which no address tells."""

    async def endpoint(request: Request, **parent: UUID) -> Response:
        async with admitted_form(request) as typed:
            words, within = typed.get("words"), next(iter(parent.values()), None)
        return await run_in_threadpool(found, request, words, within)

    def found(request: Request, words: str, within: UUID | None) -> Response:
        with unit_of_work(request) as work:
            return answer(request, work, screen, within, words)

    return taking(endpoint, screen.policy)


def answer(
    request: Request, work: UnitOfWork, screen: Screen, within: UUID | None, words: str = ""
) -> Response:
    """Answer with the page of the list that the address, and the words, ask for.

    Raises Invalid for words that cannot be looked for.
    """
    told = {name: text for name, text in request.query_params.items() if text}
    asked = {name: text for name, text in told.items() if name not in (DONE, CHOOSING)}
    place, fields, filters = (
        place_of(request),
        columns_of(screen, work),
        filters_of(screen, work, asked),
    )
    query, errors = query_of(screen, asked, place)
    choosing = CHOOSING in told or bool(errors)
    options = (options_of if choosing else known_of)(work, filters, Typed(asked))
    found = screen.service.browse(work, *([] if within is None else [within]), sought(query, words))
    return page(
        request,
        "list",
        work,
        screen=screen,
        columns=[column(screen, f, query, asked) for f in fields],
        lines=lines_of(work, screen, fields, found.rows, place_within(work, screen, within, place)),
        filters=filters,
        choosing=choosing,
        choose=f"?{urlencode({**asked, CHOOSING: 'yes'})}",
        options=options,
        asked=asked,
        chips=chips(filters, query, asked, options, place),
        sorts=sorts(screen, screen.policy.kept_back(work.actor)),
        notice=notice(request, screen),
        trail=whole(work, screen, within),
        words=words,
        by_words=listed([label(n).lower() for n in words_of(screen.policy, work.actor)]),
        errors=errors,
        next=after(asked, found.next),
        home=screen.home(within),
        exchange=exchange(work, screen, screen.home(within), asked),
        may_add=screen.does("add") and bool(screen.policy.granted(work.actor, "add")),
    )


def sought(query: Query, words: str) -> Query:
    """Give the query with the words that are looked for, if any; raises Invalid for others."""
    return looking_for(query, checked(Search, {"words": words}).words) if words else query


def query_of(
    screen: Screen, asked: Mapping[str, str], place: Place
) -> tuple[Query, dict[str, str]]:
    """Read what an address asks for; what cannot be read is left out, and told."""
    schema = screen.schema("Query")
    kinds = {field.name: field.kind for field in screen.asked}
    typed = {
        name: text if name in PAGING else kinds[name].read(text, place)
        for name, text in asked.items()
        if name in kinds or name in PAGING
    }
    errors: dict[str, str] = {}
    try:
        return schema.model_validate({"limit": str(ROWS), **typed}), errors
    except ValidationError as error:
        errors = {fault.field: worded(fault.message) for fault in faults(error.errors())}
    return schema(limit=ROWS), errors


def column(screen: Screen, field: Field, query: Query, asked: Mapping[str, str]) -> Column:
    """Give a column, and the address that sorts by it or turns its order round."""
    if field.name not in screen.orders:
        return Column(field)
    up, down = query.sort == field.name, query.sort == f"-{field.name}"
    kept = {name: text for name, text in asked.items() if name not in ("after", "sort")}
    address = urlencode(kept | {"sort": f"-{field.name}" if up else field.name})
    return Column(field, f"?{address}", "ascending" if up else "descending" if down else "none")


def filters_of(screen: Screen, work: UnitOfWork, asked: Mapping[str, str]) -> list[Field]:
    """Give the fields that the actor can filter by: from and to say more than one value does."""
    hidden = screen.policy.kept_back(work.actor)
    gte = {f.name.removesuffix("__gte") for f in screen.asked if f.name.endswith("__gte")}
    ranged = gte - {*asked}
    seen = (
        field for field in screen.asked if field.name.partition("__")[0] not in {*hidden, "sort"}
    )
    return [field for field in seen if field.name not in ranged]


def after(asked: Mapping[str, str], last: UUID | None) -> str | None:
    """Give the address of the next page."""
    return None if last is None else f"?{urlencode({**asked, 'after': str(last)})}"
