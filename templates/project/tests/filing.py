"""The tests of fields that hold files: who brings them in, who gets them back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column

from app.platform.access import POLICIES
from app.platform.db import new_id
from app.platform.files.claims import file_columns
from app.platform.files.models import StoredFile
from app.platform.files.uploads import FileField
from app.platform.views import opened
from dev.files import example, uploaded
from dev.samples import schema_of
from tests.calling import Caller
from tests.records import Record


class FilingTests(Record):
    """A file is its uploader's until a row takes it, and then whoever may see the row gets it."""

    def test_uploading_is_for_those_who_may_set_the_field(self, caller: Caller) -> None:
        policy = POLICIES[self.table]
        for column in file_columns(policy.table):
            answer = upload(caller, self.home(self.row(caller)), column)
            may = self.granted(caller, "add") or self.granted(caller, "change")
            set_by = policy.set_by.get(column.name, caller.actor.roles)
            assert answer.status_code == (201 if may and set_by & caller.actor.roles else 403)

    def test_a_file_is_given_to_those_who_see_the_row(self, caller: Caller) -> None:
        for column in file_columns(POLICIES[self.table].table):
            verb = "unmask" if column.name in self.masked else "see"
            row = self.holding(caller, column, verb)
            status = self.expected(caller, verb, 200)
            if status == 200 and column.name in self.hidden_from(caller):
                status = 403
            answer = caller.get(f"{self.url(row)}/files/{column.name}")
            assert answer.status_code == status
            if status == 200:
                assert answer.content == example(FileField.of(column).types[0])
                assert answer.headers["content-disposition"].startswith("attachment; ")

    def test_only_content_of_its_types_is_taken(self, everyone: Caller) -> None:
        for column in file_columns(POLICIES[self.table].table):
            home = self.home(self.row(everyone))
            for content in (b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"MZ\x00\x00"):
                assert upload(everyone, home, column, content).status_code == 422

    def test_a_file_is_taken_by_its_uploader_for_its_field_and_once(self, everyone: Caller) -> None:
        for column in file_columns(POLICIES[self.table].table):
            home, body = self.body(everyone, full=True)
            foreign = uploaded(everyone.samples.session, column, everyone.samples.person())
            everyone.samples.session.commit()
            for file_id in (foreign, new_id(), everyone.actor.id):
                answer = everyone.post(home, body | {column.name: str(file_id)})
                assert (answer.status_code, answer.json()["code"]) == (409, "unknown_reference")
            assert everyone.post(home, body).status_code == 201
            again = everyone.post(home, self.body(everyone)[1] | {column.name: body[column.name]})
            assert again.status_code == 409

    def test_a_file_changes_with_its_row(self, everyone: Caller) -> None:
        for column in file_columns(POLICIES[self.table].table):
            row = self.holding(everyone, column, "change")
            before = opened(getattr(row, column.name))
            file_id = upload(everyone, self.home(row), column).json()["id"]
            if column.name in schema_of(self.entity, "Change").model_fields:
                url, change = self.url(row), {column.name: file_id}
                assert everyone.patch(url, change, version=None).status_code == 428
                status = everyone.patch(url, change, row.version).status_code
                assert status == (409 if self.settled else 200)
                released = everyone.samples.session.get_one(StoredFile, before).released_at
                assert (released is not None) is not self.settled

    def holding(self, caller: Caller, column: Column[Any], verb: str) -> Any:
        """Make a row that holds a file in this field, on which the caller may do this."""
        session, row = caller.samples.session, self.row(caller, verb)
        session.refresh(row)
        file_id = uploaded(session, column, None)
        session.get_one(StoredFile, file_id).record_id = row.id
        setattr(row, column.name, file_id)
        session.commit()
        session.refresh(row)
        return row


def upload(caller: Caller, home: str, column: Column[Any], content: bytes | None = None) -> Any:
    """Upload a file for a field; without `content` a good one."""
    good = example(FileField.of(column).types[0])
    body = good if content is None else content
    return caller.client.post(f"{home}/files/{column.name}", content=body)
