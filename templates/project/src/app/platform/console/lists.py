"""The list of a record: filtered, sorted, searched, page by page, all of it in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Request, Response
from pydantic import ValidationError

from app.platform.console.choosing import options_of
from app.platform.console.fields import Field, fields_of
from app.platform.console.kinds import Place
from app.platform.console.names import names_of, related
from app.platform.console.pages import page, place_of
from app.platform.console.screens import Screen
from app.platform.console.shown import Cell, cell
from app.platform.console.typed import Typed
from app.platform.http.endpoints import taking
from app.platform.http.problems import faults
from app.platform.schemas import PAGING, Query
from app.platform.views import views
from app.platform.work import UnitOfWork, unit_of_work

ROWS = 25
COLUMNS = 8
"""How many fields a list shows: the first ones that are short enough to be read in a line."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list; `sort` is the address that sorts by it, if one may."""

    field: Field
    sort: str | None
    sorted: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list: what it is called, where it is, and its cells."""

    name: str
    url: str
    cells: Sequence[Cell]


def listing(screen: Screen) -> Callable[..., Response]:
    """Give the endpoint of a list."""

    def endpoint(request: Request, **parent: UUID) -> Response:
        with unit_of_work(request) as work:
            return answer(request, work, screen, next(iter(parent.values()), None))

    return taking(endpoint, screen.policy)


def answer(request: Request, work: UnitOfWork, screen: Screen, within: UUID | None) -> Response:
    """Answer with the page of the list that the address asks for."""
    asked = {name: text for name, text in request.query_params.items() if text}
    place = place_of(request)
    query, errors = query_of(screen, asked, place)
    filters = filters_of(screen, work)
    found = screen.service.browse(work, *([] if within is None else [within]), query)
    rows, fields = found.rows, columns_of(screen, work)
    seen = views(work, screen.schema("Item"), rows)
    others, called = related(work, fields, seen), names_of(work, rows)
    lines = [
        Line(
            called[row.id], screen.url(row), [cell(screen, view, f, others, place) for f in fields]
        )
        for row, view in zip(rows, seen, strict=True)
    ]
    return page(
        request,
        "list",
        work,
        screen=screen,
        columns=[column(screen, f, query, asked) for f in fields],
        lines=lines,
        filters=filters,
        options=options_of(work, filters, Typed(asked)),
        asked=asked,
        errors=errors,
        next=after(asked, found.next),
        home=screen.home(within),
        may_add=screen.does("add") and bool(screen.policy.granted(work.actor, "add")),
    )


def query_of(
    screen: Screen, asked: Mapping[str, str], place: Place
) -> tuple[Query, dict[str, str]]:
    """Read what an address asks for; what cannot be read is left out, and told."""
    schema = screen.schema("Query")
    kinds = {field.name: field.kind for field in fields_of(screen.policy, schema, screen.words)}
    typed = {
        name: text if name in PAGING else kinds[name].read(text, place)
        for name, text in asked.items()
        if name in kinds or name in PAGING
    }
    errors: dict[str, str] = {}
    try:
        return schema.model_validate({"limit": str(ROWS), **typed}), errors
    except ValidationError as error:
        errors = {fault.field: fault.message for fault in faults(error.errors())}
    return schema(limit=ROWS), errors


def columns_of(screen: Screen, work: UnitOfWork) -> list[Field]:
    """Give the fields that a list shows to the actor."""
    hidden = screen.policy.hidden_from(work.actor) | screen.policy.masked
    short = (f for f in screen.shown if f.name not in hidden and f.kind.control != "textarea")
    return [f for f in short if f.name not in (screen.policy.shown_as, "number")][:COLUMNS]


def column(screen: Screen, field: Field, query: Query, asked: Mapping[str, str]) -> Column:
    """Give a column, and the address that sorts by it or turns its order round."""
    allowed = sortable(screen)
    if field.name not in allowed:
        return Column(field, None, "none")
    up, down = query.sort == field.name, query.sort == f"-{field.name}"
    kept = {name: text for name, text in asked.items() if name not in ("after", "sort")}
    address = urlencode(kept | {"sort": f"-{field.name}" if up else field.name})
    return Column(field, f"?{address}", "ascending" if up else "descending" if down else "none")


def sortable(screen: Screen) -> set[str]:
    """Give the fields that a list can be sorted by."""
    info: Any = screen.schema("Query").model_fields["sort"]
    pattern = next(mark.pattern for mark in info.metadata if hasattr(mark, "pattern"))
    return set(pattern[pattern.index("(") + 1 : pattern.rindex(")")].split("|"))


def filters_of(screen: Screen, work: UnitOfWork) -> list[Field]:
    """Give the fields that the actor can filter by."""
    hidden = screen.policy.hidden_from(work.actor) | screen.policy.masked
    fields = fields_of(screen.policy, screen.schema("Query"), screen.words)
    return [field for field in fields if field.name.partition("__")[0] not in {*hidden, "sort"}]


def after(asked: Mapping[str, str], last: UUID | None) -> str | None:
    """Give the address of the next page."""
    return None if last is None else f"?{urlencode({**asked, 'after': str(last)})}"
