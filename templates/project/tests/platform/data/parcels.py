"""Records of the tests' own that go from stage to stage, and what is part of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Mapped

from app.platform import columns as c
from app.platform import workflow as w
from app.platform.access import POLICIES, Policy
from app.platform.apart import Separated
from app.platform.db import Entity, Session
from app.platform.repository import Repository
from app.platform.schemas import In

STAGES = ["packed", "sent", "back", "lost"]


class Parcel(Entity):
    """Something that is sent, and that may come back."""

    __tablename__ = "try_parcels"

    weight: Mapped[c.Integer | None] = c.field("internal", min=1)
    owner_id: Mapped[c.Id | None] = c.relation("users", if_deleted="leave_blank")
    stage: Mapped[c.Choice] = c.field("internal", choices=STAGES)


class Slip(Entity):
    """A piece of paper on a parcel."""

    __tablename__ = "try_slips"

    parcel_id: Mapped[c.Id] = c.relation("try_parcels", if_deleted="delete_too")


class Copy(Entity):
    """A copy of a slip."""

    __tablename__ = "try_copies"

    slip_id: Mapped[c.Id] = c.relation("try_slips", if_deleted="delete_too")


class Postcard(Separated):
    """Something that belongs to one customer, wherever customers are kept apart."""

    __tablename__ = "try_postcards"

    title: Mapped[c.Text] = c.field("internal", text=True, max=20, unique=True)
    answers_id: Mapped[c.Id | None] = c.relation(
        "try_postcards", if_deleted="leave_blank", apart=True
    )


class Postcards(Repository[Postcard]):
    """Postcards in the database."""

    policy = Policy(Postcard, {"keeper": ["add", "see", "change"]})


class Parcels(Repository[Parcel]):
    """Parcels in the database."""

    policy = Policy(
        Parcel,
        {
            "keeper": ["add", "see", "change", "archive"],
            "sender": ["see"],
            "owner": ["see", "change"],
        },
        owner="owner",
        workflow=w.Workflow(
            {
                "send": w.Move(["packed", "back"], "sent", by=["sender"], needs=["weight"]),
                "return": w.Move(["sent"], "back", by=["owner"], only_owner=True),
                "lose": w.Move(
                    ["sent"],
                    "lost",
                    by=["keeper", "sender"],
                    asks=["where"],
                    not_same_person_as="send",
                ),
            },
            locked=["sent", "lost"],
        ),
    )


class Slips(Repository[Slip]):
    """Slips in the database."""

    policy = Policy(Slip, part_of="parcel")


class Copies(Repository[Copy]):
    """Copies in the database."""

    policy = Policy(Copy, part_of="slip")


class Reason(In):
    """What somebody says who makes a move."""

    reason: str


def parcel(session: Session, **values: Any) -> Parcel:
    """Make a parcel that can be sent."""
    row = Parcel(**({"stage": "packed", "weight": 3} | values))
    session.add(row)
    session.flush()
    return row


TABLES = [entity.__tablename__ for entity in (Parcel, Slip, Copy, Postcard)]
RULES = {name: POLICIES.pop(name) for name in TABLES}
for policy in RULES.values():
    policy.reads_recorded = False  # whatever the blueprint says of the whole system
