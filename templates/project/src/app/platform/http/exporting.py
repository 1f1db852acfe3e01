"""The routes of exports: `GET /jobs/export`, with the filters and the order of the list."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any, NamedTuple, cast
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi import Query as QueryParameters
from pydantic import create_model
from starlette.responses import StreamingResponse

from app.platform import exports
from app.platform.access import Policy
from app.platform.db import Entity
from app.platform.exports import Export
from app.platform.http.access import may
from app.platform.http.endpoints import taking
from app.platform.schemas import In, Out, Query
from app.platform.work import unit_of_work

BYTE_ORDER_MARK = "\ufeff"
"""Without it a well-known spreadsheet takes UTF-8 for something else."""


class Csv(StreamingResponse):
    """A table as comma-separated values."""

    media_type = "text/csv"


class Table(NamedTuple):
    """What is taken away: the names of the columns, and the lines below them page by page."""

    header: list[str]
    pages: Iterator[list[list[str]]]


def add_export(router: APIRouter, policy: Policy, query: type[Query], schema: type[Out]) -> None:
    """Add the route that exports what a list shows, and one that does so with masked fields."""
    routes = {"": "export"} | ({"/unmasked": "unmask"} if policy.masked else {})
    for more, verb in routes.items():
        about = "Take away what you may see and export, as a table for spreadsheets."
        router.add_api_route(
            f"/export{more}",
            exporting(policy, query, schema, clear=bool(more)),
            methods=["GET"],
            name=f"export{more.replace('/', '_')}",
            description=f"{about} It holds masked fields too." if more else about,
            response_class=Csv,
            dependencies=may(f"{policy.table.name}:{verb}"),
        )


def exporting(
    policy: Policy, asked: type[Query], schema: type[Out], *, clear: bool
) -> Callable[..., Response]:
    """Give the endpoint of an export."""

    def endpoint(request: Request, query: In, **parent: UUID) -> Response:
        within = next(iter(parent.values()), None)
        export = Export(policy, schema, as_query(asked, query), within, clear)
        return Csv(
            as_csv(taken(request, export)),
            headers={"Content-Disposition": f'attachment; filename="{policy.table.name}.csv"'},
        )

    return taking(endpoint, policy, query=Annotated[narrowed(asked), QueryParameters()])


def narrowed(query: type[Query]) -> type[In]:
    """Give the filters and the order of a list, without its pages."""
    fields: dict[str, Any] = {
        name: (field.annotation, field)
        for name, field in query.model_fields.items()
        if name not in ("limit", "after")
    }
    return create_model(f"{query.__name__}Export", __base__=In, **fields)


def as_query(query: type[Query], asked: In) -> Query:
    """Give what was asked for as what a list can be asked for."""
    values = {name: getattr(asked, name) for name in type(asked).model_fields}
    plain = cast(Any, query)
    return cast(Query, plain.model_construct(asked.model_fields_set, **values))


def as_csv(table: Table) -> Iterator[str]:
    """Write a table as comma-separated values, page by page."""
    yield BYTE_ORDER_MARK + as_text([table.header])
    for lines in table.pages:
        yield as_text(lines)


def taken(request: Request, export: Export) -> Table:
    """Take rows away, page by page, under a header.

    The first page is asked for at once, so that a refusal is an answer of its own. What fails
    later ends the answer before its end, which every client notices.
    """
    with unit_of_work(request) as work:
        header, rows = export.header(work), export.page(work, None)
        lines = export.lines(work, rows, header)
    return Table(header, pages(request, export, header, lines, rows))


def pages(
    request: Request,
    export: Export,
    header: list[str],
    lines: list[list[str]],
    rows: Sequence[Entity],
) -> Iterator[list[list[str]]]:
    """Give the first page, and then each one after it."""
    yield lines
    while len(rows) == exports.PAGE:
        with unit_of_work(request) as work:
            rows = export.page(work, rows[-1])
            lines = export.lines(work, rows, header)
        yield lines


def as_text(lines: Sequence[Sequence[str]]) -> str:
    """Write lines as comma-separated values."""
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue()
