"""The worker, and the jobs that it could not do."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from app.cli import working
from app.platform import keeping, logging
from app.platform.access import POLICIES
from app.platform.db import Database
from app.platform.jobs import clock, dead, nightly, worker
from app.platform.messages import mail, texts
from app.settings import Settings, settings

jobs = typer.Typer(no_args_is_help=True, help="Jobs that failed, and another try for them.")
PERIODIC = (clock, keeping, nightly)  # what is imported here is done by the clock


def work(
    once: Annotated[bool, typer.Option("--once", help="End when nothing is left to do.")] = False,
) -> None:
    """Do what is to be done without a request, until asked to end. Any number may run."""
    chosen = settings()
    logging.set_up(chosen, sys.stderr)
    refuse_unready(chosen)
    if not worker.run(chosen, once=once):
        raise working.Refused("The worker ended by itself; the log says why. Start it again.")


def refuse_unready(chosen: Settings) -> None:
    """Refuse to work while messages could not be written or sent; raises Refused."""
    if wrong := list(texts.faults()):
        raise working.Refused("\n  ".join(["The texts of messages are not right:", *wrong]))
    tells = any(
        move.tells for policy in POLICIES.values() for move in policy.workflow.moves.values()
    )
    if tells and not chosen.relaxed and chosen.smtp_host is None:
        raise working.Refused("Moves tell people, and no mail server is set: APP_SMTP_HOST.")


def keep(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would do.")] = False,
) -> None:
    """Erase what has been kept long enough, or remove its names, as workers do every night."""
    chosen = settings()
    logging.set_up(chosen, sys.stderr)
    database = Database(chosen.database_url, connections=2)
    try:
        for table, counted in keeping.keep(database, dry_run=dry_run).items():
            said = ", ".join(f"{done} {count}" for done, count in sorted(counted.items()))
            typer.echo(f"{table}: {said or 'nothing is due'}")
    finally:
        database.close()


def mailbox() -> None:
    """Show the mails that development kept because there is no mail server."""
    folder = settings().mail_folder
    if folder is None:
        raise working.Refused("There is a mailbox in development alone: `make mailbox`.")
    for sent in mail.mailbox(folder):
        lines = [f"{name}: {sent[name]}" for name in ("Date", "To", "Subject")]
        typer.echo("\n".join([*lines, "", sent.get_content()]))


@jobs.command("failed")
def failed() -> None:
    """List the jobs that are not tried again by themselves."""
    with working.session() as session:
        for job in dead.failed(session):
            given = " ".join(f"{name}={value}" for name, value in job.given.items())
            typer.echo(f"{job.id}  {job.task}  {job.tries} tries, last {job.at:%F %H:%M}  {given}")


@jobs.command("retry")
def retry(
    ids: Annotated[list[int] | None, typer.Argument(help="Their numbers; none for all.")] = None,
) -> None:
    """Try failed jobs again."""
    with working.session() as session:
        known = [job.id for job in dead.failed(session)]
        unknown = sorted(set(ids or ()) - set(known))
        if unknown:
            raise working.Refused(
                f"No failed job has the number {unknown[0]}; `python -m app jobs failed` lists them."
            )
        dead.retry(session, ids or known)
    typer.echo(f"{len(ids or known)} jobs are tried again", err=True)
