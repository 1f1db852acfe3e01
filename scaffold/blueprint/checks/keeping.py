"""How long a record is kept, and what a link to it shows."""

from __future__ import annotations

from scaffold.blueprint.checks.lookup import field_of
from scaffold.blueprint.faults import Path, meant, shown
from scaffold.blueprint.models import Blueprint, Record
from scaffold.blueprint.paths import sealed
from scaffold.blueprint.report import Report

_WHEN = ("date", "datetime")


def check_keep(blueprint: Blueprint, record: Record, report: Report) -> None:
    """The keeping rule of one record."""
    keep = record.keep
    if keep is None:
        return
    path: Path = ("records", record.name, "keep")
    if keep.after == "archived":
        if record.delete != "archive":
            message = f"{record.name} is never archived (delete: {record.delete})."
            report.add("keep", (*path, "after"), message, "write after: <a date of the record>")
    else:
        _field(blueprint, record, (keep.after, _WHEN, "a date, or `archived`"), "after", report)
    if keep.unless is not None:
        _field(blueprint, record, (keep.unless, ("yes_no",), "a yes_no field"), "unless", report)


def _field(
    blueprint: Blueprint,
    record: Record,
    wanted: tuple[str, tuple[str, ...], str],
    key: str,
    report: Report,
) -> None:
    name, types, what = wanted
    path: Path = ("records", record.name, "keep", key)
    place = field_of(blueprint, record, name, path, report)
    if place is None:
        return
    if place.type not in types:
        message = f"`{key}` names {what}; `{name}` is {place.type}."
        report.add("keep", path, message, "choose another field")
    elif sealed(place, report):
        message = f"The nightly job reads `{name}` in the database, and it is sealed there."
        report.add("keep", path, message, f"lower its level: {name}: data: internal")


def check_link(blueprint: Blueprint, record: Record, report: Report) -> None:
    """The link of one record."""
    link = record.link
    if link is None:
        return
    path: Path = ("records", record.name, "link")
    for name in link.shows:
        field_of(blueprint, record, name, report.item((*path, "shows"), name), report)
    moves = record.workflow.moves if record.workflow else {}
    for name in link.moves:
        if name not in moves and not report.blamed("records", record.name, "workflow"):
            message = f"There is no move {shown(name)}."
            report.add(
                "unknown-move", report.item((*path, "moves"), name), message, meant(name, moves)
            )
