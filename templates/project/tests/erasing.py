"""The tests of records that are erased for good when they are deleted."""

from __future__ import annotations

from sqlalchemy import select

from app.platform.access import POLICIES
from tests.calling import Caller
from tests.contract import ArchivingTests


class ErasingTests(ArchivingTests):
    """What is deleted is gone for good."""

    def test_what_is_deleted_is_gone_for_good(self, everyone: Caller) -> None:
        row, table = self.row(everyone, "archive"), POLICIES[self.table].table
        url, key = self.url(row), row.id
        assert everyone.delete(url).status_code == 204
        assert everyone.get(url).status_code == 404
        asked = select(table.c.id).where(table.c.id == key)
        assert everyone.samples.session.scalar(asked) is None
