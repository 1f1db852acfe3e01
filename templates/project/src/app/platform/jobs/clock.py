"""Moves that the clock makes: once the date in a field of the row is past.

Each row is moved in a transaction of its own, which holds the row from before it is looked at: any
number of workers may do this at once. A date is past when its day has ended in the time zone of the
system, a point in time when it has come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from procrastinate import JobContext
from sqlalchemy import ColumnElement, Date, DateTime, String, cast, exists, select
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.access import POLICIES, Policy
from app.platform.db import Base, Entity
from app.platform.errors import Problem
from app.platform.jobs.queue import JOBS
from app.platform.jobs.system import Sessions, in_turn, system_work
from app.platform.work import UnitOfWork

AT_ONCE = 200
OURS = {"data": "internal"}

MAKERS: dict[str, Callable[..., Entity]] = {}
"""What makes the moves of a record, by its table: its service, so that its rules are heard."""

log = structlog.get_logger()


class ClockMove(Base):
    """A move that left a row in its stage: it is made once for each date, and so noted here."""

    __tablename__ = "platform_clock_moves"

    record_id: Mapped[UUID] = mapped_column(primary_key=True, info=OURS)
    move: Mapped[str] = mapped_column(String(60), primary_key=True, info=OURS)
    due: Mapped[datetime] = mapped_column(DateTime(timezone=True), primary_key=True, info=OURS)
    tenant__id: Mapped[UUID | None] = mapped_column(info=OURS)


@JOBS.periodic(cron="* * * * *")
@JOBS.task(name="make_clock_moves", queueing_lock="make_clock_moves", pass_context=True)
def clock_job(context: JobContext, timestamp: int) -> None:
    """Make every move whose time has come."""
    strike(context.additional_context["database"])


def strike(database: Sessions, now: datetime | None = None) -> None:
    """Make every move whose time has come; what fails for one row does not stop the others."""
    for table, policy in sorted(POLICIES.items()):
        for name, move in policy.workflow.moves.items():
            if move.once_past is not None and table in MAKERS:
                for part in in_turn(database, policy.table):
                    make_all(part, policy, name, now)


def make_all(database: Sessions, policy: Policy, name: str, now: datetime | None) -> None:
    """Make one move of every row for which its time has come."""
    said = {"record": policy.table.name, "move": name}
    counted = dict.fromkeys(("made", "waiting", "failed"), 0)
    for row_id in due_rows(database, policy, name, now):
        try:
            counted["made"] += make(database, policy, name, row_id, now)
        except Problem as problem:  # something is missing, or a rule refuses: it waits
            log.debug("clock_waits", **said, row=row_id, code=problem.code)
            counted["waiting"] += 1
        except Exception as error:
            log.exception("clock_failed", **said, row=row_id, exc_info=error)
            counted["failed"] += 1
    if any(counted.values()):
        log.info("clock_struck", **said, **counted)


def due_rows(database: Sessions, policy: Policy, name: str, now: datetime | None) -> Iterator[UUID]:
    """Give each row for which the time of a move has come, page by page."""
    key, after = policy.table.c.id, UUID(int=0)
    while True:
        with system_work(database, rule_of(policy, name), now) as work:
            asked = select(key).where(key > after, *due(work, policy, name)).order_by(key)
            found = work.session.scalars(asked.limit(AT_ONCE)).all()
        yield from found
        if len(found) < AT_ONCE:
            return
        after = found[-1]


def make(database: Sessions, policy: Policy, name: str, row_id: UUID, now: datetime | None) -> bool:
    """Make a move, unless somebody else is at the row, or it is not due any more."""
    with system_work(database, rule_of(policy, name), now) as work:
        key, moment = policy.table.c.id, moment_of(policy, name)
        asked = select(moment).where(key == row_id, *due(work, policy, name))
        held = work.session.scalar(asked.with_for_update(skip_locked=True, of=policy.table))
        if held is None:
            return False
        if stays(policy, name):
            note(work, row_id, name, held)
        MAKERS[policy.table.name](work, row_id, name)
    return True


def note(work: UnitOfWork, row_id: UUID, move: str, due: datetime) -> None:
    """Note that something was done to a row of the customer that the work is for, if any."""
    whose = work.actor.tenant_id
    work.session.add(ClockMove(record_id=row_id, move=move, due=due, tenant__id=whose))


def due(work: UnitOfWork, policy: Policy, name: str) -> list[ColumnElement[bool]]:
    """Give the conditions that a row fulfils for which the time of a move has come."""
    move, columns = policy.workflow.moves[name], policy.table.c
    date: Any = columns[move.once_past or ""]
    past = date < work.today if isinstance(date.type, Date) else date <= work.now
    found = [past, columns.stage.in_(move.stages), columns.archived_at.is_(None)]
    if stays(policy, name):
        noted = (ClockMove.record_id == columns.id, ClockMove.move == name)
        found.append(~exists().where(*noted, ClockMove.due == moment_of(policy, name)))
    return found


def moment_of(policy: Policy, name: str) -> ColumnElement[datetime]:
    """Give what is in the date field of a move, as a point in time."""
    date = policy.table.c[policy.workflow.moves[name].once_past or ""]
    return cast(date, DateTime(timezone=True))


def stays(policy: Policy, name: str) -> bool:
    """Whether a move leaves a row in a stage that it begins with, as a reminder does."""
    move = policy.workflow.moves[name]
    return move.to in move.stages


def rule_of(policy: Policy, name: str) -> str:
    """Give what a move is about, as a rule says it."""
    return f"{policy.table.name}:{name}"
