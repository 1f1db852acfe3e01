"""The tests that every record passes, in classes to inherit from."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from fastapi.testclient import TestClient
from sqlalchemy import select

from app.platform.access import POLICIES
from app.platform.db import new_id
from app.platform.readings import Reading
from app.platform.sealed import blind
from dev.samples import as_json, schema_of
from tests.calling import Caller, ids
from tests.records import Record, required


class RecordTests(Record):
    """Who may do what, from every role's side and from nobody's."""

    def test_adding_is_for_those_who_were_granted_it(self, caller: Caller) -> None:
        home, body = self.body(caller)
        status = 201 if self.pointable(caller) else 409
        if not self.granted(caller, "add") or not self.settable(caller):
            status = 403
        assert caller.post(home, body).status_code == status

    def test_seeing_is_for_those_who_were_granted_it(self, caller: Caller) -> None:
        status = self.expected(caller, "see", 200)
        assert caller.get(self.url(self.row(caller))).status_code == status

    def test_lists_hold_what_one_may_see(self, caller: Caller) -> None:
        row = self.row(caller)
        answer = caller.get(self.home(row))
        assert answer.status_code == self.expected(caller, "see", 200)
        assert answer.status_code == 403 or row.id in ids(answer)

    def test_changing_is_for_those_who_were_granted_it(self, caller: Caller) -> None:
        status = self.expected(caller, "change", 200)
        assert caller.patch(self.url(self.row(caller, "change")), {}).status_code == status

    def test_rows_outside_of_a_scope_are_not_there(self, caller: Caller) -> None:
        scoped = POLICIES[self.table].scoped(caller.actor, "see")
        row = caller.samples.make(self.table)
        visible = {200} if not scoped else {404}
        status = caller.get(self.url(row)).status_code
        assert {status} == (visible if self.granted(caller, "see") else {403})

    def test_nobody_gets_in_without_signing_in(self, client: TestClient, everyone: Caller) -> None:
        row = self.row(everyone)
        client.cookies.clear()
        statuses = [
            client.get(self.home(row)).status_code,
            client.get(self.url(row)).status_code,
            client.post(self.home(row), json=everyone.samples.body(self.table)).status_code,
            client.patch(self.url(row), json={}).status_code,
        ]
        assert statuses == [401, 401, 401, 401]

    def test_what_does_not_exist_is_not_found(self, caller: Caller) -> None:
        home = self.home(self.row(caller))
        assert caller.get(f"{home}/{new_id()}").status_code == self.expected(caller, "see", 404)


class AddingTests(Record):
    """What adding takes and refuses."""

    def test_what_was_sent_comes_back(self, everyone: Caller) -> None:
        home, body = self.body(everyone, full=True)
        added = everyone.post(home, body)
        assert added.status_code == 201, added.text
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
        fields = schema_of(self.entity, "Change").model_fields
        values = {name: value for name, value in body.items() if name in fields}
        answer = everyone.patch(self.url(row), values)
        assert answer.status_code == 200, answer.text
        assert answer.headers["etag"] == f'"{answer.json()["version"]}"'

    def test_a_field_that_nobody_declared_cannot_be_changed(self, everyone: Caller) -> None:
        url = self.url(self.row(everyone, "change"))
        assert everyone.patch(url, {"version": 9}).status_code == 422


class ArchivingTests(Record):
    """What is taken out of use leaves the lists."""

    def test_taking_out_of_use_is_for_those_who_were_granted_it(self, caller: Caller) -> None:
        status = self.expected(caller, "archive", 204)
        assert caller.delete(self.url(self.row(caller, "archive"))).status_code == status

    def test_it_leaves_the_lists(self, everyone: Caller) -> None:
        row = self.row(everyone, "archive")
        if everyone.delete(self.url(row)).status_code == 204:
            assert row.id not in ids(everyone.get(self.home(row)))


class KeptTests(Record):
    """What can never be taken out of use."""

    def test_nobody_takes_it_out_of_use(self, everyone: Caller) -> None:
        assert everyone.delete(self.url(self.row(everyone))).status_code == 405


class MaskingTests(Record):
    """Masked fields show only to those who ask, and that is recorded."""

    masked: ClassVar[list[str]]

    def test_masked_fields_are_empty_until_asked_for(self, everyone: Caller) -> None:
        row = self.row(everyone)
        shown = everyone.get(self.url(row)).json()
        clear = {POLICIES[self.table].shown_as}
        assert all(shown[name] is None for name in self.masked if name not in clear)

    def test_unmasking_is_for_those_who_were_granted_it(self, caller: Caller) -> None:
        row = self.row(caller, "unmask")
        hidden = POLICIES[self.table].hidden_from(caller.actor)
        wanted = [name for name in self.masked if name not in hidden]
        answer = caller.post(f"{self.url(row)}/unmask", {"fields": wanted or self.masked})
        allowed = self.expected(caller, "unmask", 200)
        assert answer.status_code == (allowed if wanted or allowed != 200 else 403)

    def test_each_look_is_recorded(self, everyone: Caller) -> None:
        row = self.row(everyone, "unmask")
        answer = everyone.post(f"{self.url(row)}/unmask", {"fields": self.masked})
        looks = everyone.samples.session.scalars(select(Reading)).all()
        noted = [look.fields for look in looks if row.id in look.record_ids]
        assert (sorted(self.masked) in noted) is (answer.status_code == 200)


class FindingTests(Record):
    """Sealed fields are found by their exact value alone."""

    findable: ClassVar[list[str]]

    def test_the_exact_value_finds_the_row(self, caller: Caller) -> None:
        row = self.row(caller)
        hidden = POLICIES[self.table].hidden_from(caller.actor)
        for name, value in self.filled(caller, row).items():
            answer = caller.post(f"{self.home(row)}/find", {name: value})
            assert answer.status_code == (
                403 if name in hidden else self.expected(caller, "see", 200)
            )
            assert answer.status_code == 403 or row.id in ids(answer)

    def test_looking_for_nothing_is_refused(self, everyone: Caller) -> None:
        assert everyone.post(f"{self.home(self.row(everyone))}/find", {}).status_code in (403, 422)

    def filled(self, caller: Caller, row: Any) -> dict[str, Any]:
        """Give every sealed field that can be found a value, and those values as JSON."""
        body = caller.samples.body(self.table, full=True)
        values = schema_of(self.entity).model_validate(body)
        for name in self.findable:
            value = getattr(values, name)
            setattr(row, name, value)
            setattr(row, f"{name}_digest", blind(f"{self.table}.{name}", value))
        caller.samples.session.commit()
        return {name: body[name] for name in self.findable}

    def test_another_value_finds_nothing(self, everyone: Caller) -> None:
        row = self.row(everyone)
        other = everyone.samples.body(self.table, full=True)
        wanted = {name: other[name] for name in self.findable if name in other}
        answer = everyone.post(f"{self.home(row)}/find", wanted)
        assert answer.status_code == 403 or row.id not in ids(answer)
