"""A record of the tests' own that belongs to one customer, and that the clock moves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.orm import Mapped

from app.platform import columns as c
from app.platform import moves
from app.platform import workflow as w
from app.platform.access import POLICIES, Policy
from app.platform.apart import Separated
from app.platform.http.moving import add_moves
from app.platform.jobs.clock import MAKERS
from app.platform.repository import Repository
from app.platform.schemas import HistoryItem, Out, Page, PageQuery
from app.platform.work import UnitOfWork


class Card(Separated):
    """Something that ends on a day, of which somebody is told."""

    __tablename__ = "try_cards"

    address: Mapped[c.Email] = c.field("internal", text=True)
    ends_on: Mapped[c.Date] = c.field("internal")
    stage: Mapped[c.Choice] = c.field("internal", choices=["open", "over"])


class Cards(Repository[Card]):
    """Cards in the database."""

    policy = Policy(
        Card,
        {"writer": ["see"]},
        workflow=w.Workflow(
            {
                "remind": w.Move(["open"], "open", once_past="ends_on"),
                "send": w.Move(["open"], "over", once_past="ends_on", tells=["address"]),
            }
        ),
    )


def move(work: UnitOfWork, id: UUID, name: str, answers: None = None) -> Card:
    """Make a move as a service does."""
    rows = Cards(work)
    return moves.moved(rows, moves.to_move(rows, id, name), name, answers)


def history(work: UnitOfWork, id: UUID, query: PageQuery) -> Page[HistoryItem]:
    """Give the moves of a card."""
    return moves.history(Cards(work), id, query)


add_moves(APIRouter(), Cards.policy, Out, move, history)
ENTITIES = (Card,)
TABLES = [entity.__tablename__ for entity in ENTITIES]
RULES: dict[str, Any] = {name: POLICIES.pop(name) for name in TABLES if name in POLICIES}
MAKE = MAKERS.pop("try_cards")
