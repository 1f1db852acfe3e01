"""Least, greatest, pattern and default of one field, against its type and each other."""

from __future__ import annotations

import re
from datetime import time
from decimal import Decimal

from scaffold.blueprint.faults import Path, listed
from scaffold.blueprint.meaning.forms import (
    DIGITS,
    FORMS,
    LONGEST,
    NOT_BLANK,
    PLACES,
    SHORTEST,
    USUAL_PLACES,
)
from scaffold.blueprint.meaning.patterns import lengths, why_not_portable
from scaffold.blueprint.meaning.readers import iso_seconds
from scaffold.blueprint.meaning.values import DEFAULT_WORDS, read_value
from scaffold.blueprint.models import JsonValue
from scaffold.blueprint.report import Report
from scaffold.blueprint.shapes.blocks import Said
from scaffold.blueprint.shapes.plain import Unreadable, refuse
from scaffold.blueprint.shapes.types import FieldType
from scaffold.blueprint.words import MOMENT_TYPES, NUMBER_TYPES, TEXT_TYPES

_LONGEST_TEXT = 1_000_000
_COUNT = FieldType("integer")


def order(type_name: str, value: JsonValue) -> Decimal | str | int:
    """What two values of a type, or two lengths of text, are compared by."""
    if type_name in NUMBER_TYPES or type_name in TEXT_TYPES:
        return Decimal(str(value))
    if type_name == "duration":
        return iso_seconds(str(value))
    return time.fromisoformat(str(value)).isoformat() if type_name == "time" else str(value)


def read_bounds(type_: FieldType, said: Said, path: Path, report: Report) -> Said:
    """`min` and `max` as values of the type; for text they are lengths."""
    found: Said = {}
    for key in ("min", "max"):
        value = _bound(type_, key, said, (*path, key), report) if key in said else None
        if value is not None:
            found[key] = value
    # Points in time are compared when the time zone is known.
    if len(found) == len(("min", "max")) and type_.name != "datetime":
        low, high = found["min"], found["max"]
        if order(type_.name, low) > order(type_.name, high):  # type: ignore[operator]
            message = f"`min` is at most `max`; {low} is more than {high}."
            report.add("min-over-max", (*path, "min"), message, "exchange the two")
            return {}
    return found


def _bound(
    type_: FieldType, key: str, said: Said, path: Path, report: Report
) -> JsonValue | Unreadable:
    if type_.name in TEXT_TYPES:
        return _length(type_.name, key, said, path, report)
    value = read_value(type_, said[key], path, report)
    if isinstance(value, Unreadable) or not has_places(type_, value, said, path, report):
        return None
    return value


def _length(type_name: str, key: str, said: Said, path: Path, report: Report) -> int | None:
    """A length of text, if there are texts of the type that have it."""
    value = read_value(_COUNT, said[key], path, report)
    if isinstance(value, Unreadable):
        return None
    length, least = int(str(value)), 0 if key == "min" else SHORTEST[type_name]
    formed = type_name in FORMS and "pattern" not in said
    most = LONGEST[type_name] if formed and key == "min" else _LONGEST_TEXT
    if not least <= length <= most:
        refuse(report, path, f"a length from {least} to {most}", said[key])
        return None
    if key == "min" and "max" not in said and length > LONGEST[type_name]:
        longest = LONGEST[type_name]
        message = f"A {type_name} without `max` has at most {longest} characters; {length} is more."
        report.add("min-over-max", path, message, f"add max: {min(2 * length, _LONGEST_TEXT)}")
        return None
    return length


def has_places(type_: FieldType, value: JsonValue, said: Said, path: Path, report: Report) -> bool:
    """Whether a number has no more places after its point than its type, after reporting so."""
    if type_.name not in DIGITS:
        return True
    places = PLACES.get(type_.name) or said.get("places")
    places = USUAL_PLACES if places is None else places
    given = len(str(value).partition(".")[2])
    if given <= places:
        return True
    message = f"`{path[-1]}` has at most {places} places after the point; this has {given}."
    hint = f"add places: {given}" if type_.name == "decimal" and "places" not in said else None
    report.add("places", path, message, hint or "change one of the two")
    return False


def read_pattern(
    type_: FieldType, said: Said, limits: Said, path: Path, report: Report
) -> str | None:
    """The pattern, if Python and PostgreSQL understand it the same way, and texts can fit it."""
    pattern: str | None = said.get("pattern")
    if pattern is None:
        return None
    why = why_not_portable(pattern)
    if why is not None:
        message = f"`pattern` is a regular expression that Python and PostgreSQL share; {why}."
        report.add("pattern", (*path, "pattern"), message, 'such as "[A-Z]{2}-[0-9]+"')
        return None
    least, most = lengths(pattern)
    low, high = limits.get("min", 0), limits.get("max", LONGEST[type_.name])
    if least > high or most < low:
        fits, ends = (f"of {least} characters or more", f"at most {high}")
        if most < low:
            fits, ends = (f"of at most {most} characters", f"at least {low}")
        message = f"`pattern` fits texts {fits}; this field has {ends}."
        hint = "change one of the two" if {"min", "max"} & limits.keys() else f"add max: {least}"
        report.add("pattern-length", (*path, "pattern"), message, hint)
        return None
    return pattern


def check_value(
    type_: FieldType, value: JsonValue, limits: Said, path: Path, report: Report
) -> None:
    """A default, example or backfill must be a legal value of its own field."""
    if value == DEFAULT_WORDS.get(type_.name) or not has_places(type_, value, limits, path, report):
        return
    key, text, pattern = path[-1], str(value), limits.get("pattern")
    if type_.name in TEXT_TYPES and pattern and not re.fullmatch(pattern, text):
        message = f"`{key}` does not fit the pattern {pattern}."
        report.add("outside-pattern", path, message, "change one of the two")
    size: Decimal | str | int
    low, high = limits.get("min"), limits.get("max")
    if type_.name in TEXT_TYPES:
        size, what = Decimal(len(text)), f"{len(text)} characters"
        high = LONGEST[type_.name] if high is None else high
        if not pattern and not NOT_BLANK.fullmatch(text):
            message = f"`{key}` is blank, which this field cannot be."
            report.add("blank", path, message, "write some text, or delete it")
            return
    elif type_.name in NUMBER_TYPES + MOMENT_TYPES and type_.name != "datetime":
        size, what = order(type_.name, value), text
    else:
        return
    under = low is not None and size < order(type_.name, low)  # type: ignore[operator]
    over = high is not None and size > order(type_.name, high)  # type: ignore[operator]
    if under or over:
        outside(str(key), (low, high), what, path, report)


def outside(
    key: str, ends: tuple[JsonValue, JsonValue], what: str, path: Path, report: Report
) -> None:
    """Report a value that is not between the least and the greatest."""
    low, high = ends
    bounds = [
        f"at least {low}" if low is not None else "",
        f"at most {high}" if high is not None else "",
    ]
    allowed = listed([item for item in bounds if item], "and")
    message = f"`{key}` is {allowed}; this is {what}."
    report.add("outside-bounds", path, message, "change one of the two")
