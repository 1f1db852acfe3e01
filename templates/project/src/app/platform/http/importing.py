"""The route of imports: `POST /jobs/import`, for records that have a natural key."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from types import ModuleType
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from app.platform import values as v
from app.platform.access import Policy
from app.platform.http.access import may
from app.platform.http.endpoints import taking
from app.platform.http.receiving import admitted, body_of, received
from app.platform.http.replies import reply
from app.platform.imports.account import Account
from app.platform.imports.rows import Import
from app.platform.imports.sheets import lines_of
from app.platform.schemas import In
from app.platform.work import unit_of_work
from app.settings import settings
from app.settings.limits import LARGEST_IMPORT

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABLE = body_of({"text/csv": {"type": "string"}, WORKBOOK: {"type": "string", "format": "binary"}})


class ImportQuery(In):
    """How a table is taken in."""

    dry_run: v.Flag = Field(False, description="Tell what would become of it; keep nothing.")


def add_import(
    router: APIRouter, policy: Policy, create: type[In], change: type[In], service: ModuleType
) -> None:
    """Add the route that takes in a table, whose lines the service adds or changes."""
    known = " and ".join(name.removesuffix("_id").replace("_", " ") for name in policy.key)
    router.add_api_route(
        "/import",
        importing(policy, create, change, service),
        methods=["POST"],
        name="import",
        description=f"Take in a table, CSV or .xlsx; a row is known by its {known}. "
        "All lines are kept, or none; the answer tells of each.",
        response_model=Account,
        dependencies=may(f"{policy.table.name}:see"),
        openapi_extra=TABLE,
        max_body_size=LARGEST_IMPORT,
    )


def importing(
    policy: Policy, create: type[In], change: type[In], service: ModuleType
) -> Callable[..., Coroutine[Any, Any, Response]]:
    """Give the endpoint of an import."""

    async def endpoint(request: Request, query: ImportQuery, **parent: UUID) -> Response:
        await admitted(request)
        content = await received(request, settings().import_limit_bytes)
        taken = Import(policy, create, change, service, tuple(parent.values()))
        return await run_in_threadpool(account, request, taken, content, dry_run=query.dry_run)

    return taking(endpoint, policy, query=Annotated[ImportQuery, Query()])


def account(request: Request, taken: Import, content: bytes, *, dry_run: bool) -> Response:
    """Answer with what became of each line."""
    with unit_of_work(request) as work:
        lines = lines_of(content, settings().import_lines + 1)
        return reply(taken.keep(work, lines, dry_run=dry_run))
