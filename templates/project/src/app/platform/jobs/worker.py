"""The worker: does jobs until it is asked to end. Any number of them may run.

A job of a worker that died is done again by another one, once the dead one was silent for
`worker_silent_seconds`. So a job may begin twice, and sees to it that its effects come once.
"""

from __future__ import annotations

import asyncio
import signal
from datetime import UTC, datetime

import structlog
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from sqlalchemy import make_url

from app.platform.db import Database
from app.platform.jobs.queue import JOBS
from app.settings import Settings

SECONDS_TO_FINISH = 60
"""So long a job may go on when the worker is asked to end."""

log = structlog.get_logger()


def run(chosen: Settings, *, once: bool = False) -> bool:
    """Do jobs; with `once`, those that are there. False when it ended though nobody asked.

    Raises OperationalError when the database does not answer.
    """
    database = Database(chosen.database_url, connections=2)
    try:
        with database.session() as session:
            session.connection()  # so that an address that is wrong is said at once
        return asyncio.run(_work(chosen, database, once=once))
    finally:
        database.close()


async def _work(chosen: Settings, database: Database, *, once: bool) -> bool:
    silent = chosen.worker_silent_seconds
    connector = PsycopgConnector(conninfo=plain(chosen.database_url), min_size=1, max_size=4)
    with JOBS.replace_connector(connector) as app:
        async with app.open_async():
            return await _until_asked(app, database, silent, once=once)


async def _until_asked(app: App, database: Database, silent: int, *, once: bool) -> bool:
    await rescue(app, silent)
    working = asyncio.create_task(
        app.run_worker_async(
            wait=not once,
            delete_jobs="successful",
            update_heartbeat_interval=silent / 3,
            stalled_worker_timeout=silent,
            shutdown_graceful_timeout=SECONDS_TO_FINISH,
            install_signal_handlers=False,
            additional_context={"database": database},
        )
    )
    rescuing = asyncio.create_task(_keep_rescuing(app, silent))
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, working.cancel)
    try:
        await working
    except asyncio.CancelledError:
        return True
    finally:
        rescuing.cancel()
    return once


async def _keep_rescuing(app: App, silent: int) -> None:
    while True:
        await asyncio.sleep(silent)
        await rescue(app, silent)


async def rescue(app: App, silent: int) -> None:
    """Give the jobs of workers that were silent for so many seconds to the others."""
    try:
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent):
            await app.job_manager.retry_job(job, retry_at=datetime.now(UTC))
            log.warning("job_rescued", job=job.id, task=job.task_name)
    except ConnectorException as error:  # another worker was quicker, or the database is away
        log.warning("job_not_rescued", exc_info=error)


def plain(url: str) -> str:
    """Write an address of SQLAlchemy as libpq reads it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
