"""What is kept of every record: who changed what, and, where it is wanted, who looked."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import select

from app.platform.blueprint import READS_RECORDED
from app.platform.readings import Reading
from tests.calling import Caller
from tests.records import Record


class HistoryTests(Record):
    """Changes are noted by the database, and shown to those who see the record."""

    reads_recorded: ClassVar[bool] = READS_RECORDED

    def test_changes_are_for_those_who_see_the_record(self, caller: Caller) -> None:
        row = self.row(caller)
        answer = caller.get(f"{self.url(row)}/changes")
        assert answer.status_code == self.expected(caller, "see", 200)

    def test_adding_is_noted_with_who_did_it(self, everyone: Caller) -> None:
        home, body = self.body(everyone, full=True)
        added = everyone.post(home, body)
        answer = everyone.get(f"{home}/{added.json()['id']}/changes")
        if added.json().keys() == {"id"}:  # who may not see it does not see its changes
            assert answer.status_code in (403, 404)
            return
        first = answer.json()["items"][-1]
        assert (first["operation"], first["actor_id"]) == ("add", str(everyone.actor.id))
        shown = {item["field"] for item in first["fields"] if not item["hidden"]}
        assert not shown & set(added.json()["hidden_fields"])

    def test_looking_is_noted_where_it_is_wanted(self, everyone: Caller) -> None:
        row = self.row(everyone)
        for url in (self.url(row), self.home(row), f"{self.url(row)}/changes"):
            before = self.looks(everyone, row)
            assert everyone.get(url).status_code == 200
            assert (self.looks(everyone, row) > before) is self.reads_recorded, url

    def looks(self, caller: Caller, row: Any) -> int:
        """Count the notes that somebody was shown a row."""
        looks = caller.samples.session.scalars(select(Reading).where(Reading.verb == "see"))
        return sum(row.id in look.record_ids for look in looks)
