"""Ending here what ended at the provider."""

from __future__ import annotations

import hashlib
from datetime import datetime

import structlog
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.platform.db import Session
from app.platform.identity import sessions
from app.platform.identity.models import Identity, Proof, TakenToken
from app.platform.identity.sso.provider import Untrue
from app.platform.identity.sso.signed import LEEWAY, Ended

log = structlog.get_logger(__name__)


def end(session: Session, issuer: str, told: Ended, now: datetime) -> None:
    """End the sessions of one sign-in there, or all of a subject; raises Untrue the second time.

    Of a subject, those end as well of which the provider never said which sign-in they are.
    """
    take(session, f"{issuer} {told.id}", told.expires_at)
    which = select(Proof.session_id).join(Identity, Identity.id == Proof.identity_id)
    which = which.where(Identity.issuer == issuer)
    if told.subject is None:
        which = which.where(Proof.provider_session == told.session)
    else:
        which = which.where(Identity.subject == told.subject)
        same = Proof.provider_session == told.session
        nameless = Proof.provider_session.is_(None)
        which = which if told.session is None else which.where(same | nameless)
    gone = sessions.revoke_some(session, which)
    log.info("ended_at_provider", ended=gone)


def take(session: Session, key: str, expires_at: datetime) -> None:
    """Take a token once; raises Untrue where it was taken before."""
    digest = hashlib.sha256(key.encode()).digest()
    kept = insert(TakenToken).values(key=digest, expires_at=expires_at + 2 * LEEWAY)
    if session.scalar(kept.on_conflict_do_nothing().returning(TakenToken.key)) is None:
        raise Untrue("It was taken before.")
