"""Who signed in: the principal behind a subject, and the roles that the provider grants.

A subject of an issuer is a person for good. Their address says nothing about who they are: whoever
can change theirs at the provider would become somebody else here. So somebody who was added here
before is tied to their subject by an invitation that they accept by signing in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.platform.acting import act_as
from app.platform.blueprint import SEPARATED_BY
from app.platform.db import Session, new_id
from app.platform.errors import Conflict, Forbidden
from app.platform.identity import accounts
from app.platform.identity.models import LOGIN_LENGTH, Identity, Principal
from app.platform.identity.newcomers import greet
from app.platform.identity.sso.signed import Person, said
from app.settings import settings

NO_ROLE = "Your account is known, and has no role here. Ask for one, then sign in again."
NOBODYS = "Nobody has said yet whose people you are among. Ask for an invitation, and accept it."
OTHERS = (
    "At your company you are among other people than here. Tell whoever looks after this system."
)
SHUT_OUT = "Your account was shut out here."
SOMEBODY_ELSE = "This account is somebody else here already. Sign in without the invitation."
TAKEN = "Somebody else here has your address. Ask for an invitation, and accept it."


def identity_of(session: Session, person: Person) -> Identity | None:
    """Give what is known of a subject of an issuer."""
    return session.scalar(
        select(Identity)
        .where(Identity.issuer == person.issuer, Identity.subject == person.subject)
        .with_for_update()
    )


def admitted(
    session: Session, person: Person, invitation: str, now: datetime
) -> tuple[Identity, Forbidden | None]:
    """Give the identity of who signed in, and why they are not let in, if they are not.

    Their roles are those that the provider grants from now on, also where none are left: so the
    caller keeps what was written, and refuses then. Raises Forbidden for a newcomer whose address
    somebody else has, NotFound for an invitation that is none, and Conflict for that of somebody
    else than the account is here.
    """
    invited = accounts.take_invitation(session, invitation) if invitation else None
    known = identity_of(session, person)
    if known is not None and invited is not None and invited.id != known.principal_id:
        raise Conflict(SOMEBODY_ELSE, code="somebody_else")
    if known is None:
        principal = invited or newcomer(session, person, now)
        known = tie(session, principal, person.issuer, person.subject, now)
    known.last_used_at = now
    principal = session.get_one(Principal, known.principal_id)
    check_customer(principal, person)
    if settings().sso_roles:
        accounts.set_roles(session, principal, roles_of(person.claims))
    session.flush()
    if principal.disabled_at is not None:
        return known, Forbidden(SHUT_OUT, code="shut_out")
    return known, None if principal.roles else Forbidden(NO_ROLE, code="no_role")


def tie(
    session: Session, principal: Principal, issuer: str, subject: str, now: datetime
) -> Identity:
    """Tie somebody to a subject of an issuer, who is they from now on."""
    made = Identity(
        id=new_id(),
        issuer=issuer,
        subject=subject,
        principal_id=principal.id,
        created_at=now,
        last_used_at=now,
    )
    session.add(made)
    session.flush()
    return made


def newcomer(session: Session, person: Person, now: datetime) -> Principal:
    """Make a person of whom nothing is known here.

    Raises Forbidden where their address is taken, and where the system keeps customers apart and
    nobody said whose people they are among. An address that the provider does not vouch for is none.
    """
    told = person.claims.get("email_verified") is not False
    address = (told and said(person.claims, settings().sso_address_claim)) or ""
    login = address.lower() if "@" in address and len(address) <= LOGIN_LENGTH else None
    taken = accounts.find(session, login) if login else None
    if taken is not None:
        raise Forbidden(TAKEN, code="taken")
    customer = customer_of(person.claims)
    if SEPARATED_BY is not None and customer is None and not settings().sso_anybody:
        raise Forbidden(NOBODYS, code="nobodys")
    act_as(session, None, "single-sign-on", customer)
    made = Principal(
        id=new_id(), kind="person", login=login, roles=[], created_at=now, tenant__id=customer
    )
    session.add(made)
    session.flush()
    greet(session, made)
    return made


def check_customer(principal: Principal, person: Person) -> None:
    """Raise Forbidden for somebody who is among other people at the company than here."""
    if settings().sso_customers and customer_of(person.claims) != principal.tenant__id:
        raise Forbidden(OTHERS, code="others")


def customer_of(claims: Mapping[str, Any]) -> UUID | None:
    """Give the customer of the system whose people somebody is among, if the settings name one."""
    named = said(claims, settings().sso_customer_claim)
    return settings().sso_customers.get(named or "")


def roles_of(claims: Mapping[str, Any]) -> set[str]:
    """Give the roles of the groups that a provider names: those that the settings translate."""
    value: Any = claims
    for step in settings().sso_roles_claim.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    groups = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return granted(group for group in groups if isinstance(group, str))


def granted(groups: Iterable[str]) -> set[str]:
    """Give the roles of these groups."""
    translated = settings().sso_roles
    return {role for group in groups for role in translated.get(group, ())}
