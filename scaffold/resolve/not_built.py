"""What a blueprint says that generated projects do not do yet, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from scaffold.blueprint.models import Blueprint, Record
from scaffold.resolve.facts import facts
from scaffold.resolve.offered import Records, built, computed, offered

UNBUILT: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "staff_sign_in": (
        "identity.staff: sign-in by {} is not built yet; staff sign in with passwords until it is.",
        ("password", "none"),
    ),
    "customer_sign_in": (
        "identity.customers: sign-in of customers by {} is not built yet.",
        ("none",),
    ),
    "software_access": (
        "identity.software: access of software by {} is not built yet.",
        ("none",),
    ),
    "ci": ("delivery.ci: there is no pipeline for {} yet.", ("github",)),
    "run_on": ("delivery.run_on: nothing is deployed to {} yet.", ()),
}
"""What a fact asks for that is not built, and the values for which nothing is missing."""

SEVERAL_CURRENCIES = "currency: which of several a row's money is in is not stored yet."


def not_built(blueprint: Blueprint) -> list[str]:
    """One sentence for each thing that is recorded but not built, in the order of the text."""
    return [*_whole(blueprint), *of_records(blueprint)]


def of_records(blueprint: Blueprint) -> list[str]:
    """The sentences about its records alone."""
    records = blueprint.records
    return [sentence for record in records.values() for sentence in _record(record, records)]


def _whole(blueprint: Blueprint) -> Iterator[str]:
    said = facts(blueprint)
    for name, (sentence, enough) in UNBUILT.items():
        if said[name] not in enough:
            yield sentence.format(said[name])
    if len(blueprint.currencies) > 1:
        yield SEVERAL_CURRENCIES


def _record(record: Record, records: Records) -> Iterator[str]:
    name = record.name
    yield from _moves(record, records)
    waiting = [check for check in record.checks if not built(check.expression, records)]
    if waiting:
        messages = _words(f"“{check.message}”" for check in waiting)
        yield f"{name}: its checks ({messages}) are not built yet."
    yield from _fields(record, records)
    if record.link:
        yield f"{name}: opening one by a link is not built yet."
    computed = {field.name for field in record.fields.values() if field.calculated}
    if record.keep and computed & {record.keep.after, record.keep.unless}:
        yield f"{name}: a keep rule does not read what is calculated yet."


def _moves(record: Record, records: Records) -> Iterator[str]:
    moves = record.workflow.moves.values() if record.workflow else ()
    ready = offered(record, records)
    missing = [m.name for m in moves if m not in ready and (m.by or m.once_past)]
    if missing:
        yield f"{record.name}: making the moves {_words(missing)} is not built yet."


def _fields(record: Record, records: Records) -> Iterator[str]:
    ready = computed(record, records)
    waiting = [f.name for f in record.fields.values() if f.calculated and f not in ready]
    if waiting:
        yield f"{record.name}: calculating {_words(waiting)} is not built yet."


def _words(names: Iterable[str]) -> str:
    items = list(names)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
