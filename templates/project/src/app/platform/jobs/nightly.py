"""What is done every night."""

from __future__ import annotations

from procrastinate import JobContext

from app.platform.files.sweep import sweep as sweep_files
from app.platform.identity import sweep
from app.platform.jobs.queue import JOBS
from app.platform.jobs.system import system_work


@JOBS.periodic(cron="17 2 * * *")
@JOBS.task(name="sweep", queueing_lock="sweep", pass_context=True)
def sweep_job(context: JobContext, timestamp: int) -> None:
    """Delete what has run out."""
    with system_work(context.additional_context["database"], "platform:sweep") as work:
        sweep.sweep(work.session)


@JOBS.periodic(cron="27 2 * * *")
@JOBS.task(name="sweep_files", queueing_lock="sweep_files", pass_context=True)
def sweep_files_job(context: JobContext, timestamp: int) -> None:
    """Remove files that no row holds; a store that cannot be reached holds up nothing else."""
    sweep_files(context.additional_context["database"])
