"""What a blueprint says that generated projects do not do yet, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from scaffold.blueprint.models import Blueprint, Record
from scaffold.resolve.facts import facts
from scaffold.resolve.offered import offered

UNBUILT: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "customer_sign_in": (
        "identity.customers: of sign-in by {}, only passwords of invited people are built yet.",
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


def not_built(blueprint: Blueprint) -> list[str]:
    """One sentence for each thing that is recorded but not built, in the order of the text."""
    return [*_whole(blueprint), *of_records(blueprint)]


def of_records(blueprint: Blueprint) -> list[str]:
    """The sentences about its records alone."""
    records = blueprint.records.values()
    return [sentence for record in records for sentence in _record(record)]


def _whole(blueprint: Blueprint) -> Iterator[str]:
    said = facts(blueprint)
    for name, (sentence, enough) in UNBUILT.items():
        if said[name] not in enough:
            yield sentence.format(said[name])


def _record(record: Record) -> Iterator[str]:
    moves = record.workflow.moves.values() if record.workflow else ()
    ready = offered(record)
    missing = [m.name for m in moves if m not in ready and (m.by or m.once_past)]
    if missing:
        yield f"{record.name}: making the moves {_words(missing)} is not built yet."
    if record.link:
        yield f"{record.name}: opening one by a link is not built yet."
    computed = {field.name for field in record.fields.values() if field.calculated}
    if record.keep and computed & {record.keep.after, record.keep.unless}:
        yield f"{record.name}: a keep rule does not read what is calculated yet."


def _words(names: Iterable[str]) -> str:
    items = list(names)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
