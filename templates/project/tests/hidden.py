"""The tests of records with fields that not everybody sees or sets: narrowed, masked, sealed."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import select

from app.platform.access import POLICIES
from app.platform.readings import Reading
from app.platform.sealed import blind
from app.platform.views import opened
from dev.samples import as_json, schema_of
from tests.calling import Caller, ids
from tests.records import Record


class NarrowedTests(Record):
    """Some fields are seen, or set, by some roles alone."""

    set_by: ClassVar[dict[str, list[str]]] = {}

    def test_fields_are_hidden_from_other_roles(self, caller: Caller) -> None:
        answer = caller.get(self.url(self.row(caller)))
        assert answer.status_code == self.expected(caller, "see", 200)
        hidden = self.hidden_from(caller)
        told = set(answer.json().get("hidden_fields", hidden))
        assert (told & self.seen_by.keys()) - set(self.masked) == hidden - set(self.masked)

    def test_fields_are_set_by_no_other_roles(self, caller: Caller) -> None:
        row = self.row(caller, "change")
        for name, roles in self.set_by.items():
            status = self.expected(caller, "change", 200)
            if status == 200 and not caller.actor.roles & set(roles):
                status = 403
            value = opened(getattr(row, name))
            # What `many` holds looks like a list, and is none.
            many = name not in POLICIES[self.table].table.c
            same = [str(key) for key in value] if many else as_json(value)
            answer = caller.patch(self.url(row), {name: same}, row.version)
            assert answer.status_code == status, name


class LimitTests(Record):
    """Rules read some fields of the person who acts."""

    limits: ClassVar[list[str]]

    def test_nobody_changes_their_own_limits(self, caller: Caller) -> None:
        own = caller.samples.session.get_one(self.entity, caller.actor.id)
        for name in self.limits:
            drawn = (caller.samples.full_body(self.table)[name] for _ in range(50))
            other = next(value for value in drawn if value != as_json(getattr(own, name)))
            answer = caller.patch(self.url(own), {name: other}, own.version)
            assert answer.status_code == self.expected(caller, "change", 403), name


class MaskingTests(Record):
    """Masked fields show only to those who ask, and that is recorded."""

    def test_masked_fields_are_empty_until_asked_for(self, everyone: Caller) -> None:
        home, body = self.body(everyone, full=True)
        added = everyone.post(home, body).json()
        seen = everyone.get(f"{home}/{added['id']}").json()
        clear = {POLICIES[self.table].shown_as}
        for shown in (added, seen):
            assert all(shown.get(name) is None for name in self.masked if name not in clear)

    def test_unmasking_is_for_those_who_were_granted_it(self, caller: Caller) -> None:
        row = self.row(caller, "unmask")
        allowed = self.expected(caller, "unmask", 200)
        for name in self.masked:
            answer = caller.post(f"{self.url(row)}/unmask", {"fields": [name]})
            refused = allowed == 200 and name in self.hidden_from(caller)
            assert answer.status_code == (403 if refused else allowed), name

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
        hidden = self.hidden_from(caller)
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
        body = caller.samples.full_body(self.table)
        values = schema_of(self.entity).model_validate(body)
        for name in self.findable:
            value = getattr(values, name)
            setattr(row, name, value)
            setattr(row, f"{name}_digest", blind(f"{self.table}.{name}", value))
        caller.samples.session.commit()
        return {name: body[name] for name in self.findable}

    def test_another_value_finds_nothing(self, everyone: Caller) -> None:
        row = self.row(everyone)
        values = self.filled(everyone, row)
        other = everyone.samples.full_body(self.table)
        for name in self.findable:
            answer = everyone.post(f"{self.home(row)}/find", {name: other[name]})
            # What is only true or false is often the same once more.
            found = answer.status_code == 200 and other[name] == values[name]
            assert (answer.status_code == 200 and row.id in ids(answer)) is found
