"""Taking a list away as it stands: the filters, the order and the words of its page, as a table."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from itertools import chain
from typing import Any
from uuid import UUID

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from app.platform.console.lists import query_of, sought
from app.platform.console.pages import place_of
from app.platform.console.screens import Screen
from app.platform.console.typed import admitted_form
from app.platform.errors import FieldError, Invalid
from app.platform.exports import Export
from app.platform.http.endpoints import taking
from app.platform.http.exporting import Csv, Table, as_csv, taken
from app.platform.http.importing import WORKBOOK
from app.platform.workbooks import workbook

Endpoint = Callable[..., Coroutine[Any, Any, Response]]


class Xlsx(StreamingResponse):
    """A table as a workbook."""

    media_type = WORKBOOK


def exporting(screen: Screen, kind: str) -> Endpoint:
    """Give the endpoint that exports what a list shows, as `csv` or `xlsx`.

    Words that are looked for come in a form, because no address tells them.
    """

    async def endpoint(request: Request, **parent: UUID) -> Response:
        async with admitted_form(request) as typed:
            words = typed.get("words")
        within = next(iter(parent.values()), None)
        return await run_in_threadpool(answer, request, screen, kind, within, words)

    return taking(endpoint, screen.policy)


def answer(
    request: Request, screen: Screen, kind: str, within: UUID | None, words: str
) -> Response:
    """Answer with a file. What the page of the list tells beside it, is refused here."""
    asked = {name: text for name, text in request.query_params.items() if text}
    query, errors = query_of(screen, asked, place_of(request))
    if errors:
        said = [FieldError(name, "invalid", text) for name, text in errors.items()]
        raise Invalid("The list cannot be asked for like this.", errors=said)
    export = Export(screen.policy, screen.schema("Out"), sought(query, words), within)
    table = taken(request, export)
    named = {"Content-Disposition": f'attachment; filename="{screen.table}.{kind}"'}
    if kind == "csv":
        return Csv(as_csv(table), headers=named)
    return Xlsx(written(screen, table), headers=named)


def written(screen: Screen, table: Table) -> Iterator[bytes]:
    """Write a workbook. Its first piece is made at once, so that a refusal is an answer."""
    kinds = {
        field.name: "number" if field.kind.control == "number" else field.kind.name
        for field in screen.shown
    }
    found = workbook(table.header, {"version": "number", **kinds}, table.pages)
    return chain([next(found)], found)
