"""How many rows there is room for where no two may be the same, and whether that can be kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from math import prod

from scaffold.blueprint.faults import Path, listed
from scaffold.blueprint.meaning.forms import FORMS, LONGEST, PLACES, USUAL_PLACES
from scaffold.blueprint.models import Blueprint, Field, Record
from scaffold.blueprint.report import Report
from scaffold.blueprint.words import TEXT_TYPES

FEWEST_ROWS = 3
FEWEST_PEOPLE = 100
LARGEST_ENTRY = 2_690
"""How many bytes an entry of an index of PostgreSQL may take, less what it needs itself."""
_MOVING = ("today", "now", "me")
_BYTES_OF_A_LETTER = 4
_BYTES_OF_OTHERS = 24

Rule = tuple[tuple[str, ...], Path]
"""The fields that together may not be the same twice, and where that is said."""


def check_room(blueprint: Blueprint, record: Record, report: Report) -> None:
    """Every field and every group of fields of a record in which no two rows may be the same."""
    for names, path in _rules(record):
        fields = [record.fields[name] for name in names if name in record.fields]
        if report.blamed(*path) or any(_blamed(record, name, report) for name in names):
            continue
        _long(fields, path, report)
        if len(names) == 1 and len(fields) == 1:
            _default(record, fields[0], report)
        room = _room(fields) if len(fields) == len(names) else None
        least = FEWEST_PEOPLE if record.name == "User" else FEWEST_ROWS
        if room is not None and room < least:
            _few(record, names, room, path, report)


def _rules(record: Record) -> Iterator[Rule]:
    path: Path = ("records", record.name)
    for field in record.fields.values():
        if field.unique:
            yield (field.name,), (*path, "fields", field.name, "unique")
    if record.key:
        yield record.key, (*path, "key")
    for place, group in enumerate(record.unique):
        yield group, (*path, "unique", place)


def _blamed(record: Record, name: str, report: Report) -> bool:
    here = ("records", record.name, "fields", name)
    return any(report.blamed(*here, key) for key in ("is", "min", "max", "unique", "default"))


def _few(record: Record, names: tuple[str, ...], room: int, path: Path, report: Report) -> None:
    rows = "1 row" if room == 1 else f"{room} rows"
    fields = listed([f"`{name}`" for name in names], "and")
    message = f"No two rows may have the same {fields}, so only {rows} of {record.name} could exist"
    message += ": too few people." if record.name == "User" else "."
    alone = path[-1] == "unique"
    hint = "delete `unique`" if alone else "name another field as well"
    hint += f", or write unique: [[{names[0]}, <another field>]]" if alone else ", or delete it"
    report.add("no-room", path, message, hint, key=alone)


def _default(record: Record, field: Field, report: Report) -> None:
    path: Path = ("records", record.name, "fields", field.name, "default")
    if field.has_default and field.default is not None and field.default not in _MOVING:
        message = f"No two rows may have the same `{field.name}`, so a default fits one row only."
        report.add("unique-default", path, message, "delete `default`", key=True)


def _long(fields: list[Field], path: Path, report: Report) -> None:
    if len(fields) == 0 or sum(map(_bytes, fields)) <= LARGEST_ENTRY:
        return
    texts = [field for field in fields if field.type in TEXT_TYPES]
    most = LARGEST_ENTRY // _BYTES_OF_A_LETTER // len(texts) // 10 * 10
    what = f"`{texts[0].name}` is" if len(texts) == 1 else "These fields are"
    message = f"{what} too long for an index of PostgreSQL, which keeps what must be unique apart."
    hint = f"write is: text, and max: {most} at most"
    report.add("long-unique", path, message, hint, key=path[-1] == "unique")


def _bytes(field: Field) -> int:
    """How many bytes a value takes at most. Of a sealed one a digest is compared."""
    if field.type not in TEXT_TYPES or field.sealed:
        return _BYTES_OF_OTHERS
    longest = LONGEST[field.type] if field.max is None else int(field.max)
    if field.type in FORMS and field.pattern is None:
        return min(longest, LONGEST[field.type])
    return longest * _BYTES_OF_A_LETTER


def _room(fields: list[Field]) -> int | None:
    """How many rows can exist of which no two have the same values; None if there is no end."""
    sizes = [_values(field) for field in fields]
    known = [size for size in sizes if size is not None]
    return prod(known) if known and len(known) == len(sizes) else None


def _values(field: Field) -> int | None:
    """How many values a field has, if it is few. What is left blank is never the same."""
    if field.optional:
        return None
    if field.type in ("yes_no", "choice"):
        return len(field.choices) or 2
    if field.min is None or field.max is None or field.type in TEXT_TYPES:
        return None
    if field.type == "date":
        first, last = (date.fromisoformat(str(end)) for end in (field.min, field.max))
        return (last - first).days + 1
    if field.type in ("integer", "decimal", "money", "percent"):
        places = 0 if field.type == "integer" else PLACES.get(field.type, field.places)
        step = Decimal(1).scaleb(-(USUAL_PLACES if places is None else places))
        return int((Decimal(str(field.max)) - Decimal(str(field.min))) / step) + 1
    return 1 if field.min == field.max else None
