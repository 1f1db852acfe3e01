"""Files of rows whose names are removed."""

from __future__ import annotations

from sqlalchemy import select

from app.platform.db import Database
from app.platform.files.models import StoredFile
from app.platform.removing import remove_names
from tests.platform.jobs.guests import guest
from tests.platform.jobs.test_keeping import NOW


def test_only_files_that_say_who_somebody_is_are_let_go_of(database: Database) -> None:
    about_it = {"record": "try_guests", "name": "a.txt", "media_type": "text/plain", "size": 1}
    with database.session() as session:
        row = guest(session, 1)
        for field in ("phone", "paid"):
            told = StoredFile(**about_it, field=field, store_key=field, sealed=False)
            told.record_id, told.uploaded_at = row.id, NOW
            session.add(told)
        session.flush()
        remove_names(session, row)
        held = select(StoredFile.field).where(StoredFile.released_at.is_(None))
        assert session.scalars(held).all() == ["paid"]
