"""The differences between two states of one record."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.blueprint.models import Blueprint, Field, Record
from scaffold.changing.change import Change, asks, breaks, from_to, listed, safe
from scaffold.changing.conduct import compare_conduct
from scaffold.changing.fields import added_field, compare_fields
from scaffold.changing.renames import Renames
from scaffold.changing.stages import compare_workflows
from scaffold.changing.wording import look_for


def compare_records(
    applied: Blueprint, wanted: Blueprint, old: Record, new: Record
) -> Iterator[Change]:
    """Every difference of one record."""
    names = Renames.of(applied, wanted, old, new)
    yield from _place(names, old, new)
    yield from _fields(names, old, new)
    yield from _number(old, new)
    yield from compare_workflows(old, new)
    yield from _together(names, old, new)
    yield from _checks(names, old, new)
    yield from compare_conduct(names, old, new)


def _place(names: Renames, old: Record, new: Record) -> Iterator[Change]:
    where = f"records.{new.name}.part_of"
    before = (names.record(old.part_of.parent), old.part_of.collection) if old.part_of else None
    after = (new.part_of.parent, new.part_of.collection) if new.part_of else None
    if before == after:
        return
    if before and after and before[0] == after[0]:
        words = f"The parts of {after[0]} have another address: {from_to(before[1], after[1])}."
        yield safe("collection-renamed", where, f"{words} Whoever calls the old one gets a 404.")
        return
    said = from_to(before and before[0], after and after[0])
    yield breaks(
        "part-of-changed",
        where,
        f"{new.name} belongs to something else: {said}. Its rows cannot tell to which row.",
        "add a new record in the right place, move the rows over in a migration, and retire "
        "this one",
    )


def _fields(names: Renames, old: Record, new: Record) -> Iterator[Change]:
    earlier = {field.name: names.earlier(field) for field in new.fields.values()}
    for name, field in old.fields.items():
        if name not in earlier.values():
            yield from _removed(new, name, field)
    for name, field in new.fields.items():
        was = earlier[name]
        if was is None:
            yield added_field(new, field)
            continue
        if was != name:
            words = f"{new.name}.{was} is called {name} now, and keeps its values."
            yield safe("field-renamed", f"records.{new.name}.fields.{name}", words)
        yield from compare_fields(names, new, old.fields[was], field)


def _removed(record: Record, name: str, field: Field) -> Iterator[Change]:
    where = f"records.{record.name}.fields.{name}"
    if field.calculated is not None:
        words = f"{record.name}.{name} is no longer worked out."
        yield safe("field-removed", where, words)
    elif name in record.retired:
        words = f"{record.name}.{name} is retired: the migration deletes its values."
        yield safe("field-removed", where, words)
    else:
        words = f"{record.name}.{name} is gone, and nothing says what becomes of its values."
        hint = f"write `was: {name}` in the field that it became, or `retired: [{name}]`"
        yield asks("field-removed", where, words, f"{hint} in {record.name}, which deletes them")


def _number(old: Record, new: Record) -> Iterator[Change]:
    where = f"records.{new.name}.number"
    if old.number == new.number:
        return
    if old.number is None:
        yield breaks(
            "number-added",
            where,
            f"{new.name} counts its rows, and those that are there have no number.",
            "add a text field for a number of your own, or begin a new record with `number`",
        )
    elif new.number is None:
        yield _dropped(new, "number", "number")
    else:
        said = from_to(old.number.format, new.number.format)
        words = f"{new.name} counts in another form: {said}. Numbers that were given stay."
        yield safe("number-changed", where, words)


def _dropped(record: Record, name: str, what: str) -> Change:
    where = f"records.{record.name}.{name}"
    if what in record.retired:
        words = f"The {what} of {record.name} is retired: the migration deletes it."
        return safe(f"{name}-removed", where, words)
    words = f"{record.name} has no `{name}` any more, and the {what} of each row would be lost."
    hint = f"write `retired: [{what}]` in {record.name}, which deletes it"
    return asks(f"{name}-removed", where, words, hint)


def _together(names: Renames, old: Record, new: Record) -> Iterator[Change]:
    """What is unique together: groups of fields, and the key."""
    before = {names.fields(group) for group in (*old.unique, old.key) if group}
    after = {group for group in (*new.unique, new.key) if group}
    where = f"records.{new.name}.unique"
    for group in sorted(after - before):
        words = f"{listed(group)} of {new.name} must be unique together."
        yield safe("unique-added", where, f"{words} {look_for('rows that stand twice')}")
    for group in sorted(before - after):
        words = f"{listed(group)} of {new.name} need not be unique together any more."
        yield safe("unique-removed", where, words)


def _checks(names: Renames, old: Record, new: Record) -> Iterator[Change]:
    before = {check.message: check.expression for check in old.checks}
    after = {check.message: check.expression for check in new.checks}
    for message, rule in after.items():
        where = f"records.{new.name}.checks.{message}"
        if message not in before:
            words = f"There is a new check, “{message}”. {look_for('rows that break it')}"
            yield safe("check-added", where, words)
        elif names.text(before[message].text) != rule.text:
            words = f"The check “{message}” says something else. {look_for('rows that break it')}"
            yield safe("check-changed", where, words)
    for message in before:
        if message not in after:
            where = f"records.{new.name}.checks.{message}"
            yield safe("check-removed", where, f"The check “{message}” is gone.")
