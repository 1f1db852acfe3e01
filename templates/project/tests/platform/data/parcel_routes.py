"""The routes of parcels, as those of a record that goes from stage to stage."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from app.platform import moves
from app.platform import values as v
from app.platform.http.moving import add_moves
from app.platform.moves import moved, to_move
from app.platform.schemas import HistoryItem, In, Out, Page, PageQuery
from app.platform.work import UnitOfWork
from tests.platform.data.parcels import Parcel, Parcels

router = APIRouter(prefix="/try/parcels")


class ParcelChange(In):
    """What changing a parcel takes."""

    weight: v.Integer | None = v.whole(min=1, default=v.KEEP)
    owner_id: v.Id | None = v.rule(default=v.KEEP)


class ParcelOut(Out):
    """A parcel by itself."""

    stage: str


def move(work: UnitOfWork, id: UUID, name: str, answers: In | None = None) -> Parcel:
    rows = Parcels(work)
    return moved(rows, to_move(rows, id, name, answers), name, answers)


def history(work: UnitOfWork, id: UUID, query: PageQuery) -> Page[HistoryItem]:
    return moves.history(Parcels(work), id, query)


add_moves(router, Parcels.policy, ParcelOut, move, history, ParcelChange)
