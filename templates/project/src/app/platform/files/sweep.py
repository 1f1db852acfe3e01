"""Removes the content of files that no row holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import and_, delete, or_, select

from app.platform.db import Session
from app.platform.files import store
from app.platform.files.models import StoredFile

KEPT = timedelta(days=1)
"""So long an upload waits for a row to take it. Backups of both are consistent within it."""


def sweep(session: Session) -> int:
    """Forget files that rows let go of, or that none took, and remove content without a row.

    What is forgotten now loses its content with the next sweep: the content of a file goes only
    when it is certain that nothing speaks of it. Returns how many were forgotten or removed.
    """
    long_ago = datetime.now(UTC) - KEPT
    known = set(session.scalars(select(StoredFile.store_key)))
    orphans = [key for key in store.keys_before(long_ago) if key not in known]
    store.remove(orphans)
    unused = or_(
        StoredFile.released_at < long_ago,
        and_(StoredFile.record_id.is_(None), StoredFile.uploaded_at < long_ago),
    )
    gone = session.scalars(delete(StoredFile).where(unused).returning(StoredFile.id)).all()
    return len(orphans) + len(gone)
