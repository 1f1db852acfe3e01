"""The pages of the tests' own records."""

from __future__ import annotations

from types import ModuleType, SimpleNamespace
from typing import Any, cast
from uuid import UUID

from app.platform import moves
from app.platform import values as v
from app.platform.console.screens import HOME, Screen
from app.platform.console.words import Words
from app.platform.listing import PageOfRows
from app.platform.moves import moved, to_move
from app.platform.repository import Repository
from app.platform.schemas import HistoryItem, In, Out, Page, PageQuery, Query
from app.platform.work import UnitOfWork
from tests.platform.data import thing_schemas as s
from tests.platform.data.parcel_routes import ParcelChange
from tests.platform.data.parcels import Parcels
from tests.platform.data.table_routes import served
from tests.platform.data.things import Boxes, Secrets, Shelves, Tags


class ParcelCreate(In):
    """What adding a parcel takes."""

    weight: v.Integer | None = v.whole(min=1, default=None)
    owner_id: v.Id | None = v.rule(default=v.KEEP)


class ParcelOut(Out):
    """A parcel."""

    weight: v.Integer | None
    owner_id: v.Id | None
    stage: v.Text


class ParcelQuery(Query):
    """How a list of parcels can be filtered."""

    stage: v.Text | None = None
    owner_id: v.Id | None = None


class TagOut(Out):
    """A tag."""

    name: v.Text


SCHEMAS = {
    "Shelf": [s.ShelfCreate, s.ShelfChange, s.ShelfItem, s.ShelfOut, s.ShelfQuery],
    "Secret": [s.SecretIn, s.SecretChange, s.SecretItem, s.SecretOut, s.SecretQuery],
    "Box": [s.BoxIn, s.BoxIn, s.BoxOut, s.BoxOut, s.BoxQuery],
    "Tag": [s.TagIn, s.TagIn, TagOut, TagOut, Query],
    "Parcel": [ParcelCreate, ParcelChange, ParcelOut, ParcelOut, ParcelQuery],
}
ALL = ("add", "change", "archive")
USES = ("Create", "Change", "Item", "Out", "Query")
WORDS = {
    "try_shelves": Words("shelf", "shelves", "Where boxes stand.", {"price": "What it cost"}),
    "try_secrets": Words("secret", "secrets"),
    "try_boxes": Words("box", "boxes"),
    "try_tags": Words("tag", "tags"),
    "try_parcels": Words("parcel", "parcels"),
}


def service(rows: type[Repository[Any]], *more: str) -> ModuleType:
    """Give what the service of a record does; `more` is what not every record has."""

    def see(work: UnitOfWork, *ids: UUID) -> Any:
        return rows(work, *ids[:-1]).get(ids[-1])

    def browse(work: UnitOfWork, *said: Any) -> PageOfRows[Any]:
        return rows(work, *said[:-1]).list(said[-1])

    def archive(work: UnitOfWork, *ids: UUID) -> None:
        held = rows(work, *ids[:-1])
        held.archive(held.to_change(ids[-1], "archive"))

    def unmask(work: UnitOfWork, *ids: UUID) -> Any:
        return rows(work, *ids[:-1]).get(ids[-1], "unmask")

    def move(work: UnitOfWork, id: UUID, name: str, answers: In | None = None) -> Any:
        held = rows(work)
        row = to_move(held, id, name, answers)
        return moved(held, row, name, answers)

    def history(work: UnitOfWork, id: UUID, query: PageQuery) -> Page[HistoryItem]:
        return moves.history(rows(work), id, query)

    every = {"see": see, "browse": browse}
    some = {"archive": archive, "unmask": unmask, "move": move, "history": history}
    some |= vars(served(rows))
    return cast(ModuleType, SimpleNamespace(**every, **{name: some[name] for name in more}))


def screen(path: str, rows: type[Repository[Any]], *more: str) -> Screen:
    """Give the pages of a record."""
    policy, name = rows.policy, rows.policy.entity.__name__
    schemas = {f"{name}{use}": kind for use, kind in zip(USES, SCHEMAS[name], strict=True)}
    known = cast(ModuleType, SimpleNamespace(**schemas))
    return Screen(policy, HOME + path, service(rows, *more), known, WORDS[policy.table.name])


TRIED = {
    one.table: one
    for one in (
        screen("/shelves", Shelves, *ALL, "unmask"),
        screen("/secrets", Secrets, *ALL, "unmask"),
        screen("/shelves/{shelf_id:uuid}/boxes", Boxes, *ALL),
        screen("/tags", Tags),
        screen("/parcels", Parcels, *ALL, "move", "history"),
    )
}
