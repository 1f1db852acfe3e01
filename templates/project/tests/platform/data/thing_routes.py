"""The routes of the tests' own records, as a record's router has them."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from app.platform.http.access import Access
from app.platform.http.replies import IdempotencyKey, IfMatch, created, gone, one, page
from app.platform.http.revealing import add_find, add_unmask
from app.platform.http.searching import add_search
from app.platform.idempotency import once
from app.platform.listing import PageOfRows
from app.platform.work import UnitOfWork, unit_of_work
from tests.platform.data import thing_schemas as s
from tests.platform.data import working
from tests.platform.data.things import Secret, Secrets, Shelf, Shelves

router = APIRouter(prefix="/try")


def ruled(rule: str) -> list[Any]:
    """Say the rule of a route."""
    return [Depends(Access(rule))]


@router.get("/shelves", dependencies=ruled("try_shelves:see"))
def browse(request: Request, query: Annotated[s.ShelfQuery, Query()]) -> Response:
    with unit_of_work(request) as work:
        return page(work, s.ShelfItem, Shelves(work).list(query))


@router.post("/shelves", dependencies=ruled("try_shelves:add"))
def add(request: Request, body: s.ShelfCreate, key: IdempotencyKey = None) -> Response:
    with unit_of_work(request) as work:
        rows = Shelves(work)
        return created(work, s.ShelfOut, once(work, body, lambda: rows.add(rows.build(body))))


@router.get("/shelves/{id}", dependencies=ruled("try_shelves:see"))
def see(request: Request, id: UUID) -> Response:
    with unit_of_work(request) as work:
        return one(work, s.ShelfOut, Shelves(work).get(id))


@router.patch("/shelves/{id}", dependencies=ruled("try_shelves:change"))
def change(request: Request, id: UUID, body: s.ShelfChange, match: IfMatch = None) -> Response:
    with unit_of_work(request) as work:
        rows = Shelves(work)
        row = rows.to_change(id)
        rows.fill(row, body)
        return one(work, s.ShelfOut, rows.save(row))


@router.delete("/shelves/{id}", dependencies=ruled("try_shelves:archive"))
def archive(request: Request, id: UUID, match: IfMatch = None) -> Response:
    with unit_of_work(request) as work:
        rows = Shelves(work)
        rows.archive(rows.to_change(id, "archive"))
    return gone()


@router.post("/secrets", dependencies=ruled("try_secrets:add"))
def hide(request: Request, body: s.SecretIn) -> Response:
    with unit_of_work(request) as work:
        return created(work, s.SecretOut, working.secret(work, **body.model_dump()))


def list_shelves(work: UnitOfWork, query: s.ShelfQuery) -> PageOfRows[Shelf]:
    return Shelves(work).list(query)


shelves = APIRouter(prefix="/shelves")
add_search(shelves, Shelves.policy, s.ShelfQuery, s.ShelfItem, list_shelves)
router.include_router(shelves)


def find(work: UnitOfWork, wanted: s.SecretFind) -> PageOfRows[Secret]:
    return Secrets(work).find(wanted)


def unmask(work: UnitOfWork, id: UUID) -> Secret:
    return Secrets(work).get(id, "unmask")


secrets = APIRouter(prefix="/secrets")
add_find(secrets, Secrets.policy, s.SecretFind, s.SecretItem, find)
add_unmask(secrets, Secrets.policy, s.SecretUnmask, s.SecretUnmasked, unmask)
router.include_router(secrets)


@router.get("/unruled")
def unruled(request: Request) -> None:
    with unit_of_work(request):
        raise AssertionError("nobody comes here")


@router.get("/today", dependencies=[Depends(Access.SIGNED_IN)])
def today(request: Request) -> dict[str, str]:
    with unit_of_work(request) as work:
        return {"today": work.today.isoformat(), "route": work.route}
