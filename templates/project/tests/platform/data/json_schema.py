"""What a JSON Schema allows, as far as the schemas of the API go."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

KINDS: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: is_number(value) and value == int(value),
    "boolean": lambda value: isinstance(value, bool),
    "array": lambda value: isinstance(value, list),
    "null": lambda value: value is None,
}
LETTERS: dict[str, Callable[[str, Any], bool]] = {
    "pattern": lambda value, rule: re.search(rule.removesuffix("$") + r"\Z", value) is not None,
    "minLength": lambda value, rule: len(value) >= rule,
    "maxLength": lambda value, rule: len(value) <= rule,
    "format": lambda value, rule: is_of(rule, value),
}
NUMBERS: dict[str, Callable[[Any, Any], bool]] = {
    "minimum": lambda value, rule: value >= rule,
    "maximum": lambda value, rule: value <= rule,
}
LISTS: dict[str, Callable[[list[Any], Any], bool]] = {
    "items": lambda value, rule: all(allows(rule, item) for item in value),
    "uniqueItems": lambda value, rule: not rule or len(set(value)) == len(value),
    "maxItems": lambda value, rule: len(value) <= rule,
}


def allows(schema: Mapping[str, Any], value: Any) -> bool:
    """Whether the schema allows the value."""
    if "type" in schema and not KINDS[schema["type"]](value):
        return False
    if "anyOf" in schema and not any(allows(part, value) for part in schema["anyOf"]):
        return False
    if not all(allows(part, value) for part in schema.get("allOf", ())):
        return False
    rules: Mapping[str, Callable[[Any, Any], bool]] = {}
    if isinstance(value, str):
        rules = LETTERS
    elif is_number(value):
        rules = NUMBERS
    elif isinstance(value, list):
        rules = LISTS
    return all(holds(value, schema[name]) for name, holds in rules.items() if name in schema)


def is_number(value: Any) -> bool:
    """Whether it is a finite number to JSON."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e300


def is_of(name: str, value: str) -> bool:
    """Whether the text is of the format: it looks so, and can be read."""
    form, read = FORMATS[name]
    try:
        read(value.upper())
    except (ValueError, OverflowError):
        return False
    return re.fullmatch(form, value) is not None


def moment(text: str) -> dt.datetime:
    """Read a point in time that the clock of UTC can tell."""
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)


FORMATS: dict[str, tuple[str, Callable[[str], object]]] = {
    "date": (r"\d{4}-\d\d-\d\d", dt.date.fromisoformat),
    "date-time": (
        r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)",
        moment,
    ),
    "uuid": (r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", UUID),
}
