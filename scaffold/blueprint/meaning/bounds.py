"""Least, greatest, pattern and default of one field, against its type and each other."""

from __future__ import annotations

import re
from decimal import Decimal

from scaffold.blueprint.faults import Path, listed
from scaffold.blueprint.meaning.patterns import why_not_portable
from scaffold.blueprint.meaning.values import DEFAULT_WORDS, read_value
from scaffold.blueprint.models import JsonValue
from scaffold.blueprint.report import Report
from scaffold.blueprint.sections import Span
from scaffold.blueprint.shapes.blocks import Said
from scaffold.blueprint.shapes.plain import Unreadable, refuse
from scaffold.blueprint.shapes.types import FieldType
from scaffold.blueprint.words import MOMENT_TYPES, NUMBER_TYPES, TEXT_TYPES

_LONGEST_TEXT = 1_000_000
_LENGTH = FieldType("integer")


def _order(type_name: str, value: JsonValue) -> Decimal | str | int:
    if type_name in NUMBER_TYPES or type_name in TEXT_TYPES:
        return Decimal(str(value))
    if type_name == "duration":
        return _seconds(str(value))
    return str(value)


def _seconds(iso: str) -> int:
    total, clock = 0, False
    for amount, sign in re.findall(r"([0-9]*)([A-Z])", iso):
        clock = clock or sign == "T"
        units = {"Y": "year", "M": "minute" if clock else "month", "W": "week", "D": "day"}
        unit = (units | {"H": "hour", "S": "second"}).get(sign)
        total += Span(int(amount), unit).seconds if unit and amount else 0
    return total


def read_bounds(type_: FieldType, said: Said, path: Path, report: Report) -> Said:
    """`min` and `max` as values of the type; for text they are lengths."""
    found: Said = {}
    for key in ("min", "max"):
        if key not in said:
            continue
        measured = _LENGTH if type_.name in TEXT_TYPES else type_
        value = read_value(measured, said[key], (*path, key), report)
        if isinstance(value, Unreadable):
            continue
        if measured is _LENGTH and not 0 <= int(str(value)) <= _LONGEST_TEXT:
            allowed = f"a length from 0 to {_LONGEST_TEXT}"
            refuse(report, (*path, key), allowed, said[key])
            continue
        found[key] = value
    if len(found) == len(("min", "max")):
        low, high = found["min"], found["max"]
        if _order(type_.name, low) > _order(type_.name, high):  # type: ignore[operator]
            message = f"`min` is at most `max`; {low} is more than {high}."
            report.add("min-over-max", (*path, "min"), message, "exchange the two")
            return {}
    return found


def read_pattern(said: Said, path: Path, report: Report) -> str | None:
    """The pattern, if Python and PostgreSQL both understand it the same way."""
    pattern: str | None = said.get("pattern")
    if pattern is None:
        return None
    why = why_not_portable(pattern)
    if why is None:
        return pattern
    message = f"`pattern` is a regular expression that Python and PostgreSQL share; {why}."
    report.add("pattern", (*path, "pattern"), message, 'such as "[A-Z]{2}-[0-9]+"')
    return None


def check_value(
    type_: FieldType, value: JsonValue, limits: Said, path: Path, report: Report
) -> None:
    """A default, example or backfill must be a legal value of its own field."""
    if value == DEFAULT_WORDS.get(type_.name):
        return
    key = path[-1]
    text = str(value)
    places, given = limits.get("places"), len(text.partition(".")[2])
    if type_.name == "decimal" and places is not None and given > places:
        message = f"`{key}` has at most {places} places after the point; this has {given}."
        report.add("places", path, message, "change one of the two")
    pattern = limits.get("pattern")
    if type_.name in TEXT_TYPES and pattern and not re.fullmatch(pattern, text):
        message = f"`{key}` does not fit the pattern {pattern}."
        report.add("outside-pattern", path, message, "change one of the two")
    size: Decimal | str | int
    if type_.name in TEXT_TYPES:
        size, what = Decimal(len(text)), f"{len(text)} characters"
    elif type_.name in NUMBER_TYPES + MOMENT_TYPES:
        size, what = _order(type_.name, value), text
    else:
        return
    low, high = limits.get("min"), limits.get("max")
    under = low is not None and size < _order(type_.name, low)  # type: ignore[operator]
    over = high is not None and size > _order(type_.name, high)  # type: ignore[operator]
    if under or over:
        bounds = [
            f"at least {low}" if low is not None else "",
            f"at most {high}" if high is not None else "",
        ]
        allowed = listed([item for item in bounds if item], "and")
        report.add(
            "outside-bounds",
            path,
            f"`{key}` is {allowed}; this is {what}.",
            "change one of the two",
        )
