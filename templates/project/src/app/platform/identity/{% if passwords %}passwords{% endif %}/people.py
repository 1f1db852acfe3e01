"""People and their passwords: set, shown, and never told."""

from __future__ import annotations

import structlog
from sqlalchemy import exists, func, select
from sqlalchemy.dialects.postgresql import insert

from app.platform.db import Session
from app.platform.errors import Conflict, Unauthenticated
from app.platform.identity import accounts, sessions
from app.platform.identity.models import Identity, Password, Principal
from app.platform.identity.passwords import hashing

log = structlog.get_logger(__name__)

WRONG = "This e-mail address and password do not fit."
ELSEWHERE = "You sign in where your company keeps your account: there is no password of yours here."
TIED = exists().where(Identity.principal_id == Principal.id)
"""Whoever signs in at their company has no other way in: what is taken away there is gone here."""


def sign_in(session: Session, login: str, password: str, device: str = "") -> str:
    """Begin a session and return its token, which is shown nowhere again.

    Raises Unauthenticated, with the same words and after the same work whether the person is
    unknown, disabled, without a password, with an account elsewhere, or gave a wrong one.
    """
    principal, known = _with_password(session, login)
    if not hashing.fits(password, known.hash if known else None) or principal is None:
        log.warning("sign_in_refused", principal=principal.id if principal else None)
        raise Unauthenticated(WRONG, code="wrong_password")
    if known and hashing.is_outdated(known.hash):
        known.hash = hashing.hashed(password)
    return sessions.begin(session, principal.id, device)


def accept(session: Session, token: str, password: str) -> Principal:
    """Set the password of the person who was invited; every session of theirs ends.

    Raises NotFound for a token that is unknown, used or too old, and otherwise as `set_password`.
    """
    principal = accounts.invited(session, token)
    set_password(session, principal, password)
    accounts.use_up_invitations(session, principal)
    return principal


def set_password(
    session: Session, principal: Principal, password: str, *, field: str = "password"
) -> None:
    """Give a person a new password; every session of theirs ends.

    Raises Invalid for the password, and Conflict for somebody who signs in at their company.
    """
    if session.scalar(select(TIED.where(Principal.id == principal.id))):
        raise Conflict(ELSEWHERE, code="signs_in_elsewhere")
    hashing.check_password(password, principal.login or "", field=field)
    new = {"hash": hashing.hashed(password), "changed_at": func.now()}
    kept = insert(Password).values(principal_id=principal.id, **new)
    session.execute(kept.on_conflict_do_update(index_elements=["principal_id"], set_=new))
    sessions.revoke_all(session, principal.id)
    log.info("password_set", principal=principal.id)


def _with_password(session: Session, login: str) -> tuple[Principal | None, Password | None]:
    found = session.execute(
        select(Principal, Password)
        .join(Password, Password.principal_id == Principal.id)
        .where(
            Principal.login == login.lower(),
            Principal.kind == "person",
            Principal.disabled_at.is_(None),
            ~TIED,
        )
    ).one_or_none()
    return (None, None) if found is None else (found[0], found[1])
