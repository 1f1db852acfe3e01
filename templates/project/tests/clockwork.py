"""The tests of moves that the clock makes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.platform.access import POLICIES
from app.platform.errors import Conflict
from app.platform.jobs import clock as clockwork
from app.platform.jobs.system import SYSTEM, ForCustomer
from app.platform.workflow import Moved
from app.settings import settings
from dev.samples import schema_of
from tests.calling import Caller, Shared
from tests.moving import MovingTests
from tests.preparing import put


class Clockwork(MovingTests):
    """Lets the clock make a move of one row."""

    def strike(self, caller: Caller, row: Any, move: str, *, late: bool) -> list[Moved]:
        """Let the clock strike when the row's date is just past, or just not; give its moves."""
        session = caller.samples.session
        due = self.dated(caller, row, move)
        at = due if isinstance(due, dt.datetime) else the_end_of(due)
        database = ForCustomer(Shared(session.connection()), caller.samples.tenant)
        policy, now = POLICIES[self.table], at if late else at - dt.timedelta(seconds=1)
        if row.id in clockwork.due_rows(database, policy, move, now):
            with waiting_for_nothing():
                assert clockwork.make(database, policy, move, row.id, now)
        session.refresh(row)
        asked = select(Moved).where(Moved.record_id == row.id, Moved.move == move)
        return list(session.scalars(asked))

    def dated(self, caller: Caller, row: Any, move: str) -> Any:
        """Give the date of a row that a move waits for, and give it one if it has none."""
        name = str(self.moves[move].once_past)
        if getattr(row, name) is None:
            body = caller.samples.full_body(self.table)
            value = getattr(schema_of(self.entity).model_validate(body), name)
            put(caller.samples.session, row, **{name: value})
        return getattr(row, name)


@contextmanager
def waiting_for_nothing() -> Iterator[None]:
    """Skip a test whose move waits for its condition, as `ConditionalTests` tries."""
    try:
        yield
    except Conflict as refused:
        if refused.code != "condition":
            raise
        pytest.skip("the system cannot fulfil its condition here")


class ClockTests(Clockwork):
    """The clock makes a move when its date is past, and not before."""

    def test_the_clock_makes_a_move_once_its_date_is_past(
        self, everyone: Caller, clock: str
    ) -> None:
        row = self.ready(everyone, clock)
        assert self.strike(everyone, row, clock, late=False) == []
        (made,) = self.strike(everyone, row, clock, late=True)
        assert (made.actor_id, made.answers, row.stage) == (SYSTEM, {}, self.moves[clock].to)
        assert self.strike(everyone, row, clock, late=True) == [made]

    def test_the_clock_moves_nothing_that_is_elsewhere(self, everyone: Caller, clock: str) -> None:
        row = self.ready(everyone, clock)
        for stage in POLICIES[self.table].table.c.stage.info["choices"]:
            if stage not in self.moves[clock].stages:
                put(everyone.samples.session, row, stage=stage)
                assert self.strike(everyone, row, clock, late=True) == []
        put(everyone.samples.session, row, stage=self.moves[clock].stages[0])
        put(everyone.samples.session, row, archived_at=row.created_at)
        assert self.strike(everyone, row, clock, late=True) == []


def the_end_of(day: dt.date) -> dt.datetime:
    """Give the moment at which a day has ended, where the system is."""
    zone = ZoneInfo(settings().time_zone)
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), zone)
