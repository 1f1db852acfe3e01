"""The one place where a job opens its session: as the system, which nobody can sign in as."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import Table, select

from app.platform.acting import act_as
from app.platform.blueprint import SEPARATED_BY
from app.platform.constraints import TENANT
from app.platform.db import Base, Session, new_id
from app.platform.faults import as_problem
from app.platform.http.access import Access
from app.platform.identity.actor import Actor
from app.platform.work import UnitOfWork
from app.settings import settings

SYSTEM = UUID("00000000-0000-7000-8000-000000000001")
"""The principal of the system, which the migrations make."""


class Sessions(Protocol):
    """What sessions are opened on: the database."""

    def session(self) -> Session:
        """Open a session, which whoever asked for it closes."""
        ...


@dataclass(frozen=True, slots=True)
class ForCustomer:
    """The database for work that is for one customer, where the system separates any."""

    database: Sessions
    tenant_id: UUID | None

    def session(self) -> Session:
        """Open a session whose work is for the customer, as `system_work` tells the database."""
        opened = self.database.session()
        opened.info["tenant_id"] = self.tenant_id
        return opened


def in_turn(
    database: Sessions, table: Table, separated_by: str | None = SEPARATED_BY
) -> Iterator[Sessions]:
    """Give the database for each customer's rows of a table; once, where all have them in common.

    Where some rows are of no customer, it is given for those first.
    """
    apart = separated_by is not None and TENANT in table.c
    if not apart or table.c[TENANT].nullable:
        yield database
    if separated_by is None or not apart:
        return
    key = Base.metadata.tables[separated_by].c.id
    with system_work(database, f"{separated_by}:see") as work:
        customers = work.session.scalars(select(key).order_by(key)).all()
    for customer in customers:
        yield ForCustomer(database, customer)


@contextmanager
def system_work(database: Sessions, rule: str, now: datetime | None = None) -> Iterator[UnitOfWork]:
    """Open work of the system, and commit it when its block ends without an error.

    `rule` says what it is about, as in `jobs:lapse`; `now` stands for the time that it is. What the
    database refuses becomes a Problem.
    """
    with database.session() as session, as_problem():
        tenant_id = session.info.get("tenant_id")
        actor = Actor(SYSTEM, system=True, tenant_id=tenant_id)
        session.info["actor"] = actor
        reference = str(new_id())
        act_as(session, SYSTEM, reference, tenant_id)
        yield UnitOfWork(
            session=session,
            actor=actor,
            rule=Access(rule),
            settings=settings(),
            now=now or datetime.now(UTC),
            reference=reference,
            route=f"JOB {rule}",
        )
        session.commit()
