"""Routes that fail in different ways, to see what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import PlainTextResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, field_validator

from app.platform.errors import PreconditionFailed
from app.platform.http.access import Access
from app.platform.work import unit_of_work

CANARY = "zoe-canary-31"
TRY = "/tests/try"


class Sent(BaseModel):
    """What the route of these tests takes."""

    model_config = ConfigDict(extra="forbid")

    count: int
    note: str = ""

    @field_validator("note")
    @classmethod
    def _plain(cls, note: str) -> str:
        if note.startswith("not"):
            raise ValueError("must not begin with not")
        return note


routes = APIRouter()


@routes.post(TRY)
def fail(body: Sent) -> None:
    raise RuntimeError(body.note)


@routes.get("/tests/stale/{name}")
def stale(name: str) -> None:
    raise PreconditionFailed("Read it again.")


@routes.get("/tests/teapot")
def teapot() -> None:
    raise HTTPException(418, CANARY)


@routes.get("/tests/half")
def half() -> StreamingResponse:
    def parts() -> Iterator[str]:
        yield "first"
        raise RuntimeError(CANARY)

    return StreamingResponse(parts())


@routes.get("/tests/cached")
def cached() -> PlainTextResponse:
    return PlainTextResponse("x", headers={"Cache-Control": "max-age=60"})


@routes.get("/tests/unruled")
def unruled(request: Request) -> None:
    with unit_of_work(request):
        raise AssertionError("nobody comes here")


@routes.get("/tests/ruled", dependencies=[Depends(Access.SIGNED_IN)])
def ruled(request: Request) -> None:
    with unit_of_work(request):
        raise AssertionError("nobody comes here")


@routes.get("/tests/address")
def address(request: Request) -> list[str]:
    return [request.client.host if request.client else "", request.url.scheme]
