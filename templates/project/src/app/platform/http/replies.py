"""What a route answers with: JSON straight from the schema, and an ETag of the version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import Header, Response
from pydantic import BaseModel

from app.platform.db import Entity
from app.platform.listing import PageOfRows
from app.platform.schemas import Added, Out, Page
from app.platform.views import View, may, policy_for, unmasked, views
from app.platform.work import UnitOfWork

IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", description="The ETag of the version that is to be changed."),
]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern="^[!-~]{1,100}$",
        description="Send the same key again, and nothing is added twice.",
    ),
]


def reply(body: BaseModel, status: int = 200, **headers: str) -> Response:
    """Answer with a body."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(body.model_dump_json(), status, named, "application/json")


def one(work: UnitOfWork, schema: type[Out], row: Entity) -> Response:
    """Answer with one record."""
    return reply(views(work, schema, [row])[0], ETag=etag(row))


def created(work: UnitOfWork, schema: type[Out], row: Entity) -> Response:
    """Answer with a new record; who may add it but not see it learns the id only."""
    if not policy_for(row).granted(work.actor, "see") or not may(work, row, "see"):
        return reply(Added(id=row.id), 201)
    return reply(views(work, schema, [row])[0], 201, ETag=etag(row))


def page(work: UnitOfWork, item: type[View], listing: PageOfRows[Entity]) -> Response:
    """Answer with a page of records."""
    items = views(work, item, listing.rows)
    return reply(Page[item].model_construct(items=items, next=listing.next))  # type: ignore[valid-type]


def cleared(
    work: UnitOfWork, schema: type[BaseModel], row: Entity, fields: Sequence[str]
) -> Response:
    """Answer with the clear values of masked fields; that they were read is recorded."""
    return reply(schema.model_validate(unmasked(work, row, fields)))


def gone() -> Response:
    """Answer that it is done, with nothing to show."""
    return Response(status_code=204)


def etag(row: Entity) -> str:
    """Give the ETag of a row's version."""
    return f'"{row.version}"'
