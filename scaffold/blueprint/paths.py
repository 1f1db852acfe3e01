"""Where a name or a path of names leads: `customer.email` from a Quote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scaffold.blueprint.models import Blueprint, Field, Record
from scaffold.blueprint.report import Report

CURRENCY = "currency"
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


def currency_path(blueprint: Blueprint, record: Record) -> tuple[str, ...] | None:
    """The path from a record to which of several currencies its money is in, if there are any.

    A part's money is in the currency of its whole, if the whole has money too: what is added up
    is in one currency. So it leads to the topmost one that has money, and is not said twice.
    """
    if len(blueprint.currencies) < 2 or not has_money(record):  # noqa: PLR2004 - of one, no row speaks
        return None
    found: tuple[str, ...] = (CURRENCY,)
    steps: tuple[str, ...] = ()
    here = record
    while here.part_of is not None and here.part_of.parent in blueprint.records:
        if len(steps) == len(blueprint.records):
            break  # a record within itself, which is refused elsewhere
        steps = (*steps, here.part_of.field)
        here = blueprint.records[here.part_of.parent]
        found = (*steps, CURRENCY) if has_money(here) else found
    return found


def in_full(blueprint: Blueprint, record: str, steps: tuple[str, ...]) -> tuple[str, ...]:
    """The path as it is followed: what a part calls its currency stands in its whole."""
    owner = follow(blueprint, record, steps[:-1]) if steps[1:] else Place("", "", "", record)
    here = blueprint.records.get(owner.target or "") if isinstance(owner, Place) else None
    if steps[-1] != CURRENCY or here is None or CURRENCY in here.fields:
        return steps
    return (*steps[:-1], *(currency_path(blueprint, here) or (CURRENCY,)))


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
    if currency_path(blueprint, record) == (CURRENCY,):
        found[CURRENCY] = Place(record.name, CURRENCY, "text")
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
