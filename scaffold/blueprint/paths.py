"""Where a name or a path of names leads: `customer.email` from a Quote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scaffold.blueprint.models import Blueprint, Field, Record
from scaffold.blueprint.report import Report

USER_FIELDS = {"name": "text", "email": "email"}


@dataclass(frozen=True, slots=True)
class Place:
    """One field as a path reaches it; `field` is None for a built-in one."""

    owner: str
    name: str
    type: str
    target: str | None = None
    many: bool = False
    choices: tuple[str, ...] = ()
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """Where a path ends too soon: at `step`, on `record`, which has no such name, or at a
    `value` that leads nowhere."""

    record: str
    step: int
    value: str | None = None


def sealed(place: Place, report: Report) -> bool:
    """Whether the database cannot read it. A calculated field is not stored, so never sealed."""
    path = ("records", place.owner, "fields", place.name, "calculated")
    return place.field is not None and place.field.sealed and not report.said(path)


def unread_user(blueprint: Blueprint, report: Report) -> bool:
    """Whether User is built in only because some record's name could not be read."""
    names = report.names("records")
    return "User" not in names and any(name not in blueprint.records for name in names)


def has_money(record: Record) -> bool:
    """Whether a record holds amounts, which are in some currency."""
    return any(field.type == "money" for field in record.fields.values())


def built_in(blueprint: Blueprint, record: Record) -> dict[str, Place]:
    """The names that a record has without naming them."""
    found: dict[str, Place] = {}
    if record.workflow is not None:
        stages = record.workflow.stages
        found["stage"] = Place(record.name, "stage", "choice", choices=stages)
    if record.number is not None:
        found["number"] = Place(record.name, "number", "text")
    if record.part_of is not None:
        parent = record.part_of
        found[parent.field] = Place(record.name, parent.field, "record", parent.parent)
    if len(blueprint.currencies) > 1 and has_money(record):
        found["currency"] = Place(record.name, "currency", "text")
    if record.name == "User":
        found |= {name: Place("User", name, type_) for name, type_ in USER_FIELDS.items()}
    return found


def known_names(blueprint: Blueprint, record: Record) -> dict[str, Place]:
    """Every name a record has, its own fields and the built-in ones."""
    own = {
        name: Place(record.name, name, field.type, field.record, field.many, field.choices, field)
        for name, field in record.fields.items()
    }
    return own | built_in(blueprint, record)


def parts_of(blueprint: Blueprint, record: str) -> dict[str, Record]:
    """The parts of a record by the name of their collection."""
    return {
        part.part_of.collection: part
        for part in blueprint.records.values()
        if part.part_of is not None and part.part_of.parent == record
    }


def follow(blueprint: Blueprint, record: str, steps: Iterable[str]) -> Place | Lost:
    """Where the path leads, from the record; all but its last step are relations."""
    place: Place | None = None
    here = record
    for count, step in enumerate(steps):
        if place is not None:
            if place.target is None or place.many or place.target not in blueprint.records:
                return Lost(here, count, place.name)
            here = place.target
        if here not in blueprint.records:
            return Lost(here, count)
        place = known_names(blueprint, blueprint.records[here]).get(step)
        if place is None:
            return Lost(here, count)
    return place if place is not None else Lost(record, 0)
