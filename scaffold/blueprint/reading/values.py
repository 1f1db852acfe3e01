"""Values of fields as people say them: defaults, examples, bounds, lengths of time."""

from __future__ import annotations

import json
import re

from scaffold.blueprint.models import Field, JsonValue, Names
from scaffold.blueprint.reading.english import counted, listing, quoted, spoken
from scaffold.blueprint.words import TEXT_TYPES

_MOMENTS = {"today": "the current day", "now": "the current time", "me": "whoever adds it"}
_ISO_SPAN = re.compile(r"([0-9]+)([YMWDHS])")
_BEFORE_T = {"Y": "year", "M": "month", "W": "week", "D": "day"}
_AFTER_T = {"H": "hour", "M": "minute", "S": "second"}


def renames_in_words(renamed: Names) -> list[str]:
    """What choices or stages were called before: `urgent is what was "pressing"`."""
    return [f"{spoken(new)} is what was {quoted(spoken(old))}" for old, new in renamed]


def value_in_words(field: Field, value: JsonValue) -> str:
    """A value of this field: `yes`, `low`, `whoever adds it`, `30 minutes`, `"en"`."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field.type == "json" or isinstance(value, list | dict) or value is None:
        return json.dumps(value, ensure_ascii=False)
    text = str(value)
    if text in _MOMENTS and field.type in ("date", "datetime", "time", "record"):
        return _MOMENTS[text]
    if field.type == "choice":
        return spoken(text)
    if field.type == "duration":
        return span_in_words(text)
    return quoted(text) if field.type in TEXT_TYPES else text


def span_in_words(iso: str) -> str:
    """PT90M is 90 minutes; P1DT2H is 1 day and 2 hours."""
    date, _, clock = iso.partition("T")
    found = [(amount, _BEFORE_T.get(unit)) for amount, unit in _ISO_SPAN.findall(date)]
    found += [(amount, _AFTER_T.get(unit)) for amount, unit in _ISO_SPAN.findall(clock)]
    said = [counted(int(amount), unit) for amount, unit in found if unit]
    return listing(said) if said else iso


def bounds_in_words(field: Field) -> str | None:
    """`at most 200 characters`, `0 to 10`, `at least 30 minutes`; None without bounds."""
    unit = " characters" if field.type in TEXT_TYPES else ""
    low, high = (
        None if bound is None else value_in_words(field, bound).strip('"')
        for bound in (field.min, field.max)
    )
    if low is not None and high is not None:
        return f"{low} to {high}{unit}"
    if low is not None:
        return f"at least {low}{unit}"
    return f"at most {high}{unit}" if high is not None else None
