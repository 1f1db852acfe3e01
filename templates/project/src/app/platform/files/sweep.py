"""Removes the content of files that no row holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import and_, delete, or_, select

from app.platform.access import table_of
from app.platform.db import Session
from app.platform.files import store
from app.platform.files.models import StoredFile
from app.platform.jobs.system import Sessions, in_turn, system_work

KEPT = timedelta(days=1)
"""So long an upload waits for a row to take it. Backups of both are consistent within it."""


def sweep(database: Sessions) -> int:
    """Forget files that rows let go of, or that none took, and remove content without a row.

    What is forgotten now loses its content with the next sweep: the content of a file goes only
    when it is certain that nothing speaks of it, for no customer of a system that keeps them apart.
    Returns how many were forgotten or removed.
    """
    long_ago, known, gone = datetime.now(UTC) - KEPT, set[str](), 0
    for part in in_turn(database, table_of(StoredFile)):
        with system_work(part, "platform:sweep_files") as work:
            known.update(work.session.scalars(select(StoredFile.store_key)))
            gone += forget(work.session, long_ago)
    orphans = [key for key in store.keys_before(long_ago) if key not in known]
    store.remove(orphans)
    return len(orphans) + gone


def forget(session: Session, long_ago: datetime) -> int:
    """Forget files that rows let go of long ago, or that none took since; say how many."""
    unused = or_(
        StoredFile.released_at < long_ago,
        and_(StoredFile.record_id.is_(None), StoredFile.uploaded_at < long_ago),
    )
    return len(session.scalars(delete(StoredFile).where(unused).returning(StoredFile.id)).all())
