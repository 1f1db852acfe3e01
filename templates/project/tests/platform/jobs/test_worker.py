"""Workers: what they do, what they do again, and how they end."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import procrastinate
import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.platform import logging
from app.platform.db import Database
from app.platform.files.models import StoredFile
from app.platform.identity.models import Principal, Throttle
from app.platform.jobs import nightly, worker
from app.platform.jobs.queue import JOBS, PAUSES, later
from app.platform.jobs.system import SYSTEM
from app.settings import Settings
from dev import PROJECT
from tests.platform.jobs.conftest import DONE, doing, rows

STATES = "SELECT status::text, attempts FROM procrastinate_jobs"


def ask(database: Database, what: str) -> None:
    """Ask for one of the tests' own jobs."""
    with database.session() as session:
        later(session, doing, what=what)
        session.commit()


def test_a_job_comes_with_the_data_and_goes_when_it_is_done(
    chosen: Settings, database: Database
) -> None:
    with database.session() as session:
        later(session, doing, what="undone")
        session.rollback()
    ask(database, "something")
    assert worker.run(chosen, once=True)
    assert (DONE, rows(database, STATES)) == (["something"], [])


def test_a_job_that_failed_is_tried_again_after_a_pause(
    chosen: Settings, database: Database
) -> None:
    ask(database, "broken")
    assert worker.run(chosen, once=True)
    ((state, tries, at),) = rows(
        database, "SELECT status::text, attempts, scheduled_at FROM procrastinate_jobs"
    )
    assert (DONE, state, tries) == (["broken"], "todo", 1)
    pause = timedelta(seconds=PAUSES[0])
    assert datetime.now(UTC) < at < datetime.now(UTC) + pause


def test_a_job_that_failed_every_time_is_left_to_people(
    chosen: Settings, database: Database
) -> None:
    ask(database, "broken")
    rows(database, "UPDATE procrastinate_jobs SET attempts = 7 RETURNING 1")
    assert worker.run(chosen, once=True)
    assert rows(database, STATES) == [("failed", len(PAUSES) + 1)] == [("failed", 8)]


def test_a_job_that_no_try_can_help_is_left_to_people_at_once(
    chosen: Settings, database: Database
) -> None:
    ask(database, "hopeless")
    assert worker.run(chosen, once=True)
    assert rows(database, STATES) == [("failed", 1)]


def test_a_job_of_a_worker_that_died_is_done_by_another(
    chosen: Settings, database: Database
) -> None:
    ask(database, "something")
    begun = "UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL RETURNING 1"
    assert rows(database, begun) == [(1,)]
    assert worker.run(chosen, once=True)
    assert (DONE, rows(database, STATES)) == (["something"], [])


def test_a_worker_ends_when_it_is_asked_to(chosen: Settings, database: Database) -> None:
    ask(database, "something")
    asked = threading.Timer(1.5, os.kill, (os.getpid(), signal.SIGTERM))
    asked.start()
    assert worker.run(chosen)
    asked.join()
    assert DONE == ["something"]
    assert rows(database, "SELECT * FROM procrastinate_workers") == []


def test_a_worker_that_loses_the_database_says_that_nobody_asked_it_to_end(
    chosen: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(*_: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(JOBS.job_manager, "update_heartbeat", lost)
    assert not worker.run(chosen)


def test_a_worker_that_another_was_quicker_than_goes_on(
    chosen: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def stalled(**_: Any) -> Any:
        raise procrastinate.exceptions.ConnectorException

    logging.set_up(chosen)
    monkeypatch.setattr(JOBS.job_manager, "get_stalled_jobs", stalled)
    asyncio.run(worker.rescue(JOBS, 1))
    assert "job_not_rescued" in capsys.readouterr().out


def test_a_worker_without_a_database_does_not_start(chosen: Settings) -> None:
    nowhere = "postgresql+psycopg:///none?host=/nonexistent"
    with pytest.raises(OperationalError):
        worker.run(chosen.model_copy(update={"database_url": nowhere}))


def test_every_night_what_has_run_out_goes(chosen: Settings, database: Database) -> None:
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    with database.session() as session:
        session.add(Throttle(key=b"an old try", full_at=long_ago))
        told = {"record": "users", "field": "photo", "name": "a.txt", "media_type": "text/plain"}
        session.add(StoredFile(**told, size=1, store_key="a", sealed=False, uploaded_at=long_ago))
        later(session, nightly.sweep_job, timestamp=0)
        later(session, nightly.sweep_files_job, timestamp=0)
        session.commit()
    assert worker.run(chosen, once=True)
    with database.session() as session:
        assert session.scalars(select(Throttle)).all() == []
        assert session.scalars(select(StoredFile)).all() == []


def test_nobody_can_sign_in_as_the_system(database: Database) -> None:
    with database.session() as session:
        system = session.get_one(Principal, SYSTEM)
    assert (system.kind, system.login, system.roles) == ("system", None, [])


def test_the_tables_are_those_that_the_installed_version_wants() -> None:
    wanted = Path(procrastinate.__file__).with_name("sql") / "schema.sql"
    made = PROJECT / "migrations" / "platform" / "procrastinate.sql"
    lines = made.read_text(encoding="utf-8").splitlines(keepends=True)
    assert "".join(lines[4:]) == wanted.read_text(encoding="utf-8"), (
        "this version of procrastinate has other tables: write a migration from its sql/migrations"
    )
