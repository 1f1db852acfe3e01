"""Customers of one system, kept apart: by which record, and what they share."""

from __future__ import annotations

from scaffold.blueprint.checks.lookup import need_record
from scaffold.blueprint.faults import Path
from scaffold.blueprint.models import Blueprint, Record
from scaffold.blueprint.report import Report


def check_separation(blueprint: Blueprint, report: Report) -> None:
    """The record that separates, and what all customers share."""
    name = blueprint.separate_by
    if name is None or not need_record(blueprint, name, ("separate_by",), report):
        return
    if name == "User" or blueprint.records[name].part_of is not None:
        message = f"Customers are separated by a record of their own; {name} is not one."
        report.add("separate-by", ("separate_by",), message, "write Company, Clinic or Branch")
    for field in blueprint.records[name].fields.values():
        target = blueprint.records.get(field.record or "")
        needed = target is not None and not (field.optional or field.many or target.shared)
        if needed and field.record != name:
            message = f"No {name} could be the first: it needs a {field.record}, which needs one."
            path: Path = ("records", name, "fields", field.name)
            report.add("separate-by", path, message, f"write {field.name}: optional {field.record}")
    for record in blueprint.records.values():
        if _common(blueprint, record):
            _lists_of_others(blueprint, record, report)


def _common(blueprint: Blueprint, record: Record) -> bool:
    """Whether all customers share its rows: they are theirs, or a part of what is."""
    seen = {record.name}
    while record.part_of is not None and record.part_of.parent in blueprint.records.keys() - seen:
        record = blueprint.records[record.part_of.parent]
        seen.add(record.name)
    return record.shared or record.name == blueprint.separate_by


def _lists_of_others(blueprint: Blueprint, record: Record, report: Report) -> None:
    """Any number of rows, some of each customer, in a row that all of them see."""
    for field in record.fields.values():
        target = blueprint.records.get(field.record or "")
        if field.many and target is not None and not _common(blueprint, target):
            message = (
                f"`{field.name}` would show every customer {field.record} rows of the others: "
                f"all of them share {record.name}."
            )
            hint = f"turn it round: a field of {field.record} that points to {record.name}"
            path: Path = ("records", record.name, "fields", field.name)
            report.add("separate-by", path, message, hint)
