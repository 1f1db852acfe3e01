"""Deletes what has run out and is of no use to anybody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import CursorResult, delete

from app.platform.db import Session
from app.platform.identity.models import Invitation, SignInSession, TakenToken, Throttle

KEPT = timedelta(days=30)
"""So long ended sessions and invitations stay, to look into what happened."""


def sweep(session: Session) -> int:
    """Delete sessions and invitations that ended long ago, and tries that count no more.

    Returns how many rows were deleted.
    """
    now = datetime.now(UTC)
    return sum(
        done.rowcount
        for done in (
            session.execute(delete(SignInSession).where(SignInSession.expires_at < now - KEPT)),
            session.execute(delete(Invitation).where(Invitation.expires_at < now - KEPT)),
            session.execute(delete(Throttle).where(Throttle.full_at < now)),
            session.execute(delete(TakenToken).where(TakenToken.expires_at < now)),
        )
        if isinstance(done, CursorResult)
    )
