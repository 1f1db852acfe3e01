"""What administrators do from the command line: `python -m app --help`.

Results go to standard output, talk to standard error. There is no account until somebody makes
the first one here.
"""

from __future__ import annotations

import json
import sys

import typer
from alembic import command
from alembic.config import Config
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError

from app.cli import working
from app.cli.admin import admin
from app.cli.work import jobs, keep, mailbox, work
from app.main import create_app
from app.platform.files.sweep import sweep as sweep_files
from app.platform.identity import sweep
from app.settings import Settings

NO_DATABASE = "postgresql+psycopg:///unused"

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(admin, name="admin")
app.add_typer(jobs, name="jobs")
app.command("work")(work)
app.command("keep")(keep)
app.command("mailbox")(mailbox)


@app.command("sweep")
def sweep_command() -> None:
    """Delete what has run out: sessions, invitations, tries, files of no row. Run it nightly."""
    with working.session() as session:
        gone = sweep.sweep(session)
    with working.database() as database:
        files = sweep_files(database)
    typer.echo(f"{gone} rows deleted, {files} files swept", err=True)


@app.command("migrate")
def migrate() -> None:
    """Bring the database's tables up to date, as their owner."""
    command.upgrade(Config("alembic.ini"), "heads")


@app.command("openapi")
def openapi() -> None:
    """Print the OpenAPI document; needs no database."""
    described = create_app(Settings(environment="test", database_url=NO_DATABASE))
    typer.echo(json.dumps(described.api.openapi(), indent=2, sort_keys=True))


def main() -> None:
    """Run a command; the one place where its errors are caught."""
    try:
        app()
    except working.Refused as error:
        _stop(str(error))
    except ValidationError as error:
        _stop("\n  ".join(["The settings are not complete or not safe:", *_faults(error)]))
    except OperationalError:
        _stop("The database does not answer. Is APP_DATABASE_URL right, and is it running?")


def _faults(error: ValidationError) -> list[str]:
    return [
        ": ".join([*(f"APP_{name}".upper() for name in fault["loc"][:1]), fault["msg"]])
        for fault in error.errors()
    ]


def _stop(message: str) -> None:
    typer.echo(message, err=True)
    sys.exit(1)
