"""Records of the tests' own whose moves tell people, and which the clock moves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import Mapped, relationship

from app.platform import columns as c
from app.platform import moves
from app.platform import workflow as w
from app.platform.access import POLICIES, Policy
from app.platform.db import Entity, LinkRow, Session
from app.platform.errors import Conflict
from app.platform.http.moving import add_moves
from app.platform.jobs.clock import MAKERS
from app.platform.repository import Repository
from app.platform.schemas import HistoryItem, Out, Page, PageQuery
from app.platform.work import UnitOfWork

REFUSED_BY_A_RULE, BROKEN = "refused by a rule", "broken"


class Desk(Entity):
    """Where letters are written, by one person."""

    __tablename__ = "try_desks"

    address: Mapped[c.Email | None] = c.field("internal", "personal", text=True)
    secret: Mapped[c.Secret | None] = c.sealed("restricted", "personal", kind="email")
    clerk_id: Mapped[c.Id | None] = c.relation("users", if_deleted="leave_blank")


class Reader(LinkRow):
    """Who reads which letter."""

    __tablename__ = "try_letters_readers"

    row_id: Mapped[c.Id] = c.link("try_letters")
    target_id: Mapped[c.Id] = c.link("users")


class Letter(Entity):
    """Something that is written, sent, and answered by a day."""

    __tablename__ = "try_letters"

    title: Mapped[c.Text] = c.field("internal", text=True, max=500)
    price: Mapped[c.Money | None] = c.field("internal")
    urgent: Mapped[c.YesNo | None] = c.field("internal")
    hint: Mapped[c.Text | None] = c.field("confidential")
    inner: Mapped[c.Text | None] = c.field("internal")
    desk_id: Mapped[c.Id | None] = c.relation("try_desks", if_deleted="leave_blank")
    due_on: Mapped[c.Date | None] = c.field("internal")
    due_at: Mapped[c.Datetime | None] = c.field("internal")
    stage: Mapped[c.Choice] = c.field("internal", choices=["open", "sent", "late"])
    _readers: Mapped[list[Reader]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", foreign_keys="Reader.row_id"
    )
    readers: AssociationProxy[list[UUID]] = association_proxy("_readers", "target_id")


class Letters(Repository[Letter]):
    """Letters in the database."""

    policy = Policy(
        Letter,
        {"writer": ["see"]},
        masked=["hint"],
        seen_by={"inner": ["writer"]},
        workflow=w.Workflow(
            {
                "send": w.Move(
                    ["open"],
                    "sent",
                    by=["writer"],
                    tells=["desk.address", "desk.secret", "desk.clerk", "readers"],
                ),
                "tell": w.Move(["sent"], "sent", by=["writer"], tells=["desk.address"]),
                "lapse": w.Move(["sent"], "late", needs=["title"], once_past="due_on"),
                "fall": w.Move(["open"], "late", once_past="due_at", tells=["desk.address"]),
                "remind": w.Move(["open"], "open", once_past="due_on"),
            }
        ),
    )


class Desks(Repository[Desk]):
    """Desks in the database."""

    policy = Policy(Desk, {})


def move(work: UnitOfWork, id: UUID, name: str, answers: None = None) -> Letter:
    """Make a move as a service does, with rules that refuse or break."""
    rows = Letters(work)
    row = moves.to_move(rows, id, name)
    if row.title == REFUSED_BY_A_RULE:
        raise Conflict("Not this one.")
    if row.title == BROKEN:
        raise ZeroDivisionError
    return moves.moved(rows, row, name, answers)


def letter(session: Session, **values: Any) -> Letter:
    """Write a letter."""
    row = Letter(**({"title": "a letter", "stage": "open"} | values))
    session.add(row)
    session.flush()
    return row


def history(work: UnitOfWork, id: UUID, query: PageQuery) -> Page[HistoryItem]:
    """Give the moves of a letter."""
    return moves.history(Letters(work), id, query)


add_moves(APIRouter(), Letters.policy, Out, move, history)
ENTITIES = (Desk, Letter, Reader)
TABLES = [entity.__tablename__ for entity in ENTITIES]
RULES = {name: POLICIES.pop(name) for name in TABLES if name in POLICIES}
MAKE = MAKERS.pop("try_letters")
