"""Values of a field's type: defaults, examples, backfills, least and greatest."""

from __future__ import annotations

import re
from math import isfinite

from scaffold.blueprint.faults import Path, listed, nearest
from scaffold.blueprint.meaning.forms import (
    DIGITS,
    FIRST_YEAR,
    LARGEST,
    LAST_YEAR,
    LONGEST_SPAN,
    MOST_PLACES,
    PLACES,
)
from scaffold.blueprint.meaning.readers import DECIMAL, INTEGER, ISO_SPAN, MOMENT, READERS
from scaffold.blueprint.models import JsonValue
from scaffold.blueprint.report import Report
from scaffold.blueprint.shapes.plain import Unreadable, refuse
from scaffold.blueprint.shapes.times import SPAN
from scaffold.blueprint.shapes.types import FieldType
from scaffold.blueprint.source.nodes import Mapping, Node, Scalar
from scaffold.blueprint.words import TEXT_TYPES

_WRITTEN = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")
_ALLOWED = {
    "integer": "a whole number",
    "decimal": "a number, such as 12.5",
    "money": "an amount, such as 12.50",
    "percent": "a number, such as 7.5",
    "yes_no": "true or false",
    "date": "a date, such as 2027-06-30",
    "time": "a time, such as 09:30",
    "datetime": "a date and time, such as 2027-06-30T09:30Z",
    "duration": "a length of time, such as 30 minutes",
    "email": "an e-mail address, such as ana@example.com",
    "phone": "a telephone number, such as +1 555 0100",
    "url": "an address that begins with https:// and holds no blanks",
    "uuid": "a UUID",
}
DEFAULT_WORDS = {"date": "today", "datetime": "now"}


def read_value(
    type_: FieldType, node: Node, path: Path, report: Report, *, words: bool = False
) -> JsonValue | Unreadable:
    """A value of the field's type as JSON. With `words`, `today`, `now` and `me` too."""
    if type_.name == "json":
        return as_json(node)
    if isinstance(node, Scalar):
        if words and node.text == DEFAULT_WORDS.get(type_.name):
            return node.text
        if type_.name == "choice":
            return _choice(type_, node, path, report)
        value = READERS[type_.name](node)
        if value is not None:
            return value
    allowed = _too_much(type_.name, node) or _ALLOWED.get(type_.name, "text")
    if words and type_.name in DEFAULT_WORDS:
        allowed += f", or {DEFAULT_WORDS[type_.name]}"
    return refuse(report, path, allowed, node, _quotes(type_, node))


def _quotes(type_: FieldType, node: Node) -> str | None:
    if (
        type_.name not in TEXT_TYPES
        or not isinstance(node, Scalar)
        or node.kind in ("text", "null")
    ):
        return None
    return f'put it in quotes: "{node.text[:40]}"'


def as_json(node: Node) -> JsonValue:
    """Any node as JSON; a number that is not finite, or is huge, stays text."""
    if isinstance(node, Mapping):
        return {name: as_json(value) for name, (_, value) in node.entries.items()}
    if not isinstance(node, Scalar):
        return [as_json(item) for item in node.items]
    if node.kind == "int" and INTEGER.fullmatch(node.text):
        return int(node.text)
    if node.kind == "float" and DECIMAL.fullmatch(node.text) and isfinite(float(node.text)):
        return float(node.text)
    plain = {"null": None, "bool": node.text.lower() == "true"}
    return plain.get(node.kind, node.text)


def _choice(type_: FieldType, node: Scalar, path: Path, report: Report) -> str | Unreadable:
    if node.text in type_.choices:
        return node.text
    best = nearest(node.text, type_.choices)
    hint = f"did you mean {best}?" if best else None
    return refuse(report, path, listed(type_.choices), node, hint)


def _too_much(type_name: str, node: Node) -> str | None:
    """What is allowed at most, if the value is one of the type but for its size."""
    text = node.text if isinstance(node, Scalar) and node.kind != "text" else ""
    if type_name == "integer" and text.lstrip("+-").isdecimal():
        return f"a whole number from -{LARGEST} to {LARGEST}"
    if type_name in DIGITS and _WRITTEN.fullmatch(text):
        places = PLACES.get(type_name, MOST_PLACES)
        return f"at most {DIGITS[type_name]} digits before the point and {places} behind it"
    spoken = node.text if isinstance(node, Scalar) else ""
    if type_name == "duration" and (SPAN.fullmatch(spoken) or ISO_SPAN.fullmatch(spoken)):
        return f"a length of time of at most {LONGEST_SPAN} days"
    if type_name == "datetime" and MOMENT.fullmatch(spoken):
        return f"a date and time that exists, in the years {FIRST_YEAR} to {LAST_YEAR}"
    return None
