"""Jobs that failed for good, which people have to look at: the dead letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, cast, column, func, null, select, table, update

from app.platform.db import Session

ROWS = table("procrastinate_jobs", *map(column, ("id", "task_name", "args", "status", "attempts")))
EVENTS = table("procrastinate_events", *map(column, ("job_id", "at")))


@dataclass(frozen=True, slots=True)
class Failed:
    """A job that is not tried again by itself. `given` are ids."""

    id: int
    task: str
    given: dict[str, Any]
    tries: int
    at: datetime


def failed(session: Session) -> list[Failed]:
    """Give every job that failed for good, the oldest first."""
    last = select(func.max(EVENTS.c.at)).where(EVENTS.c.job_id == ROWS.c.id).scalar_subquery()
    found = session.execute(
        select(ROWS.c.id, ROWS.c.task_name, ROWS.c.args, ROWS.c.attempts, last)
        .where(cast(ROWS.c.status, String) == "failed")
        .order_by(ROWS.c.id)
    )
    return [Failed(*row) for row in found]


def retry(session: Session, ids: Sequence[int]) -> None:
    """Try these failed jobs again, from the first pause on."""
    for number in ids:
        again = func.procrastinate_retry_job_v2(number, func.now(), null(), null(), null())
        session.execute(select(again))
    session.execute(update(ROWS).where(ROWS.c.id.in_(ids)).values(attempts=0))
