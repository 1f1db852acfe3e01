"""The tests of records that nobody edits in some of their stages."""

from __future__ import annotations

from typing import Any, ClassVar

from app.platform.access import POLICIES, target_of
from tests.calling import Caller
from tests.preparing import put
from tests.records import Record


class LockedTests(Record):
    """In some stages nothing is edited: not the record, and nothing that is part of it."""

    locked: ClassVar[dict[str, list[str]]]

    def test_a_locked_stage_locks(self, everyone: Caller) -> None:
        row = self.row(everyone, "change")
        for holder, stages in self.holders(everyone, row):
            for stage in stages:
                before = holder.stage
                put(everyone.samples.session, holder, stage=stage)
                answers = [everyone.patch(self.url(row), {}, row.version)]
                if holder is not row:
                    body = everyone.samples.body(self.table)
                    answers += [everyone.post(self.home(row), body)]
                    answers += [everyone.delete(self.url(row), row.version)]
                for answer in answers:
                    assert (answer.status_code, answer.json()["code"]) == (409, "locked")
                put(everyone.samples.session, holder, stage=before)

    def holders(self, caller: Caller, row: Any) -> list[tuple[Any, list[str]]]:
        """Give the rows whose stage locks this one: itself, and what it is a part of."""
        found, held = [(row, self.locked.get(self.table, []))], row
        for name in self.through:
            column = held.__table__.c[f"{name}_id"]
            parent = POLICIES[target_of(column).name]
            held = caller.samples.session.get_one(parent.entity, getattr(held, column.name))
            found.append((held, self.locked.get(held.__tablename__, [])))
        return [(holder, stages) for holder, stages in found if stages]
