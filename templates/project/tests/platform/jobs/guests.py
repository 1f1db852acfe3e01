"""Records of the tests' own that are kept for a while: people, and what points to them."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Mapped

from app.platform import columns as c
from app.platform.access import POLICIES, Policy
from app.platform.db import Entity, Session
from app.platform.sealed import blind


class Guest(Entity):
    """Somebody who stayed, with a value of every kind that says who."""

    __tablename__ = "try_guests"

    name: Mapped[c.Text] = c.field("internal", "personal", text=True, min=2, max=12, unique=True)
    email: Mapped[c.Email] = c.field("internal", "personal", text=True, max=254, unique=True)
    phone: Mapped[c.Phone | None] = c.field("internal", "personal")
    passport: Mapped[c.Text] = c.field("internal", "personal", pattern="CH[0-9]{4}[a-zA-Z]")
    sort: Mapped[c.Choice] = c.field("internal", "personal", choices=["a", "b"])
    born_on: Mapped[c.Date] = c.field("internal", "personal", min="1910-01-01")
    met_at: Mapped[c.Datetime] = c.field("internal", "personal")
    rises_at: Mapped[c.Time] = c.field("internal", "personal")
    member: Mapped[c.Integer] = c.field("internal", "personal", unique=True, min=100)
    room: Mapped[c.Integer] = c.field("internal", "personal", min=1, max=9)
    wishes: Mapped[c.Json] = c.field("internal", "personal")
    tax: Mapped[c.Secret] = c.sealed("restricted", "personal", kind="text")
    tax_digest: Mapped[bytes] = c.digest("tax", unique=True)
    mail: Mapped[c.Secret] = c.sealed("restricted", "personal", kind="email")
    paid: Mapped[c.Money] = c.field("internal")
    left_on: Mapped[c.Date | None] = c.field("internal")
    held: Mapped[c.YesNo | None] = c.field("internal")


class Stay(Entity):
    """A stay of a guest, which must not lose the guest."""

    __tablename__ = "try_stays"

    guest_id: Mapped[c.Id] = c.relation("try_guests", if_deleted="refuse")


POLICY = Policy(Guest, {})
Policy(Stay, {})


def guest(session: Session, at: int, **values: Any) -> Guest:
    """Make a guest; no two with the same number."""
    tax = f"tax {at}"
    said = {
        "name": f"guest {at}",
        "email": f"guest-{at}@example.com",
        "phone": "+41 44 123 45 67",
        "passport": "CH1234q",
        "sort": "b",
        "born_on": "1980-02-03",
        "met_at": "2020-01-02T03:04:05Z",
        "rises_at": "07:30",
        "member": 100 + at,
        "room": 7,
        "wishes": {"tea": "green"},
        "tax": tax,
        "tax_digest": blind("try_guests.tax", tax),
        "mail": f"sealed-{at}@example.com",
        "paid": "12.50",
    }
    row = Guest(**(said | values))
    session.add(row)
    session.flush()
    return row


ENTITIES = (Guest, Stay)
TABLES = [entity.__tablename__ for entity in ENTITIES]
RULES = {name: POLICIES.pop(name) for name in TABLES if name in POLICIES}
