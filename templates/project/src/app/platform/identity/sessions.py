"""Sign-in sessions: begun by whoever proved who they are, found by a token, ended by time or by hand.

Nothing here commits. A session ends after some idle time, after its longest time, when it is
revoked, and when its principal is disabled; roles and facts are read at each request.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, CursorResult, Select, select, update

from app.platform.blueprint import SEPARATED_BY
from app.platform.db import Session, new_id
from app.platform.identity.actor import Actor
from app.platform.identity.cookie import token_of
from app.platform.identity.facts import facts_in, sign_in_statement
from app.platform.identity.models import SignInSession
from app.platform.identity.tokens import new_token, token_hash
from app.settings import settings

__all__ = [
    "actor_of",
    "begin",
    "id_of",
    "revoke_all",
    "revoke_some",
    "sign_out",
    "token_of",
]

TOUCH = timedelta(minutes=1)
"""`last_seen_at` is written at most this often, so that reading does not write."""

log = structlog.get_logger(__name__)


def begin(session: Session, principal_id: UUID, device: str = "") -> str:
    """Begin a session for somebody who has just proved who they are; returns its token."""
    now = datetime.now(UTC)
    token = new_token()
    began = SignInSession(
        id=new_id(),
        token_hash=token_hash(token),
        principal_id=principal_id,
        created_at=now,
        last_seen_at=now,
        expires_at=now + timedelta(minutes=settings().session_absolute_minutes),
        device=device.replace("\0", "")[:200],
    )
    session.add(began)
    session.flush()
    log.info("signed_in", principal=principal_id, session=began.id)
    return token


def actor_of(
    session: Session, token: str | None, now: datetime, *, reference: str | None = None
) -> Actor | None:
    """Who holds this token, in one statement; None when the session has ended or never was.

    With `reference`, that of a request, the statement also tells the database who is at work in
    this transaction, and for which customer.
    """
    if token is None:
        return None
    idle = timedelta(minutes=settings().session_idle_minutes)
    times = {"now": now, "idle_since": now - idle, "stale_since": now - TOUCH}
    told = reference is not None
    statement = sign_in_statement(told=told, separated=told and SEPARATED_BY is not None)
    said = {"reference": reference} if told else {}
    found = session.execute(statement, {"token_hash": token_hash(token), **times, **said})
    row = found.mappings().one_or_none()
    if row is None:
        return None
    if row["stale"]:
        _touch(session, row["session_id"], now)
    return Actor(
        id=row["principal_id"],
        roles=frozenset(row["roles"]),
        facts=facts_in(row),
        session_id=row["session_id"],
        tenant_id=row["tenant_id"],
    )


def sign_out(session: Session, token: str | None) -> None:
    """End the session of a token; where there is none, or it has ended, nothing changes."""
    if token is not None and _revoke(session, SignInSession.token_hash == token_hash(token)):
        log.info("signed_out")


def revoke_all(session: Session, principal_id: UUID) -> int:
    """End every session of a principal; returns how many there were."""
    ended = _revoke(session, SignInSession.principal_id == principal_id)
    log.info("sessions_revoked", principal=principal_id, ended=ended)
    return ended


def revoke_some(session: Session, which: Select[UUID]) -> int:
    """End the sessions whose ids a statement gives; returns how many there were."""
    return _revoke(session, SignInSession.id.in_(which))


def id_of(session: Session, token: str) -> UUID:
    """Give the id of the session with this token."""
    which = SignInSession.token_hash == token_hash(token)
    return session.scalars(select(SignInSession.id).where(which)).one()


def _touch(session: Session, session_id: UUID, now: datetime) -> None:
    """Note that the session was seen; skip it when another request is doing so."""
    free = select(SignInSession.id).where(SignInSession.id == session_id)
    session.execute(
        update(SignInSession)
        .where(SignInSession.id.in_(free.with_for_update(skip_locked=True)))
        .values(last_seen_at=now)
        .execution_options(synchronize_session=False)
    )


def _revoke(session: Session, which: ColumnElement[bool]) -> int:
    done = session.execute(
        update(SignInSession)
        .where(which, SignInSession.revoked_at.is_(None))
        .values(revoked_at=datetime.now(UTC))
        .execution_options(synchronize_session=False)
    )
    return done.rowcount if isinstance(done, CursorResult) else 0
