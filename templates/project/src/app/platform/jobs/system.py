"""The one place where a job opens its session: as the system, which nobody can sign in as."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID

from app.platform.acting import act_as
from app.platform.db import Session, new_id
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


@contextmanager
def system_work(database: Sessions, rule: str, now: datetime | None = None) -> Iterator[UnitOfWork]:
    """Open work of the system, and commit it when its block ends without an error.

    `rule` says what it is about, as in `jobs:lapse`; `now` stands for the time that it is. What the
    database refuses becomes a Problem.
    """
    with database.session() as session, as_problem():
        actor = Actor(SYSTEM, system=True)
        session.info["actor"] = actor
        reference = str(new_id())
        act_as(session, SYSTEM, reference)
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
