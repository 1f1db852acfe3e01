"""The tests of exports: who takes which rows and fields away."""

from __future__ import annotations

import csv
import io
from uuid import UUID

from httpx2 import Response
from sqlalchemy import select

from app.platform.access import POLICIES
from app.platform.readings import Reading
from tests.calling import Caller
from tests.records import Record
from tests.scopes import inside


class ExportingTests(Record):
    """Only those who were granted it take rows away, and none but theirs."""

    def test_exporting_is_for_those_who_were_granted_it(self, caller: Caller) -> None:
        row = self.row(caller, "export")
        answer = caller.get(f"{self.home(row)}/export")
        assert answer.status_code == self.exports(caller, 200)
        assert answer.status_code != 200 or row.id in taken(answer)

    def test_rows_outside_of_a_scope_are_not_exported(self, caller: Caller) -> None:
        row = caller.samples.make(self.table)
        answer = caller.get(f"{self.home(row)}/export")
        if answer.status_code == 200:
            assert (row.id in taken(answer)) is all(
                self.reaches(caller, row, verb) for verb in ("see", "export")
            )

    def test_an_export_leaves_out_what_is_masked_or_hidden(self, caller: Caller) -> None:
        row = self.row(caller, "export")
        answer = caller.get(f"{self.home(row)}/export")
        if answer.status_code == 200:
            assert not header(answer) & ({*self.masked} | self.hidden_from(caller))

    def test_masked_fields_are_exported_to_those_who_may_unmask(self, caller: Caller) -> None:
        row = self.row(caller, "export", "unmask")
        answer = caller.get(f"{self.home(row)}/export/unmasked")
        status = self.exports(caller, 200)
        if not self.masked:
            status = 404
        elif status == 200 and not self.granted(caller, "unmask"):
            status = 403
        assert answer.status_code == status
        if status == 200:
            assert {*self.masked} - self.hidden_from(caller) <= header(answer)

    def test_each_export_is_recorded(self, caller: Caller) -> None:
        row = self.row(caller, "export")
        answer = caller.get(f"{self.home(row)}/export")
        looks = caller.samples.session.scalars(select(Reading).filter_by(verb="export")).all()
        noted = [look for look in looks if row.id in look.record_ids]
        assert {look.actor_id for look in noted} == (
            {caller.actor.id} if answer.status_code == 200 else set()
        )
        assert all(set(look.fields) == header(answer) for look in noted)

    def test_the_page_of_the_list_exports_what_the_api_does(self, caller: Caller) -> None:
        row = self.row(caller, "export")
        known = caller.get(f"{self.home(row)}/export")
        answer = caller.get(f"{self.home(row).replace('/api/v1', '/records')}/export.csv")
        assert answer.status_code == self.exports(caller, 200)
        assert answer.status_code != 200 or taken(answer) == taken(known)

    def exports(self, caller: Caller, success: int) -> int:
        """Give the status of an export; where nobody may, there is no such address."""
        verbs = {words.split()[0] for granted in self.grants.values() for words in granted}
        if "export" not in verbs:
            return 404
        if not self.granted(caller, "export"):
            return 403
        if not self.granted(caller, "see"):
            return 404 if POLICIES[self.table].part_of else 403  # its whole is not there for them
        return success

    def reaches(self, caller: Caller, row: object, verb: str) -> bool:
        """Whether a row is within what the caller was granted of a verb."""
        grants = self.granted(caller, verb)
        scoped = all(grant.own or grant.same for grant in grants)
        return not scoped or inside(caller, row, self.through, self.owner, grants)


def lines(answer: Response) -> list[dict[str, str]]:
    """Give the lines of an export, by the names of its columns."""
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def header(answer: Response) -> set[str]:
    """Give the names of the columns of an export."""
    text = io.StringIO(answer.content.decode("utf-8-sig"), newline="")
    return set(next(csv.reader(text)))


def taken(answer: Response) -> set[UUID]:
    """Give the ids of the rows of an export."""
    return {UUID(line["id"]) for line in lines(answer)}
