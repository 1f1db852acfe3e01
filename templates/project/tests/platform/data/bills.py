"""Records of the tests' own of which much is calculated, and what is part of them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped

from app.platform import columns as c
from app.platform import workflow as w
from app.platform.access import POLICIES, Policy
from app.platform.db import Entity, Session
from app.platform.repository import Repository
from app.platform.schemas import In

STAGES = ["open", "paid"]


class Payer(Entity):
    """Somebody who pays."""

    __tablename__ = "try_payers"

    room: Mapped[c.Text | None] = c.field("internal", text=True, max=20)
    most: Mapped[c.Money | None] = c.field("internal")
    pin: Mapped[c.Secret | None] = c.sealed("restricted", kind="integer")


class Bill(Entity):
    """What somebody has to pay."""

    __tablename__ = "try_bills"
    __checks__ = c.checks(
        {
            "Due before the last day.": "{due_on} < DATE '9999-12-31'",
            "Not on the last day.": "{due_on} < DATE '9999-12-31'",
            "Paid bills are for something.": "{total} > 0 OR {stage} = 'open'",
            "Somebody pays a small pin.": "{pin} < 10000 OR {payer} IS NULL",
            "What is taken is taken soon.": "{took} < INTERVAL '9 days' OR {ends_at} < {now}",
        }
    )

    payer_id: Mapped[c.Id | None] = c.relation("try_payers", if_deleted="leave_blank")
    due_on: Mapped[c.Date | None] = c.field("internal")
    took: Mapped[c.Duration | None] = c.field("internal")
    pin: Mapped[c.Secret | None] = c.sealed("restricted", kind="integer")
    about: Mapped[c.Secret | None] = c.sealed("restricted", kind="json")
    stage: Mapped[c.Choice] = c.field("internal", choices=STAGES)
    pieces = c.calculated(c.Integer, "internal", of="{number of try_charges}")
    total = c.calculated(c.Money, "internal", of="{sum of try_charges.net}")
    usual = c.calculated(c.Decimal, "internal", of="{total} / nullif({pieces}, 0)", places=3)
    huge = c.calculated(c.Integer, "internal", of="{pieces} * 9999999999999999")
    late = c.calculated(c.YesNo, "internal", of="{due_on} < {today}")
    ends_on = c.calculated(c.Date, "internal", of="{due_on} + 30")
    ends_at = c.calculated(c.Datetime, "internal", of="{now} + {took}")
    lasted = c.calculated(c.Duration, "internal", of="{sum of try_charges.took}")
    room = c.calculated(c.Text, "confidential", of="{payer.room}")


class Charge(Entity):
    """One line of a bill."""

    __tablename__ = "try_charges"
    __checks__ = c.checks({"Nothing costs less than nothing.": "{price} >= 0"})

    bill_id: Mapped[c.Id] = c.relation("try_bills", if_deleted="delete_too")
    price: Mapped[c.Money | None] = c.field("internal")
    count: Mapped[c.Integer | None] = c.field("internal")
    took: Mapped[c.Duration | None] = c.field("internal")
    pin: Mapped[c.Secret | None] = c.sealed("restricted", kind="integer")
    wait: Mapped[c.Secret | None] = c.sealed("restricted", kind="duration")
    net = c.calculated(c.Money, "internal", of="{price} * {count}")


class Mark(Entity):
    """A mark on a line of a bill."""

    __tablename__ = "try_marks"

    charge_id: Mapped[c.Id] = c.relation("try_charges", if_deleted="delete_too")


class Bills(Repository[Bill]):
    """Bills in the database."""

    policy = Policy(
        Bill,
        {"keeper": ["add", "see", "change", "archive"]},
        workflow=w.Workflow(
            {
                "pay": w.Move(
                    ["open"],
                    "paid",
                    by=["keeper"],
                    if_=w.If("the total is at most your own most", "{total} <= {my most}"),
                )
            }
        ),
        masked=["room", "pin", "about"],
    )


class Charges(Repository[Charge]):
    """Charges in the database."""

    policy = Policy(Charge, part_of="bill", masked=["pin", "wait"])


class Marks(Repository[Mark]):
    """Marks in the database."""

    policy = Policy(Mark, part_of="charge")


class Payers(Repository[Payer]):
    """Payers in the database."""

    policy = Policy(Payer, {"keeper": ["see"]}, masked=["pin"])


class BillIn(In):
    """What adding or changing a bill takes here."""

    due_on: dt.date | None = None
    pin: int | None = None
    payer_id: UUID | None = None
    took: dt.timedelta | None = None


class ChargeIn(In):
    """What adding or changing a charge takes here."""

    price: Decimal | None = None
    count: int | None = None


def bill(session: Session, *charges: dict[str, Any], **values: Any) -> Bill:
    """Make a bill with its charges."""
    row = Bill(stage="open", **values)
    session.add(row)
    session.flush()
    session.add_all(Charge(bill_id=row.id, **charge) for charge in charges)
    session.flush()
    session.refresh(row)
    return row


def charge(price: str, count: int, hours: int = 0) -> dict[str, Any]:
    """Give the values of a charge."""
    return {"price": Decimal(price), "count": count, "took": dt.timedelta(hours=hours)}


TABLES = [entity.__tablename__ for entity in (Payer, Bill, Charge, Mark)]
RULES = {name: POLICIES.pop(name) for name in TABLES}
