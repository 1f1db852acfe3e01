"""The tests of imports: who brings in which rows, and that it is all or nothing."""

from __future__ import annotations

import csv
import io
import re
from typing import Any, ClassVar

from httpx2 import Response

from app.platform.cells import cell
from tests.calling import Caller
from tests.records import Record


class ImportingTests(Record):
    """A table goes through the same gates as single requests, line by line."""

    key: ClassVar[list[str]] = []
    """What a line is known by; without it there are no imports."""

    def line(self, caller: Caller) -> tuple[str, dict[str, Any]]:
        """Give where the caller brings rows in, and a line: also what it is known by is said."""
        home, body = self.body(caller, full=True)
        said = self.needed() | self.mine(caller, "add").keys() | {*self.key}
        return home, {name: value for name, value in body.items() if name in said}

    def test_importing_is_for_those_who_may_add_or_change(self, caller: Caller) -> None:
        home, body = self.line(caller)
        answer = bring(caller, home, [body])
        if not self.key:
            assert answer.status_code in (404, 405)
            return
        may = self.granted(caller, "see") and (
            self.granted(caller, "add") or self.granted(caller, "change")
        )
        assert answer.status_code == (200 if may else 403)
        if may and not (self.granted(caller, "add") and self.settable(caller)):
            assert answer.json()["written"] is False

    def test_the_page_that_imports_is_for_the_same_people(self, caller: Caller) -> None:
        home = self.line(caller)[0].replace("/api/v1", "/records")
        may = self.granted(caller, "add") or self.granted(caller, "change")
        answer = caller.get(f"{home}/import")
        status = 200 if may and self.granted(caller, "see") else 403
        assert answer.status_code == (status if self.key else 404)

    def test_a_line_is_added_once(self, everyone: Caller) -> None:
        if not self.key:
            return
        home, body = self.line(everyone)
        tried = bring(everyone, home, [body], dry_run="true").json()
        assert (tried["added"], tried["written"]) == (1, False), tried
        first = bring(everyone, home, [body]).json()
        assert (first["added"], first["written"]) == (1, True), first
        again = bring(everyone, home, [body]).json()
        assert (again["added"], again["refused"] - self.settled) == (0, 0), again
        assert again["lines"][0]["id"] in (first["lines"][0]["id"], None)

    def test_a_file_that_is_tried_on_the_page_is_kept_once(self, everyone: Caller) -> None:
        if not self.key:
            return
        home, body = self.line(everyone)
        page = f"{home.replace('/api/v1', '/records', 1)}/import"
        told = everyone.client.post(page, files={"table": ("a.csv", as_table([body]))})
        (carried,) = CARRIED.findall(told.text)
        done = everyone.client.post(f"{page}/run", files={"tried": (None, carried)})
        assert "it is done." in done.text, done.text
        again = everyone.client.post(f"{page}/run", files={"tried": (None, carried)})
        assert again.status_code == 409
        assert bring(everyone, home, [body], dry_run="true").json()["added"] == 0

    def test_a_bad_line_keeps_the_good_ones_out(self, everyone: Caller) -> None:
        if not self.key:
            return
        home, body = self.line(everyone)
        answer = bring(everyone, home, [body, body]).json()  # two lines about one row
        assert (answer["written"], answer["added"], answer["refused"]) == (False, 1, 1), answer
        assert bring(everyone, home, [body], dry_run="true").json()["added"] == 1


CARRIED = re.compile(r'name="tried" value="([^"]+)"')
"""What the page of a trial takes along."""


def as_table(bodies: list[dict[str, Any]]) -> bytes:
    """Write bodies as the lines of a table."""
    text = io.StringIO()
    lines = csv.DictWriter(text, list(bodies[0]))
    lines.writeheader()
    for body in bodies:
        lines.writerow({name: written(value) for name, value in body.items()})
    return text.getvalue().encode()


def bring(caller: Caller, home: str, bodies: list[dict[str, Any]], **query: str) -> Response:
    """Send bodies as the lines of a table."""
    content = as_table(bodies)
    headers = {"Content-Type": "text/csv"}
    return caller.client.post(f"{home}/import", params=query, content=content, headers=headers)


def written(value: Any) -> str:
    """Write a value as JSON into a cell."""
    return " ".join(value) if isinstance(value, list) else cell(value)
