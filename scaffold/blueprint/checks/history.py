"""What was renamed or removed: said once, and true; of records, fields, choices and stages."""

from __future__ import annotations

from collections.abc import Iterable

from scaffold.blueprint.faults import Path, meant
from scaffold.blueprint.models import Blueprint, Names, Record
from scaffold.blueprint.report import Report


def check_history(blueprint: Blueprint, report: Report) -> None:
    """Every `was` and `retired`, of records and of fields."""
    records = blueprint.records
    renamed = [(r.name, r.was, ("records", r.name, "was")) for r in records.values() if r.was]
    _was(renamed, records, report)
    _retired(blueprint.retired, records, ("retired",), report)
    for record in records.values():
        _fields(record, report)


def _fields(record: Record, report: Report) -> None:
    path: Path = ("records", record.name)
    fields = record.fields
    renamed = [
        (field.name, field.was, (*path, "fields", field.name, "was"))
        for field in fields.values()
        if field.was
    ]
    _was(renamed, fields, report)
    _retired(record.retired, fields, (*path, "retired"), report)
    for field in fields.values():
        if field.was is not None and field.was in record.retired:
            message = f"`{field.was}` is either renamed or retired; this says both."
            here = (*path, "fields", field.name, "was")
            report.add("was", here, message, "delete one of the two")
        _words(field.renamed, field.retired, field.choices, (*path, "fields", field.name), report)
    flow = record.workflow
    if flow is not None:
        _words(flow.renamed, flow.retired, flow.stages, (*path, "workflow"), report)


def _words(
    renamed: Names, retired: tuple[str, ...], known: tuple[str, ...], path: Path, report: Report
) -> None:
    """Old names of choices or stages are gone, their new ones are there, and none is both."""
    for old, new in renamed:
        here = (*path, "renamed", old)
        if old in known:
            message = f"`renamed` begins with a name that is gone; {old} is still there."
            report.add("renamed", here, message, "write <old name>: <new name>")
        elif new not in known:
            message = f"`renamed` ends in a name that is there; there is no {new}."
            report.add("renamed", here, message, meant(new, known))
        elif old in retired:
            message = f"{old} is either renamed or retired; this says both."
            report.add("renamed", here, message, "delete one of the two")
    _retired(retired, known, (*path, "retired"), report)


def _was(renamed: Iterable[tuple[str, str, Path]], known: Iterable[str], report: Report) -> None:
    seen: dict[str, str] = {}
    for name, was, path in renamed:
        if was in known:
            message = f"`was` is a name that is gone; {was} is still there."
            report.add("was", path, message, f"delete `was`, or {was}")
        elif was in seen:
            message = f"{seen[was]} and {name} cannot both have been {was}."
            report.add("was", path, message, "delete one of them")
        seen.setdefault(was, name)


def _retired(retired: Iterable[str], known: Iterable[str], path: Path, report: Report) -> None:
    for name in retired:
        if name in known:
            message = f"{name} is retired, but it is still described."
            report.add("retired", report.item(path, name), message, "delete one of the two")
