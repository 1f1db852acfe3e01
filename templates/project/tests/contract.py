"""The tests that every record passes, in classes to inherit from."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from app.platform.access import POLICIES
from app.platform.db import new_id
from dev.samples import as_json, schema_of
from tests.allowing import AllowingTests
from tests.calling import Caller, ids
from tests.exporting import ExportingTests
from tests.filing import FilingTests
from tests.histories import HistoryTests
from tests.importing import ImportingTests
from tests.paging import PagesTests, send
from tests.records import Record, required


class AddingTests(Record):
    """What adding takes and refuses."""

    def test_what_was_sent_comes_back(self, everyone: Caller) -> None:
        home, body = self.body(everyone, full=True)
        added = everyone.post(home, body)
        assert added.status_code == 201, added.text
        if added.json().keys() == {"id"}:  # who may not see it hears no more
            assert everyone.get(f"{home}/{added.json()['id']}").status_code in (403, 404)
            return
        hidden = set(added.json().get("hidden_fields", ()))
        back = {name: added.json().get(name) for name in body if name not in hidden}
        assert schema_of(self.entity).model_validate(body | back).model_fields_set == body.keys()
        assert added.headers["etag"] == '"1"'

    def test_a_field_that_nobody_declared_is_refused(self, everyone: Caller) -> None:
        home, body = self.body(everyone)
        answer = everyone.post(home, body | {"surprise": "4417123456789113"})
        assert answer.status_code == 422
        assert "4417123456789113" not in answer.text

    def test_a_missing_field_is_named(self, everyone: Caller) -> None:
        home, body = self.body(everyone)
        for name in sorted(required(self.entity)):
            answer = everyone.post(home, {n: v for n, v in body.items() if n != name})
            assert answer.status_code == 422
            assert [error["field"] for error in answer.json()["errors"]] == [name]

    def test_what_is_out_of_bounds_is_named(self, everyone: Caller) -> None:
        home, body = self.body(everyone, full=True)
        for name, wrong in self.out_of_bounds("Create"):
            answer = everyone.post(home, body | {name: wrong})
            assert answer.status_code == 422, (name, wrong)
            assert {error["field"] for error in answer.json()["errors"]} == {name}

    def test_null_is_refused_where_something_is_needed(self, everyone: Caller) -> None:
        home, body = self.body(everyone)
        for name in sorted(required(self.entity)):
            if schema_of(self.entity).model_json_schema()["properties"][name].get("type"):
                assert everyone.post(home, body | {name: None}).status_code == 422

    def test_the_same_request_twice_adds_one_row(self, everyone: Caller) -> None:
        home, body = self.body(everyone)
        first = everyone.post(home, body, Idempotency_Key="once")
        again = everyone.post(home, body, Idempotency_Key="once")
        assert (first.status_code, again.status_code) == (201, 201)
        assert again.json()["id"] == first.json()["id"]

    def test_pointing_to_what_is_not_there_is_refused(self, everyone: Caller) -> None:
        home, body = self.body(everyone, full=True)
        table = POLICIES[self.table].table
        for name in body:
            if name in table.c and table.c[name].foreign_keys:
                answer = everyone.post(home, body | {name: str(new_id())})
                assert answer.status_code == 409
                assert answer.json()["code"] == "unknown_reference"


class ListingTests(Record):
    """Sorting, filtering and paging."""

    def test_every_order_goes_through_all_rows_once(self, everyone: Caller) -> None:
        first = self.row(everyone)
        home = self.home(first)
        wanted = {row.id for row in [first, *self.siblings(everyone, first)]}
        pattern = self.query(home, everyone)["sort"]["schema"]["pattern"]
        for name in pattern[4:-2].split("|"):
            for sign in ("", "-"):
                assert wanted <= self.walk(everyone, home, f"{sign}{name}")

    def test_every_filter_finds_what_it_names(self, everyone: Caller) -> None:
        row = self.row(everyone)
        found = everyone.get(self.url(row)).json()
        for name in self.query(self.home(row), everyone).keys() - {"limit", "after", "sort"}:
            value = found[name.partition("__")[0]]
            if value is not None:
                query = {name: str(value).lower() if isinstance(value, bool) else value}
                assert row.id in ids(everyone.get(self.home(row), **query)), name

    def test_a_filter_that_does_not_exist_is_refused(self, everyone: Caller) -> None:
        assert everyone.get(self.home(self.row(everyone)), surprise=1).status_code == 422

    def siblings(self, caller: Caller, row: Any) -> list[Any]:
        """Make two more rows in the same list."""
        same = {f"{name}_id": getattr(row, f"{name}_id") for name in self.through[:1]}
        values = self.mine(caller, "see") | same
        return [caller.samples.make(self.table, **values) for _ in range(2) if "id" not in values]

    def query(self, home: str, caller: Caller) -> dict[str, Any]:
        """Give the parameters that the list documents, by name."""
        paths = caller.client.app.api.openapi()["paths"]  # type: ignore[attr-defined]
        parameters = paths[f"/api/v1{self.path}"]["get"]["parameters"]
        return {item["name"]: item for item in parameters if item["in"] == "query"}

    def walk(self, caller: Caller, home: str, sort: str) -> set[UUID]:
        """Go through a list in pages of one row and give what was seen; no row may come twice."""
        seen: list[UUID] = []
        after: dict[str, str] = {}
        while True:
            page = caller.get(home, limit=1, sort=sort, **after).json()
            seen += [UUID(item["id"]) for item in page["items"]]
            if page["next"] is None:
                assert len(seen) == len(set(seen))
                return set(seen)
            after = {"after": page["next"]}


class ChangingTests(Record):
    """Changes name the version they change, and nothing of another one is lost."""

    def test_a_change_names_the_version_it_changes(self, everyone: Caller) -> None:
        url = self.url(self.row(everyone, "change"))
        assert everyone.patch(url, {}, version=None).status_code == 428
        assert everyone.patch(url, {}, version=7).status_code == 412

    def test_a_change_makes_a_new_version(self, everyone: Caller) -> None:
        row = self.row(everyone, "change")
        _, body = self.body(everyone)
        body |= {name: as_json(value) for name, value in self.mine(everyone, "change").items()}
        fields = set(schema_of(self.entity, "Change").model_fields)
        fields -= POLICIES[self.table].limits if row.id == everyone.actor.id else set()
        values = {name: value for name, value in body.items() if name in fields}
        answer = everyone.patch(self.url(row), values)
        assert answer.status_code == (409 if self.settled else 200), answer.text
        assert self.settled or answer.headers["etag"] == f'"{answer.json()["version"]}"'

    def test_a_field_that_nobody_declared_cannot_be_changed(self, everyone: Caller) -> None:
        url = self.url(self.row(everyone, "change"))
        assert everyone.patch(url, {"version": 9}).status_code == 422

    def test_a_change_beyond_the_bounds_is_refused(self, everyone: Caller) -> None:
        url = self.url(self.row(everyone, "change"))
        for name, wrong in self.out_of_bounds("Change"):
            assert everyone.patch(url, {name: wrong}).status_code == 422, (name, wrong)


class RecordTests(
    AllowingTests,
    AddingTests,
    ListingTests,
    ChangingTests,
    ExportingTests,
    HistoryTests,
    ImportingTests,
    FilingTests,
    PagesTests,
):
    """What holds for every record."""


class ArchivingTests(Record):
    """What is taken out of use leaves the lists."""

    def test_taking_out_of_use_is_for_those_who_were_granted_it(self, caller: Caller) -> None:
        status = self.expected(caller, "archive", 204)
        assert caller.delete(self.url(self.row(caller, "archive"))).status_code == status

    def test_taking_out_of_use_on_pages_is_for_those_who_were_granted_it(
        self, caller: Caller
    ) -> None:
        url = self.url(self.row(caller, "archive"))
        answer = send(caller, f"{url}/archive", {"shown-version": "1"})
        assert answer.status_code == self.expected(caller, "archive", 303)

    def test_it_leaves_the_lists(self, everyone: Caller) -> None:
        row = self.row(everyone, "archive")
        if everyone.delete(self.url(row)).status_code == 204:
            listed = everyone.get(self.home(row))
            # Who takes themselves out of use is signed out.
            out = row.id == everyone.actor.id
            assert listed.status_code == 401 if out else row.id not in ids(listed)


class KeptTests(Record):
    """What can never be taken out of use."""

    def test_nobody_takes_it_out_of_use(self, everyone: Caller) -> None:
        assert everyone.delete(self.url(self.row(everyone))).status_code == 405
