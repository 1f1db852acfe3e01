"""What administrators do from the command line: `python -m app --help`.

Results go to standard output, talk to standard error. There is no account until somebody makes
the first one here.
"""

from __future__ import annotations

import difflib
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from alembic import command
from alembic.config import Config
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app import registry
from app.main import create_app
from app.platform import logging
from app.platform import values as v
from app.platform.db import Database, Session
from app.platform.identity import accounts, sessions, sweep
from app.platform.identity.models import Principal
from app.settings import Settings, settings

FIRST_PERSON_LOCK = 4_711_001
WHAT_NEXT = """This token works once, for {hours} hours. Hand it over on a safe way.
Its holder sends it, with a password of their own choice, as
  POST /api/v1/invitations/accept {{"token": "…", "password": "…"}}
and is signed in."""
NO_DATABASE = "postgresql+psycopg:///unused"

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
admin = typer.Typer(no_args_is_help=True, help="People, their roles and their sessions.")
app.add_typer(admin, name="admin")

Email = Annotated[str, typer.Argument(help="The e-mail address that the person signs in with.")]
Role = Annotated[str, typer.Argument(help="A role of the blueprint.")]
Roles = Annotated[list[str], typer.Option("--role", help="A role to give; can be repeated.")]


class Refused(Exception):
    """Something that was typed cannot be done; the text says why and what to type instead."""


@admin.command("first")
def admin_first(email: Email, role: Roles) -> None:
    """Make the first administrator, once; prints a one-time token."""
    with _session() as session:
        session.execute(select(func.pg_advisory_xact_lock(FIRST_PERSON_LOCK)))
        if accounts.any_person(session):
            raise Refused("There are people already. Use `admin invite` for more.")
        token = _invited(session, email, role)
    _show_token(token)


@admin.command("invite")
def admin_invite(email: Email, role: Roles) -> None:
    """Invite somebody, or let them choose a new password; prints a one-time token."""
    with _session() as session:
        token = _invited(session, email, role)
    _show_token(token)


@admin.command("grant")
def admin_grant(email: Email, role: Role) -> None:
    """Give a role to somebody."""
    with _session() as session:
        principal = _known(session, email)
        accounts.set_roles(session, principal, {*principal.roles, *_checked([role])})


@admin.command("revoke")
def admin_revoke(email: Email, role: Role) -> None:
    """Take a role from somebody."""
    with _session() as session:
        principal = _known(session, email)
        if role not in principal.roles:
            raise Refused(f"{email} has not the role {role}, but: {', '.join(principal.roles)}")
        accounts.set_roles(session, principal, {*principal.roles} - {role})


@admin.command("disable")
def admin_disable(email: Email) -> None:
    """Shut somebody out at once."""
    with _session() as session:
        accounts.disable(session, _known(session, email))


@admin.command("enable")
def admin_enable(email: Email) -> None:
    """Let somebody in again who was shut out."""
    with _session() as session:
        accounts.enable(session, _known(session, email))


@admin.command("sessions-revoke")
def admin_sessions_revoke(email: Email) -> None:
    """Sign somebody out everywhere."""
    with _session() as session:
        ended = sessions.revoke_all(session, _known(session, email).id)
    typer.echo(f"{ended} sessions ended", err=True)


@app.command("sweep")
def sweep_command() -> None:
    """Delete what has run out: sessions, invitations and counted tries. Run it nightly."""
    with _session() as session:
        gone = sweep.sweep(session)
    typer.echo(f"{gone} rows deleted", err=True)


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
    except Refused as error:
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


@contextmanager
def _session() -> Iterator[Session]:
    chosen = settings()
    logging.set_up(chosen, sys.stderr)
    database = Database(chosen.database_url)
    try:
        with database.session() as session:
            yield session
            session.commit()
    finally:
        database.close()


def _checked(roles: list[str]) -> list[str]:
    for role in roles:
        if role not in registry.ROLES:
            close = difflib.get_close_matches(role, registry.ROLES, n=1)
            hint = f" Did you mean {close[0]}?" if close else ""
            raise Refused(f"No role {role}. The roles are: {', '.join(registry.ROLES)}.{hint}")
    return roles


def _known(session: Session, email: str) -> Principal:
    principal = accounts.find(session, email)
    if principal is None:
        raise Refused(f"Nobody signs in as {email}. Use `admin invite` first.")
    return principal


def _invited(session: Session, email: str, roles: list[str]) -> str:
    _checked(roles)
    try:
        TypeAdapter(v.Email).validate_python(email)
    except ValidationError as error:
        raise Refused(f"{email} is not an e-mail address such as ana@example.com.") from error
    principal = accounts.principal_for(session, email)
    registry.add_person(session, principal)
    accounts.set_roles(session, principal, {*principal.roles, *roles})
    return accounts.invite(session, principal)


def _show_token(token: str) -> None:
    typer.echo(token)
    typer.echo(WHAT_NEXT.format(hours=settings().invitation_hours), err=True)
