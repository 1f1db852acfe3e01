"""How sensitive data is, and what follows from it, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scaffold.blueprint.models import Blueprint, Field, Record
from scaffold.blueprint.posture import Kind, Level
from scaffold.blueprint.reading.english import listing
from scaffold.blueprint.reading.fields import field_path
from scaffold.blueprint.reading.nouns import Vocabulary
from scaffold.blueprint.reading.page import Line, line

_POSTURE = {
    Level.PUBLIC: "all of it could be published",
    Level.INTERNAL: "it is for the people who work with the system",
    Level.CONFIDENTIAL: "if it leaked, you would have to call customers",
    Level.RESTRICTED: "if it leaked, somebody could be harmed or you would have to report it",
}
_LEVELS = {
    Level.PUBLIC: "public data may be logged and cached",
    Level.CONFIDENTIAL: (
        "confidential data is masked until somebody with the right to unmask it asks, which is "
        "recorded; it is left out of exports without that right, and never gets into logs"
    ),
    Level.RESTRICTED: (
        "restricted data is masked like confidential data and also encrypted; every reading is "
        "recorded, and it can be found only where it says so, by the exact value"
    ),
}
_KINDS = {
    Kind.PERSONAL: "personal data never gets into logs, and is part of what a person may ask to "
    "see or to have erased",
    Kind.HEALTH: "health data is always restricted",
    Kind.SECRET: "secrets are always restricted",
    Kind.CARD: "of payment cards only the processor's token or the last four digits are kept",
}


def label(level: Level, kinds: Iterable[Kind]) -> str:
    """`restricted personal health`, always in one order."""
    given = set(kinds)
    return " ".join([str(level), *(str(kind) for kind in Kind if kind in given)])


def posture_lines(blueprint: Blueprint) -> Iterator[Line]:
    """The posture of the whole, then what each label in use does."""
    whole = label(blueprint.posture, blueprint.kinds)
    why = _POSTURE[blueprint.posture]
    yield line(f"taken together, the data in it is {blueprint.posture}: {why}", "data")
    yield line(f"a field that says nothing else holds {whole} data", "data")
    fields = [field for record in blueprint.records.values() for field in record.fields.values()]
    levels = {blueprint.posture} | {field.level for field in fields}
    kinds = set(blueprint.kinds) | {kind for field in fields for kind in field.kinds}
    if Level.RESTRICTED in levels:
        levels.add(Level.CONFIDENTIAL)
    yield from (line(text, "data") for level, text in _LEVELS.items() if level in levels)
    yield from (line(text, "data") for kind, text in _KINDS.items() if kind in kinds)


def sensitivity_lines(words: Vocabulary, record: Record) -> Iterator[Line]:
    """What in a record is more or less sensitive than the rest."""
    usual = label(record.level, record.kinds)
    one = words.one(record.name).a
    if usual != label(words.blueprint.posture, words.blueprint.kinds):
        text = f"what is in {one} is {usual} data unless something else is said"
        yield line(text, f"records.{record.name}.data")
    groups: dict[str, list[Field]] = {}
    for field in record.fields.values():
        own = label(field.level, field.kinds)
        if own != usual:
            groups.setdefault(own, []).append(field)
    for own, fields in groups.items():
        yield _labelled(words, record, own, fields)
    exact = [field for field in record.fields.values() if field.find_exact]
    if exact:
        names = listing([words.field(record.name, field.name).the for field in exact])
        paths = [f"{field_path(record, field)}.find_exact" for field in exact]
        yield line(f"{one} can be found by {names}, if the whole of it is typed", *paths)


def _labelled(words: Vocabulary, record: Record, own: str, fields: list[Field]) -> Line:
    nouns = [words.field(record.name, field.name) for field in fields]
    are = "are" if len(nouns) > 1 else nouns[0].verb("is", "are")
    plain = record.level is Level.INTERNAL
    short = own.removeprefix(f"{record.level} ") if plain else own
    whose = words.one(record.name).a
    text = f"{listing([noun.the for noun in nouns])} of {whose} {are} {short} data"
    return line(text, *(f"{field_path(record, field)}.data" for field in fields))
