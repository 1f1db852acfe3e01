"""Relations, parts, owners, and the fields that show, find and distinguish a record."""

from __future__ import annotations

from scaffold.blueprint.checks.lookup import field_of, need_record
from scaffold.blueprint.faults import Path, meant, shown
from scaffold.blueprint.models import Blueprint, Record
from scaffold.blueprint.paths import Lost, Place, follow, known_names
from scaffold.blueprint.report import Report

_NOT_FOR_PARTS = ("may", "owner", "shared", "delete", "keep", "link", "workflow")
_NOT_FOR_USER = ("part_of", "workflow", "link", "number", "plural", "shared", "delete", "was")
_NOT_COMPARED = ("json", "file", "long_text")


def check_relations(blueprint: Blueprint, record: Record, report: Report) -> None:
    """Everything in a record that names a record or a field."""
    path: Path = ("records", record.name)
    for field in record.fields.values():
        if field.record is not None:
            need_record(blueprint, field.record, _type_path(path, field.name, report), report)
    if not record.fields and record.name != "User" and not report.blamed(*path):
        message = f"{record.name} has no fields."
        report.add("no-fields", path, message, "add fields: {name: text}", key=True)
    _foreign_keys(record, path, report)
    _part(blueprint, record, path, report)
    _owner(blueprint, record, path, report)
    _shown_as(blueprint, record, path, report)
    _distinct(blueprint, record, record.key, (*path, "key"), report)
    for place, group in enumerate(record.unique):
        _distinct(blueprint, record, group, (*path, "unique", place), report)


def _type_path(path: Path, field: str, report: Report) -> Path:
    return (*path, "fields", field, "is")


def _foreign_keys(record: Record, path: Path, report: Report) -> None:
    said = report.keys(path)
    if record.name == "User":
        for key in [key for key in _NOT_FOR_USER if key in said]:
            message = f"User is built in and takes no `{key}`."
            report.add("user-key", (*path, key), message, f"delete `{key}`", key=True)
    if record.part_of is None:
        return
    for key in [key for key in _NOT_FOR_PARTS if key in said]:
        parent = record.part_of.parent
        message = f"{record.name} is a part of {parent}, so its `{key}` is that of {parent}."
        report.add("part-key", (*path, key), message, f"delete `{key}`", key=True)


def _part(blueprint: Blueprint, record: Record, path: Path, report: Report) -> None:
    if record.part_of is None:
        return
    if need_record(blueprint, record.part_of.parent, (*path, "part_of"), report) and (
        record.part_of.parent == "User"
    ):
        message = "A part belongs to a record of the blueprint; User is built in."
        report.add("part-of", (*path, "part_of"), message, "write a relation: user: User")


def _owner(blueprint: Blueprint, record: Record, path: Path, report: Report) -> None:
    if record.owner is None or record.part_of is not None:
        return
    here = (*path, "owner")
    steps = tuple(record.owner.split("."))
    place = follow(blueprint, record.name, steps)
    if isinstance(place, Lost):
        report_lost(blueprint, place, steps, here, report)
    elif place.target != "User" or place.many:
        message = f"`owner` leads to one User; {shown(record.owner)} does not."
        users = [
            name for name, known in known_names(blueprint, record).items() if known.target == "User"
        ]
        hint = f"did you mean {users[0]}?" if users else "add a field: owner: User"
        report.add("owner", here, message, hint)


def report_lost(
    blueprint: Blueprint, lost: Lost, steps: tuple[str, ...], path: Path, report: Report
) -> None:
    """Report where a path ends too soon, unless what is missing has a fault already."""
    step = steps[lost.step]
    if lost.record not in blueprint.records or report.blamed(
        "records", lost.record, "fields", lost.value or step
    ):
        return
    if lost.value is not None:
        message = f"`{lost.value}` leads to no single record, so `{step}` cannot follow it."
        report.add("path", path, message, f"write {lost.value}")
        return
    known = known_names(blueprint, blueprint.records[lost.record])
    message = f"{lost.record} has no field {shown(step)}."
    report.add("unknown-field", path, message, meant(step, known))


def _shown_as(blueprint: Blueprint, record: Record, path: Path, report: Report) -> None:
    if not record.shown_as or "shown_as" not in report.keys(path):
        return
    here = (*path, "shown_as")
    place = field_of(blueprint, record, record.shown_as, here, report)
    if place is not None and (place.many or place.type in ("json", "file")):
        message = f"A record is shown as one value; `{place.name}` is {_what(place)}."
        report.add("shown-as", here, message, "choose a text, a number or a relation")


def _distinct(
    blueprint: Blueprint, record: Record, names: tuple[str, ...], path: Path, report: Report
) -> None:
    for name in names:
        here = report.item(path, name)
        place = field_of(blueprint, record, name, here, report)
        if place is None:
            continue
        if place.many or place.type in _NOT_COMPARED:
            message = f"What must be unique is one short value; `{name}` is {_what(place)}."
            report.add("not-unique", here, message, "choose another field")
        elif place.name == "stage":
            message = "The stage of a record changes, and cannot make it unique."
            report.add("not-unique", here, message, "choose another field")
        elif report.said(("records", record.name, "fields", name, "calculated")):
            message = f"`{name}` is calculated, not stored, and cannot make a record unique."
            report.add("not-unique", here, message, "choose another field")
        elif place.field is not None and place.field.sealed and not place.field.find_exact:
            message = f"`{name}` is sealed; to be unique it must be found exactly."
            report.add("sealed-unique", here, message, f"add find_exact: true to {name}")


def _what(place: Place) -> str:
    return "a list of records" if place.many else f"of type {place.type}"
