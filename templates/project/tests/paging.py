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
from app.platform.views import opened
from dev.samples import schema_of
from tests.calling import Caller
from tests.records import Record
from tests.scopes import inside

AS_PAGE = {"Accept": "text/html"}


class PagesTests(Record):
    """What the API allows and refuses, pages allow and refuse."""

    def test_pages_show_what_the_api_shows(self, caller: Caller) -> None:
        row, status = self.row(caller), self.expected(caller, "see", 200)
        pages = {path: look(caller, path) for path in self.pages(row)}
        assert {path: page.status_code for path, page in pages.items()} == dict.fromkeys(
            pages, status
        )
        assert (page_of(self.url(row)) in pages[self.home(row)].text) == (status == SEEN)
        if status == SEEN:
            hidden = caller.get(self.url(row)).json()["hidden_fields"]
            values = [opened(getattr(row, name)) for name in hidden if self.only_its_own(name)]
            texts = [value for value in values if isinstance(value, str) and len(value) > SHORT]
            shown = "".join(page.text for page in pages.values())
            assert [text for text in texts if text in shown] == []

    def test_pages_of_what_is_not_for_somebody_are_not_there(self, caller: Caller) -> None:
        row, grants = caller.samples.make(self.table), self.granted(caller, "see")
        scoped = POLICIES[self.table].scoped(caller.actor, "see")
        found = not scoped or inside(caller, row, self.through, self.owner, grants)
        status = (SEEN if found else 404) if grants else 403
        assert look(caller, self.url(row)).status_code == status
        assert look(caller, f"{self.url(row)}/history").status_code == status
        missing = look(caller, f"{self.home(row)}/{new_id()}").status_code
        assert missing == (404 if grants else 403)

    def only_its_own(self, name: str) -> bool:
        """Whether no other field has to hold this value: choices do, and what is calculated may."""
        columns = POLICIES[self.table].table.columns
        return name in columns and "choices" not in columns[name].info

    def pages(self, row: Any) -> list[str]:
        """Give the pages on which a row is seen: its list, its own and its history."""
        return [self.home(row), self.url(row), f"{self.url(row)}/history"]

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
        status = self.expected(caller, "change", 303) if self.granted(caller, "see") else 403
        assert send(caller, url, {"shown-version": "1"}).status_code == status
        blank = look(caller, f"{url}/edit").status_code
        assert blank == (status if status in (403, 404) else 200)

    def test_nobody_sees_a_page_without_signing_in(
        self, client: TestClient, everyone: Caller
    ) -> None:
        row = self.row(everyone)
        client.cookies.clear()
        for path in (self.home(row), self.url(row)):
            answer = look(everyone, path)
            assert (answer.status_code, answer.headers["location"][:8]) == (303, "/sign-in")
            assert send(everyone, path, {}).status_code == 401


SEEN = 200
SHORT = 7
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
