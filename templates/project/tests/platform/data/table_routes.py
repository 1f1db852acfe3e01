"""The routes by which the tests' own records go out and come in as tables."""

from __future__ import annotations

from types import ModuleType, SimpleNamespace
from typing import Any, cast
from uuid import UUID

from fastapi import APIRouter

from app.platform.http.exporting import add_export
from app.platform.http.filing import add_files
from app.platform.http.importing import add_import
from app.platform.repository import Repository
from app.platform.schemas import In
from app.platform.work import UnitOfWork
from tests.platform.data import thing_schemas as s
from tests.platform.data.things import Boxes, Secrets, Shelves


def served(rows: type[Repository[Any]]) -> ModuleType:
    """Give what a service does to add and change rows; the last argument is what was sent."""

    def add(work: UnitOfWork, *said: Any) -> Any:
        *within, data = said
        held = rows(work, *within)
        return held.add(held.build(data))

    def change(work: UnitOfWork, *said: Any) -> Any:
        *within, row_id, data = said
        held = rows(work, *within)
        row = held.to_change(cast(UUID, row_id))
        held.fill(row, data)
        return held.save(row)

    return cast(ModuleType, SimpleNamespace(add=add, change=change))


def tabled(
    path: str, rows: type[Repository[Any]], query: type, out: type, create: type[In],
    change: type[In],
) -> APIRouter:  # fmt: skip
    """Give the routes of one record."""
    routes = APIRouter(prefix=f"/try{path}")
    add_export(routes, rows.policy, query, out)
    add_import(routes, rows.policy, create, change, served(rows))
    add_files(routes, rows.policy)
    return routes


router = APIRouter()
router.include_router(
    tabled("/shelves", Shelves, s.ShelfQuery, s.ShelfOut, s.ShelfCreate, s.ShelfChange)
)
router.include_router(
    tabled("/secrets", Secrets, s.SecretQuery, s.SecretOut, s.SecretIn, s.SecretChange)
)
router.include_router(
    tabled("/shelves/{shelf_id:uuid}/boxes", Boxes, s.BoxQuery, s.BoxOut, s.BoxIn, s.BoxIn)
)
