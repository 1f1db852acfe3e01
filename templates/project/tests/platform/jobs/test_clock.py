"""Moves that the clock makes: when, once, and whatever else goes wrong."""

from __future__ import annotations

import datetime as dt
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.platform import logging
from app.platform.access import POLICIES
from app.platform.db import Database
from app.platform.errors import Forbidden
from app.platform.jobs import clock, worker
from app.platform.jobs.queue import later
from app.platform.jobs.system import SYSTEM, system_work
from app.platform.workflow import Moved
from app.settings import Settings, settings
from tests.platform.jobs.conftest import rows
from tests.platform.jobs.letters import BROKEN, REFUSED_BY_A_RULE, Letter, Letters, letter

DAY = dt.date(2026, 3, 31)
NOON = dt.datetime(2026, 3, 31, 12, tzinfo=dt.UTC)


def write(database: Database, **values: object) -> UUID:
    """Write a letter."""
    with database.session() as session:
        key = letter(session, **values).id
        session.commit()
    return key


def stage(database: Database, key: UUID) -> str:
    """Give the stage of a letter."""
    with database.session() as session:
        return session.get_one(Letter, key).stage


def made(database: Database) -> list[tuple[str, str]]:
    """Give the moves in the history, and that the system made them."""
    with database.session() as session:
        found = session.scalars(select(Moved).order_by(Moved.id)).all()
    assert {move.actor_id for move in found} <= {SYSTEM}
    return [(move.move, move.to_stage) for move in found]


def midnight() -> dt.datetime:
    """Give the moment at which the day ends, where the system is."""
    zone = ZoneInfo(settings().time_zone)
    return dt.datetime.combine(DAY + dt.timedelta(days=1), dt.time(), zone)


def test_a_date_is_past_when_its_day_has_ended_where_the_system_is(database: Database) -> None:
    key = write(database, stage="sent", due_on=DAY)
    clock.strike(database, midnight() - dt.timedelta(seconds=1))
    assert stage(database, key) == "sent"
    clock.strike(database, midnight())
    assert (stage(database, key), made(database)) == ("late", [("lapse", "late")])


def test_a_point_in_time_is_past_when_it_has_come(database: Database) -> None:
    key = write(database, due_at=NOON)
    clock.strike(database, NOON - dt.timedelta(seconds=1))
    assert stage(database, key) == "open"
    clock.strike(database, NOON)
    assert (stage(database, key), made(database)) == ("late", [("fall", "late")])


def test_what_has_no_date_or_is_elsewhere_is_not_moved(database: Database) -> None:
    write(database, stage="sent")
    write(database, stage="late", due_on=DAY)
    write(database, stage="sent", due_on=DAY, archived_at=NOON)
    clock.strike(database, midnight())
    assert made(database) == []


def test_a_reminder_comes_once_for_each_date(database: Database) -> None:
    key = write(database, due_on=DAY)
    for _ in range(2):
        clock.strike(database, midnight())
    assert made(database) == [("remind", "open")]
    with database.session() as session:
        session.get_one(Letter, key).due_on = DAY - dt.timedelta(days=1)
        session.commit()
    for _ in range(2):
        clock.strike(database, midnight())
    assert made(database) == [("remind", "open")] * 2


def test_what_fails_for_one_row_does_not_stop_the_others(
    database: Database, chosen: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    logging.set_up(chosen)
    titles = (REFUSED_BY_A_RULE, BROKEN, "", "a letter")
    keys = [write(database, stage="sent", due_on=DAY, title=title) for title in titles]
    clock.strike(database, midnight())
    assert [stage(database, key) for key in keys] == ["sent", "sent", "sent", "late"]
    assert '"made": 1, "waiting": 2, "failed": 1' in capsys.readouterr().out


def test_every_row_has_its_turn_however_many_there_are(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "AT_ONCE", 2)
    titles = [BROKEN, "a", "b", BROKEN, "c"]
    for title in titles:
        write(database, stage="sent", due_on=DAY, title=title)
    clock.strike(database, midnight())
    assert len(made(database)) == 3


def test_a_row_that_somebody_is_at_is_left_to_them(database: Database) -> None:
    key = write(database, stage="sent", due_on=DAY)
    with database.session() as session:
        held = session.get_one(Letter, key, with_for_update=True)
        assert not clock.make(database, Letters.policy, "lapse", key, midnight())
        held.due_on = DAY + dt.timedelta(days=9)
        session.commit()
    assert not clock.make(database, Letters.policy, "lapse", key, midnight())
    assert stage(database, key) == "sent"


def test_the_system_does_what_the_clock_does_and_nothing_else(database: Database) -> None:
    with system_work(database, "try:it") as work:
        policy = POLICIES["try_letters"]
        verbs = ("see", "lapse", "send", "add", "change", "archive", "unmask")
        granted = [verb for verb in verbs if policy.granted(work.actor, verb)]
        assert granted == ["see", "lapse"]
        with pytest.raises(Forbidden):
            policy.require(work.actor, "change")


def test_a_worker_lets_the_clock_strike(database: Database, chosen: Settings) -> None:
    key = write(database, stage="sent", due_on=DAY)
    with database.session() as session:
        later(session, clock.clock_job, timestamp=0)
        session.commit()
    assert worker.run(chosen, once=True)
    assert stage(database, key) == "late"
    assert rows(database, "SELECT count(*) FROM platform_clock_moves") == [(0,)]
