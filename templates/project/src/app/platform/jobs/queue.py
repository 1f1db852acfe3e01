"""Jobs to be done later: written in the transaction that asks for them, run by any worker.

A job is asked for with `later`, on the session's own connection: it is there when the data is
committed, and is not when the data is not. What it is given are ids, never people's data.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from procrastinate import App, BaseRetryStrategy, RetryDecision, SyncPsycopgConnector
from procrastinate.jobs import Job
from procrastinate.manager import JobManager
from procrastinate.tasks import Task

from app.platform.db import Session

JOBS = App(connector=SyncPsycopgConnector())
"""Every kind of job by its name. The worker has a connector of its own."""

BY_SESSION = JobManager(SyncPsycopgConnector())
"""Writes jobs on the connections of sessions, so nothing is opened."""

PAUSES: Sequence[int] = (10, 60, 300, 1800, 7200, 21_600, 43_200)
"""The seconds before each new try of a job that failed; after the last it is left to people."""


class GivenUp(Exception):
    """A job that no other try can help: it is left to people at once."""


class Growing(BaseRetryStrategy):
    """Tries again after pauses that grow, for about a day."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Give when to try again; None when people have to look."""
        if isinstance(exception, GivenUp) or job.attempts >= len(PAUSES):
            return None
        return RetryDecision(retry_in={"seconds": PAUSES[job.attempts]})


def later(session: Session, task: Task[Any, Any, Any], **given: str | int) -> None:
    """Ask for a job, in the session's transaction."""
    connection = session.connection().connection.dbapi_connection
    job = task.configure(task_kwargs={**given}).job
    BY_SESSION.defer_job(job, connection)
