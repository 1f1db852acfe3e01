"""The routes of files: one that takes them in before a row, and one that gives a row's back."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from app.platform import values as v
from app.platform.access import Policy
from app.platform.db import Entity
from app.platform.errors import Forbidden, NotFound
from app.platform.files import store
from app.platform.files.claims import file_columns
from app.platform.files.models import StoredFile
from app.platform.files.sealing import unseal
from app.platform.files.uploads import FileField, kept, noted
from app.platform.http.access import may
from app.platform.http.changing import policy_of
from app.platform.http.endpoints import taking
from app.platform.http.receiving import admitted, body_of, spooled
from app.platform.http.replies import reply
from app.platform.readings import record_reading, record_showing
from app.platform.rows import rows_of
from app.platform.views import opened
from app.platform.work import UnitOfWork, unit_of_work

BINARY = {"type": "string", "format": "binary"}
FILE_NAME = {
    "name": "File-Name",
    "in": "header",
    "description": "What the file is called, as percent-encoded UTF-8.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,600}$"},
}
SANDBOX = "default-src 'none'; sandbox"


class FileOut(BaseModel):
    """A file that was taken in: name it by its id when you add or change a row."""

    id: v.Id
    name: str
    media_type: str
    size: int


def files_of(router: APIRouter) -> APIRouter:
    """Give the routes of the files of the record that a router is about."""
    about = APIRouter(prefix=router.prefix, tags=router.tags)
    add_files(about, policy_of(router))
    return about


def add_files(router: APIRouter, policy: Policy) -> None:
    """Add two routes for each field that holds a file."""
    for column in file_columns(policy.table):
        field = FileField.of(column)
        listed = ", ".join(field.types)
        router.add_api_route(
            f"/files/{field.name}",
            uploading(policy, field),
            methods=["POST"],
            status_code=201,
            name=f"upload_{field.name}",
            description=f"Take in a file ({listed}; its content decides) for a row to take.",
            response_model=FileOut,
            dependencies=may(f"{field.record}:add or change"),
            openapi_extra=body_of({"application/octet-stream": BINARY})
            | {"parameters": [FILE_NAME]},
            max_body_size=field.most,
        )
        verb = "unmask" if field.name in policy.masked else "see"
        router.add_api_route(
            f"/{{id:uuid}}/files/{field.name}",
            downloading(policy, field, verb),
            methods=["GET"],
            name=f"download_{field.name}",
            description="Give the file; that you read it is recorded."
            if verb == "unmask"
            else "Give the file.",
            response_class=Response,
            responses={200: {"content": {kind: {"schema": BINARY} for kind in field.media_types}}},
            dependencies=may(f"{field.record}:{verb}"),
        )


def uploading(policy: Policy, field: FileField) -> Callable[..., Coroutine[Any, Any, Response]]:
    """Give the endpoint that takes a file in. No connection is held while it is read."""

    async def endpoint(request: Request, **parent: UUID) -> Response:
        await admitted(request, lambda work: policy.check_settable(work.actor, [field.name]))
        # What is to be sealed never lies on a disk in the clear.
        limit = 0 if field.sealed else 1_000_000
        with SpooledTemporaryFile(max_size=limit) as content:
            await spooled(request, content, field.most)
            return await run_in_threadpool(take, request, field, content)

    return taking(endpoint, policy)


def take(request: Request, field: FileField, content: IO[bytes]) -> Response:
    """Keep content, then note it: what breaks off between the two is found by the sweep."""
    file = kept(field, content, request.headers.get("file-name"))
    with unit_of_work(request) as work:
        return reply(FileOut.model_validate(noted(work, file), from_attributes=True), 201)


def downloading(policy: Policy, field: FileField, verb: str) -> Callable[..., Response]:
    """Give the endpoint that gives a row's file back."""

    def endpoint(request: Request, id: UUID, **parent: UUID) -> Response:
        with unit_of_work(request) as work:
            row = rows_of(policy, work, next(iter(parent.values()), None)).get(id, verb)
            file = readable(work, policy, row, field.name)
            if verb == "unmask":
                record_reading(work, [row], [field.name])
            else:
                record_showing(work, policy, [row], [field.name])
        return content_of(file)

    return taking(endpoint, policy, id=UUID)


def readable(work: UnitOfWork, policy: Policy, row: Entity, name: str) -> StoredFile:
    """Give the file in a field of a row; raises Forbidden where the actor does not see the field."""
    if name in policy.hidden_from(work.actor):
        raise Forbidden("Your roles do not see this file.")
    file_id = opened(getattr(row, name))
    file = None if file_id is None else work.session.get(StoredFile, file_id)
    held = (policy.table.name, name, row.id, None)
    if file is None or held != (file.record, file.field, file.record_id, file.released_at):
        raise NotFound("There is no file here.")
    return file


def content_of(file: StoredFile) -> Response:
    """Answer with the content of a file, to be kept and not to be shown."""
    pieces = store.pieces_of(file.store_key)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}",
        "Content-Length": str(file.size),
        "Content-Security-Policy": SANDBOX,
    }
    content = unseal(file.id, pieces) if file.sealed else pieces
    return StreamingResponse(content, 200, headers, file.media_type)
