"""What the names in an expression of one record may be, and what they are."""

from __future__ import annotations

from dataclasses import dataclass

from scaffold.blueprint.expressions.parse import ExpressionError
from scaffold.blueprint.expressions.tree import FieldPath, My
from scaffold.blueprint.faults import meant, shown
from scaffold.blueprint.models import Blueprint, Record
from scaffold.blueprint.paths import (
    Lost,
    Place,
    follow,
    in_full,
    known_names,
    parts_of,
    sealed,
    unread_user,
)
from scaffold.blueprint.report import Report


class BlamedError(Exception):
    """The expression needs something that already has a fault; nothing more is said."""


@dataclass(frozen=True, slots=True)
class Value:
    """A name with where it leads."""

    node: FieldPath | My
    place: Place


@dataclass(frozen=True, slots=True)
class Scope:
    """The names of one record, for one use: `checks`, `calculated` or `if`."""

    blueprint: Blueprint
    record: Record
    use: str
    report: Report

    def knows(self, word: str) -> bool:
        """Whether the word is a field here, legal or not."""
        steps = in_full(self.blueprint, self.record.name, tuple(word.split(".")))
        first = steps[0]
        return first in known_names(self.blueprint, self.record) or self._blamed(
            self.record.name, first
        )

    def path(self, text: str, at: int) -> Value:
        """A field, or one reached over relations."""
        steps = in_full(self.blueprint, self.record.name, tuple(text.split(".")))
        place = self._follow(self.record.name, steps, at)
        if self.use == "checks" and len(steps) > 1:
            message = f"A check sees one row only; {shown(text)} is in another."
            raise ExpressionError(message, "write it as the `if` of a move", at)
        return Value(FieldPath(steps, place.owner, place.type, place.target), place)

    def my(self, text: str, at: int) -> Value:
        """A field of the user who acts."""
        if self.use != "if":
            message = f"`my` is about who makes a move; `{self.use}` knows no such person."
            raise ExpressionError(message, "write it as the `if` of a move", at)
        steps = tuple(text.split("."))
        place = self._follow("User", steps, at + len("my "))
        return Value(My(steps, place.owner, place.type, place.target), place)

    def part(self, collection: str, at: int) -> str:
        """The record that the collection's parts are."""
        parts = parts_of(self.blueprint, self.record.name)
        if self.use == "checks":
            message = "A check sees one row only; the parts are in others."
            raise ExpressionError(message, "calculate it in a field, and check that", at)
        if collection in parts:
            return parts[collection].name
        for name in self.report.names("records"):
            if name not in self.blueprint.records or self._blamed_record(name):
                raise BlamedError
        message = f"{self.record.name} has no parts called {shown(collection)}."
        hint = meant(collection, parts) or f"write part_of: {self.record.name} as {collection}"
        raise ExpressionError(message, hint, at)

    def part_field(self, text: str, at: int) -> tuple[str, Place]:
        """The part's record and its field: `lines.amount`."""
        collection, _, field = text.partition(".")
        if not field or "." in field:
            message = f"A sum is of one field of the parts; {shown(text)} is not."
            raise ExpressionError(message, "write sum of lines.amount", at)
        record = self.part(collection, at)
        return record, self._follow(record, (field,), at + len(collection) + 1)

    def _follow(self, record: str, steps: tuple[str, ...], at: int) -> Place:
        place = follow(self.blueprint, record, steps)
        if isinstance(place, Lost):
            raise self._lost(place, steps, at)
        if place.many:
            message = f"{shown('.'.join(steps))} is a list; an expression needs one value."
            raise ExpressionError(message, "make it a part, and write `number of`", at)
        if self.use != "if" and sealed(place, self.report):
            self._refuse_sealed(place, at)
        return place

    def _refuse_sealed(self, place: Place, at: int) -> None:
        exact = place.field is not None and place.field.find_exact
        if self.use == "checks" and exact:
            return
        hint = "lower its level: data: internal"
        hint += ", or write find_exact: true" if self.use == "checks" else ""
        message = f"{place.owner}.{place.name} is sealed, so `{self.use}` cannot read it."
        raise ExpressionError(message, hint, at)

    def _lost(self, lost: Lost, steps: tuple[str, ...], at: int) -> Exception:
        step = steps[lost.step]
        where = at + sum(len(before) + 1 for before in steps[: lost.step])
        if lost.value is not None:
            message = f"{shown(lost.value)} leads to no single record, so nothing follows it."
            return ExpressionError(message, f"write {lost.value} alone", at)
        if self._blamed(lost.record, step) or lost.record not in self.blueprint.records:
            return BlamedError()
        record = self.blueprint.records[lost.record]
        if record.name == "User" and unread_user(self.blueprint, self.report):
            return BlamedError()
        if not record.fields and self.report.blamed("records", record.name):
            return BlamedError()
        hint = meant(step, known_names(self.blueprint, record))
        if lost.step == 0 and step in parts_of(self.blueprint, record.name):
            hint = f"write sum of {'.'.join(steps)}, or number of {step}"
        return ExpressionError(f"{lost.record} has no field {shown(step)}.", hint, where)

    def _blamed(self, record: str, field: str) -> bool:
        return self.report.blamed("records", record, "fields", field)

    def _blamed_record(self, record: str) -> bool:
        return self.report.blamed("records", record, "part_of")
