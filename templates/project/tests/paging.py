"""Who may do what on the pages of a record, tried with every role: the same as in the API."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

from app.platform.access import POLICIES
from app.platform.console.kinds import MANY
from app.platform.console.pages import default_place
from app.platform.console.screens import HOME, SCREENS
from app.platform.db import new_id
from dev.samples import schema_of
from tests.calling import Caller
from tests.records import Record
from tests.scopes import inside

AS_PAGE = {"Accept": "text/html"}


class PagesTests(Record):
    """What the API allows and refuses, pages allow and refuse."""

    def test_pages_open_for_those_who_may_see(self, caller: Caller) -> None:
        row = self.row(caller)
        status = self.expected(caller, "see", 200)
        for path in (self.home(row), self.url(row), f"{self.url(row)}/history"):
            assert look(caller, path).status_code == status, path
        missing = look(caller, f"{self.home(row)}/{new_id()}")
        assert missing.status_code == self.expected(caller, "see", 404)

    def test_lists_lead_to_what_one_may_see(self, caller: Caller) -> None:
        row = self.row(caller)
        page = look(caller, self.home(row))
        assert (page_of(self.url(row)) in page.text) == bool(self.granted(caller, "see"))

    def test_pages_of_rows_outside_of_a_scope_are_not_there(self, caller: Caller) -> None:
        row, grants = caller.samples.make(self.table), self.granted(caller, "see")
        scoped = POLICIES[self.table].scoped(caller.actor, "see")
        found = not scoped or inside(caller, row, self.through, self.owner, grants)
        status = (200 if found else 404) if grants else 403
        for path in ("", "/history"):
            assert look(caller, f"{self.url(row)}{path}").status_code == status

    def test_adding_on_pages_is_for_those_who_were_granted_it(self, caller: Caller) -> None:
        home, body = self.body(caller)
        status = 303 if self.granted(caller, "see") else 200
        if not self.pointable(caller):
            status = 409
        if self.through and not self.granted(caller, "see"):
            status = 404  # what it would be a part of is not there for them
        if not self.settable(caller):
            status = 422  # what they may not set is not in the form
        if not self.granted(caller, "add"):
            status = 403
        assert send(caller, home, typed(self.table, body)).status_code == status
        blank = look(caller, f"{home}/new").status_code
        assert blank == (status if status in (403, 404) else 200)

    def test_changing_on_pages_is_for_those_who_were_granted_it(self, caller: Caller) -> None:
        url = self.url(self.row(caller, "change"))
        status = self.expected(caller, "change", 303)
        assert send(caller, url, {"version": "1"}).status_code == status
        blank = look(caller, f"{url}/edit").status_code
        assert blank == (status if status in (403, 404) else 200)

    def test_pages_tell_no_more_than_the_api(self, caller: Caller) -> None:
        if not self.granted(caller, "see"):
            return
        row = self.row(caller)
        told = caller.get(self.url(row)).json()
        page = look(caller, self.url(row)).text
        hidden = {name for name in told["hidden_fields"] if len(str(getattr(row, name))) > SHORT}
        assert [name for name in hidden if str(getattr(row, name)) in page] == []

    def test_nobody_sees_a_page_without_signing_in(
        self, client: TestClient, everyone: Caller
    ) -> None:
        row = self.row(everyone)
        client.cookies.clear()
        for path in (self.home(row), self.url(row)):
            answer = look(everyone, path)
            assert (answer.status_code, answer.headers["location"][:8]) == (303, "/sign-in")
            assert send(everyone, path, {}).status_code == 401


SHORT = 3
"""Values as short as this stand in any page by chance."""


def page_of(path: str) -> str:
    """Give the address of the page for an address of the API."""
    return path.replace("/api/v1", HOME, 1)


def look(caller: Caller, path: str) -> Response:
    """Look at the page for an address of the API."""
    return caller.client.get(page_of(path), headers=AS_PAGE, follow_redirects=False)


def send(caller: Caller, path: str, form: dict[str, Any]) -> Response:
    """Send a form to the page for an address of the API."""
    return caller.client.post(page_of(path), data=form, headers=AS_PAGE, follow_redirects=False)


def typed(table: str, body: dict[str, Any]) -> dict[str, Any]:
    """Give what people would type to send a body."""
    screen, place = SCREENS[table], default_place()
    read = schema_of(screen.policy.entity).model_validate(body)
    found: dict[str, Any] = {}
    for field in screen.added:
        if body.get(field.name) is not None:
            value = getattr(read, field.name)
            many = field.kind is MANY
            found[field.name] = [*map(str, value)] if many else field.kind.fill(value, place)
    return found
