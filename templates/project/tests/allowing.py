"""Who may do what with a record, tried with every role."""

from __future__ import annotations

from fastapi.testclient import TestClient

from app.platform.access import POLICIES
from app.platform.db import new_id
from tests.calling import Caller, ids
from tests.records import Record
from tests.scopes import inside


class AllowingTests(Record):
    """Who may do what, from every role's side and from nobody's."""

    def test_adding_is_for_those_who_were_granted_it(self, caller: Caller) -> None:
        home, body = self.body(caller)
        status = 201 if self.pointable(caller) else 409
        if self.through and not self.granted(caller, "see"):
            status = 404  # what it would be a part of is not there for them
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
        grants = self.granted(caller, "see")
        found = not scoped or inside(caller, row, self.through, self.owner, grants)
        visible = {200} if found else {404}
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
