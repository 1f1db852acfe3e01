"""The tests of records with checks: what holds for every row, tried with values that break it."""

from __future__ import annotations

from random import Random
from typing import Any

from app.platform.db import Entity
from app.platform.expressions import CALCULATED
from app.platform.schemas import given
from dev.fulfilling import checked, draw_anew, set_by_itself
from dev.samples import as_json, schema_of
from tests.asking import Around, percentage
from tests.calculating import kept_by
from tests.calling import Caller
from tests.language import Held, worked_out
from tests.records import Record

TRIES = 120


class Draft(Around):
    """A row that is not stored: what is calculated is worked out here, and it has no parts."""

    calculated: dict[str, str]

    def held(self, name: str) -> Held:
        """Give the value that a name stands for."""
        if name not in self.calculated:
            return super().held(name)
        type_ = CALCULATED[self.row.__tablename__][name].type
        return Held(kept_by(type_, worked_out(self.calculated[name], self)), percentage(type_))

    def parts(self, row: Any, table: str) -> list[Any]:
        """Give none."""
        return []


class CheckedTests(Record):
    """What is said of every row is refused with the words of the blueprint where it is broken."""

    def test_what_breaks_a_check_is_refused(self, everyone: Caller) -> None:
        for message, text in self.checks.items():
            _, body = self.body(everyone, full=True)
            row, random, seen = drafted(self.entity, body), Random(11), set[bool | None]()
            names = sorted(checked(self.entity) & body.keys())
            for _ in range(TRIES if names else 0):
                draw_anew(random, row, random.choice(names), text)
                verdict = self.verdict(everyone, row, text)
                if verdict not in seen:
                    seen.add(verdict)
                    self.tried(everyone, row, message, broken=verdict is False)

    def tried(self, caller: Caller, row: Any, message: str, *, broken: bool) -> None:
        """Send the values of a row, and see whether the check is named just where it is broken."""
        home, body = self.body(caller, full=True)
        names = checked(self.entity) & body.keys()
        answer = caller.post(home, body | {name: as_json(getattr(row, name)) for name in names})
        problem = {} if answer.status_code == 201 else answer.json()
        told = {error["message"] for error in problem.get("errors", ())}
        if problem.get("code") != "taken":
            assert problem.get("code") in (None, "check"), answer.text
            assert (message in told) is broken, (message, body)

    def verdict(self, caller: Caller, row: Any, text: str) -> bool | None:
        """Give what a check comes to for a row that is not stored."""
        draft = Draft(caller.samples, row)
        draft.calculated = self.calculated
        found: bool | None = worked_out(text, draft)
        return found


def drafted(entity: type[Entity], body: dict[str, Any]) -> Any:
    """Make the row that a body would become, without storing it."""
    return entity(**set_by_itself(entity), **given(schema_of(entity).model_validate(body)))
