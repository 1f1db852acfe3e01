"""`admin`: people, their roles and their sessions."""

from __future__ import annotations

import difflib
from typing import Annotated
from uuid import UUID

import typer
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import func, select

from app import registry
from app.cli import working
from app.platform import values as v
from app.platform.acting import act_as
from app.platform.db import Session
from app.platform.identity import accounts, sessions
from app.platform.identity.models import Principal
from app.platform.identity.newcomers import greet
from app.platform.separation import is_customer
from app.settings import settings

FIRST_PERSON_LOCK = 4_711_001
WHAT_NEXT = """This token works once, for {hours} hours. Hand it over on a safe way.
Its holder opens the page /invitation of this system, and is let in there."""

admin = typer.Typer(no_args_is_help=True, help="People, their roles and their sessions.")

Email = Annotated[str, typer.Argument(help="The e-mail address that the person signs in with.")]
Role = Annotated[str, typer.Argument(help="A role of the blueprint.")]
Tenant = Annotated[
    UUID | None,
    typer.Option(help="The id of the customer whose people they are among, if any are separated."),
]
Roles = Annotated[list[str], typer.Option("--role", help="A role to give; can be repeated.")]


@admin.command("first")
def admin_first(email: Email, role: Roles, tenant: Tenant = None) -> None:
    """Make the first administrator, once; prints a one-time token."""
    with working.session() as session:
        session.execute(select(func.pg_advisory_xact_lock(FIRST_PERSON_LOCK)))
        if accounts.any_person(session):
            raise working.Refused("There are people already. Use `admin invite` for more.")
        token = _invited(session, email, role, tenant)
    _show_token(token)


@admin.command("invite")
def admin_invite(email: Email, role: Roles, tenant: Tenant = None) -> None:
    """Invite somebody, or let them choose a new password; prints a one-time token."""
    with working.session() as session:
        token = _invited(session, email, role, tenant)
    _show_token(token)


@admin.command("grant")
def admin_grant(email: Email, role: Role) -> None:
    """Give a role to somebody."""
    with working.session() as session:
        principal = _known(session, email)
        accounts.set_roles(session, principal, {*principal.roles, *_checked([role])})


@admin.command("revoke")
def admin_revoke(email: Email, role: Role) -> None:
    """Take a role from somebody."""
    with working.session() as session:
        principal = _known(session, email)
        if role not in principal.roles:
            raise working.Refused(
                f"{email} has not the role {role}, but: {', '.join(principal.roles)}"
            )
        accounts.set_roles(session, principal, {*principal.roles} - {role})


@admin.command("disable")
def admin_disable(email: Email) -> None:
    """Shut somebody out at once."""
    with working.session() as session:
        accounts.disable(session, _known(session, email))


@admin.command("enable")
def admin_enable(email: Email) -> None:
    """Let somebody in again who was shut out."""
    with working.session() as session:
        accounts.enable(session, _known(session, email))


@admin.command("sessions-revoke")
def admin_sessions_revoke(email: Email) -> None:
    """Sign somebody out everywhere."""
    with working.session() as session:
        ended = sessions.revoke_all(session, _known(session, email).id)
    typer.echo(f"{ended} sessions ended", err=True)


def _checked(roles: list[str]) -> list[str]:
    for role in roles:
        if role not in registry.ROLES:
            close = difflib.get_close_matches(role, registry.ROLES, n=1)
            hint = f" Did you mean {close[0]}?" if close else ""
            raise working.Refused(
                f"No role {role}. The roles are: {', '.join(registry.ROLES)}.{hint}"
            )
    return roles


def _known(session: Session, email: str) -> Principal:
    principal = accounts.find(session, email)
    if principal is None:
        raise working.Refused(f"Nobody signs in as {email}. Use `admin invite` first.")
    return principal


def _invited(session: Session, email: str, roles: list[str], tenant: UUID | None) -> str:
    _checked(roles)
    try:
        TypeAdapter(v.Email).validate_python(email)
    except ValidationError as error:
        raise working.Refused(
            f"{email} is not an e-mail address such as ana@example.com."
        ) from error
    known = accounts.find(session, email)
    if known is not None and tenant not in (None, known.tenant__id):
        raise working.Refused(f"{email} is among other people, and nobody moves to {tenant}.")
    if tenant is not None and not is_customer(session, tenant):
        raise working.Refused(f"This system keeps apart no customer with the id {tenant}.")
    act_as(session, None, "admin", known.tenant__id if known else tenant)
    principal = accounts.principal_for(session, email)
    greet(session, principal)
    accounts.set_roles(session, principal, {*principal.roles, *roles})
    return accounts.invite(session, principal)


def _show_token(token: str) -> None:
    typer.echo(token)
    typer.echo(WHAT_NEXT.format(hours=settings().invitation_hours), err=True)
