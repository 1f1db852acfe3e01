"""How long rows are kept, and what becomes of them then: every night, by a job.

A row whose time is over is erased, or the names in it are removed, each in a transaction of its own.
One that is held (`unless`), or that something still points to with `refuse`, is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import structlog
from procrastinate import JobContext
from sqlalchemy import ColumnElement, Date, Interval, cast, exists, func, literal, select

from app.platform.access import POLICIES, Policy
from app.platform.db import Entity
from app.platform.erasing import erase
from app.platform.errors import Problem
from app.platform.identity import accounts
from app.platform.identity.models import Principal
from app.platform.jobs.clock import ClockMove, note
from app.platform.jobs.queue import JOBS
from app.platform.jobs.system import Sessions, in_turn, system_work
from app.platform.removing import remove_names
from app.platform.work import UnitOfWork

AT_ONCE = 200
REMOVED = "names:removed"
"""How it is noted that names were removed from a row; no move is called so."""


@dataclass(frozen=True, slots=True)
class Keep:
    """So long (`7 years`) after a date, or after it was archived, this becomes of a row.

    A row in which the field `unless` says yes is held, if there is such a field.
    """

    lasts: str
    after: str
    then: Literal["erase", "remove_names"]
    unless: str = ""


RULES: dict[str, Keep] = {}
"""The rule of each record that has one, by its table."""

log = structlog.get_logger()


class Undone(Exception):
    """Ends work that was only tried."""


@JOBS.periodic(cron="47 2 * * *")
@JOBS.task(name="keep", queueing_lock="keep", pass_context=True)
def keep_job(context: JobContext, timestamp: int) -> None:
    """Do what is due."""
    keep(context.additional_context["database"])


def keep(
    database: Sessions, now: datetime | None = None, *, dry_run: bool = False
) -> dict[str, Counter[str]]:
    """Do to every row what is due, and count what was done to each record's; a log line says so.

    With `dry_run` everything is tried, and nothing is done.
    """
    counted = {}
    for table in sorted(RULES):
        policy = POLICIES[table]
        counted[table] = Counter(
            end(part, policy, key, now, dry_run)
            for part in in_turn(database, policy.table)
            for key in due_rows(part, policy, now)
        )
        if counted[table] and not dry_run:
            log.info("kept_no_longer", record=table, **counted[table])
    return counted


def due_rows(database: Sessions, policy: Policy, now: datetime | None) -> Iterator[UUID]:
    """Give each row whose time is over, page by page."""
    key, after = policy.table.c.id, UUID(int=0)
    while True:
        with system_work(database, f"{policy.table.name}:keep", now) as work:
            asked = select(key).where(key > after, *due(work, policy)).order_by(key)
            found = work.session.scalars(asked.limit(AT_ONCE)).all()
        yield from found
        if len(found) < AT_ONCE:
            return
        after = found[-1]


def end(database: Sessions, policy: Policy, key: UUID, now: datetime | None, dry_run: bool) -> str:
    """Do to one row what is due, and say what was done: erase, remove_names, left or failed."""
    rule = RULES[policy.table.name]
    try:
        with system_work(database, f"{policy.table.name}:keep", now) as work:
            asked = select(policy.entity).where(policy.table.c.id == key, *due(work, policy))
            row = work.session.scalar(asked.with_for_update(skip_locked=True, of=policy.table))
            if row is None:
                return "left"
            row.updated_at, row.updated_by = work.now, work.actor.id
            finish(work, row, rule)
            if dry_run:
                raise Undone
    except Undone:
        return rule.then
    except Problem:  # something still points to it
        return "left"
    except Exception as error:
        log.exception("keep_failed", record=policy.table.name, row=key, exc_info=error)
        return "failed"
    return rule.then


def finish(work: UnitOfWork, row: Entity, rule: Keep) -> None:
    """Erase a row, or remove the names in it; a person among the users can never sign in again."""
    if row.__tablename__ == "users":
        accounts.forget(work.session, work.session.get_one(Principal, row.id))
    if rule.then == "erase":
        erase(work.session, row)
        return
    remove_names(work.session, row)
    note(work, row.id, REMOVED, work.now)


def due(work: UnitOfWork, policy: Policy) -> list[ColumnElement[bool]]:
    """Give the conditions that a row fulfils whose time is over, and which nobody holds."""
    rule, columns = RULES[policy.table.name], policy.table.c
    date: Any = columns["archived_at" if rule.after == "archived" else rule.after]
    over = date + cast(literal(rule.lasts), Interval)
    if isinstance(date.type, Date):
        found: list[ColumnElement[bool]] = [cast(over, Date) < work.today]
    else:
        found = [over <= work.now]
    if rule.then == "remove_names":
        removed = (ClockMove.record_id == columns.id, ClockMove.move == REMOVED)
        found.append(~exists().where(*removed))
    if rule.unless:
        found.append(func.coalesce(columns[rule.unless], False).is_(False))
    return found
