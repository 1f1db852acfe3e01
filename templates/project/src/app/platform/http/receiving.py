"""Bodies that are not JSON: they are read after the caller was let in, and never without a limit."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import IO, Any

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from app.platform.errors import TooLarge
from app.platform.work import UnitOfWork, unit_of_work


async def admitted(
    request: Request, check: Callable[[UnitOfWork], None] = lambda work: None
) -> None:
    """Refuse who may not use the route, before anything of the body is read."""

    def ask() -> None:
        with unit_of_work(request) as work:
            check(work)

    await run_in_threadpool(ask)


async def received(request: Request, most: int) -> bytes:
    """Give the body; raises TooLarge for a longer one."""
    content = io.BytesIO()
    await spooled(request, content, most)
    return content.getvalue()


async def spooled(request: Request, content: IO[bytes], most: int) -> None:
    """Write the body to where there is room for it; raises TooLarge for a longer one."""
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > most:
            raise TooLarge(f"Send at most {most} bytes.")
        content.write(piece)


def body_of(media_types: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Give what the API's description says of a body that is one of these types."""
    content = {name: {"schema": dict(schema)} for name, schema in media_types.items()}
    return {"requestBody": {"required": True, "content": content}}
