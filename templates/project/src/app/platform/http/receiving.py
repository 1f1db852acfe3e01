"""Bodies that are not JSON: they are read after the caller was let in, and never without a limit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from app.platform.errors import TooLarge
from app.platform.work import unit_of_work


async def admitted(request: Request) -> None:
    """Refuse who may not use the route before anything of the body is read."""

    def ask() -> None:
        with unit_of_work(request):
            pass

    await run_in_threadpool(ask)


async def received(request: Request, most: int) -> bytes:
    """Give the body; raises TooLarge for a longer one."""
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > most:
            raise TooLarge(f"Send at most {most} bytes.")
    return bytes(content)


def body_of(media_types: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Give what the API's description says of a body that is one of these types."""
    content = {name: {"schema": dict(schema)} for name, schema in media_types.items()}
    return {"requestBody": {"required": True, "content": content}}
