"""Accounts: principals by their login, the roles they hold, and invitations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert

from app.platform.db import Session, new_id
from app.platform.errors import Conflict, NotFound
from app.platform.identity import sessions
from app.platform.identity.models import (
    Identity,
    Invitation,
    Password,
    Principal,
    SignInSession,
)
from app.platform.identity.tokens import new_token, token_hash
from app.settings import settings

log = structlog.get_logger(__name__)


def any_person(session: Session) -> bool:
    """Whether there is any person at all; the first administrator is made only without one."""
    return bool(session.scalar(select(exists().where(Principal.kind == "person"))))


def find(session: Session, login: str) -> Principal | None:
    """The principal with this login; upper and lower case are the same."""
    return session.scalar(select(Principal).where(Principal.login == login.lower()))


def principal_for(session: Session, login: str) -> Principal:
    """The person with this login; made, without roles, when there is none.

    They are among the people of the customer that this transaction works for, if it does for one.
    Raises Conflict where they are among those of another one.
    """
    made = insert(Principal).values(
        id=new_id(),
        kind="person",
        login=login.lower(),
        roles=[],
        created_at=datetime.now(UTC),
        tenant__id=func.platform_tenant(),
    )
    session.execute(made.on_conflict_do_nothing(index_elements=["login"]))
    found = find(session, login)
    if found is None:
        raise Conflict("This address cannot be used here.", code="taken")
    return found


def set_roles(session: Session, principal: Principal, roles: Iterable[str]) -> None:
    """Give a principal exactly these roles; they hold from its next request on."""
    principal.roles = sorted(set(roles))
    session.flush()
    log.info("roles_set", principal=principal.id, roles=principal.roles)


def disable(session: Session, principal: Principal) -> None:
    """Shut a principal out: its sessions end and it cannot sign in again."""
    principal.disabled_at = principal.disabled_at or datetime.now(UTC)
    session.flush()
    sessions.revoke_all(session, principal.id)
    log.info("principal_disabled", principal=principal.id)


def forget(session: Session, principal: Principal) -> None:
    """Shut a principal out for good, and delete whatever says who it was; its id stays."""
    disable(session, principal)
    principal.login = None
    for kept in (Password, Invitation, Identity, SignInSession):
        session.execute(delete(kept).where(kept.principal_id == principal.id))
    session.flush()


def enable(session: Session, principal: Principal) -> None:
    """Let a disabled principal sign in again."""
    principal.disabled_at = None
    session.flush()
    log.info("principal_enabled", principal=principal.id)


def invite(session: Session, principal: Principal) -> str:
    """Return a one-time token with which the person gets in for the first time.

    An earlier invitation ends with this one.
    """
    now = datetime.now(UTC)
    use_up_invitations(session, principal)
    token = new_token()
    until = now + timedelta(hours=settings().invitation_hours)
    session.add(
        Invitation(token_hash=token_hash(token), principal_id=principal.id, expires_at=until)
    )
    session.flush()
    log.info("invited", principal=principal.id)
    return token


def invited(session: Session, token: str) -> Principal:
    """Give who was invited. Raises NotFound for a token that is unknown, used or too old."""
    principal = session.scalar(
        select(Principal)
        .join(Invitation, Invitation.principal_id == Principal.id)
        .where(
            Invitation.token_hash == token_hash(token),
            Invitation.used_at.is_(None),
            Invitation.expires_at > datetime.now(UTC),
            Principal.disabled_at.is_(None),
        )
        .with_for_update()
    )
    if principal is None:
        raise NotFound(
            "This invitation is unknown, used or too old. Ask for a new one.",
            code="invitation_unknown",
        )
    return principal


def take_invitation(session: Session, token: str) -> Principal:
    """Use up an invitation, and give who was invited; raises NotFound as `invited` does."""
    principal = invited(session, token)
    use_up_invitations(session, principal)
    return principal


def use_up_invitations(session: Session, principal: Principal) -> None:
    """Let nobody get in with an invitation of this person any more."""
    session.execute(
        update(Invitation)
        .where(Invitation.principal_id == principal.id, Invitation.used_at.is_(None))
        .values(used_at=datetime.now(UTC))
    )
