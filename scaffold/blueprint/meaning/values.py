"""Values of a field's type: defaults, examples, backfills, least and greatest."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, time
from uuid import UUID

from scaffold.blueprint.faults import Path, listed, nearest
from scaffold.blueprint.models import JsonValue
from scaffold.blueprint.report import Report
from scaffold.blueprint.sections import Span
from scaffold.blueprint.shapes.plain import Unreadable, refuse
from scaffold.blueprint.shapes.times import SPAN, is_date
from scaffold.blueprint.shapes.types import FieldType
from scaffold.blueprint.source.nodes import Mapping, Node, Scalar
from scaffold.blueprint.words import TEXT_TYPES

_DECIMAL = re.compile(r"[-+]?([0-9]{1,15})(\.[0-9]{1,10})?")
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_ISO_SPAN = re.compile(
    r"P(?=.)([0-9]{1,6}Y)?([0-9]{1,6}M)?([0-9]{1,6}W)?([0-9]{1,6}D)?"
    r"(T(?=.)([0-9]{1,6}H)?([0-9]{1,6}M)?([0-9]{1,6}S)?)?"
)
_UNIT_SIGNS = {
    "second": "PT{}S",
    "minute": "PT{}M",
    "hour": "PT{}H",
    "day": "P{}D",
    "week": "P{}W",
    "month": "P{}M",
    "year": "P{}Y",
}
_PATTERNS = {
    "email": re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]+"),
    "phone": re.compile(r"\+?[0-9][0-9 ()./-]{2,30}"),
    "url": re.compile(r"https?://[^\s/]+\S*"),
}
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
    "email": "an e-mail address",
    "phone": "a telephone number",
    "url": "an address that begins with https://",
    "uuid": "a UUID",
}
DEFAULT_WORDS = {"date": "today", "datetime": "now"}


def iso_span(span: Span) -> str:
    """The ISO 8601 form of a length of time: 30 minutes is PT30M."""
    return _UNIT_SIGNS[span.unit].format(span.amount)


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
        reader = _READERS.get(type_.name)
        value = reader(node) if reader else _text(type_.name, node)
        if value is not None:
            return value
    allowed = _ALLOWED.get(type_.name, "text")
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
    if node.kind == "int" and _INTEGER.fullmatch(node.text):
        return int(node.text)
    if node.kind == "float" and _DECIMAL.fullmatch(node.text):
        return float(node.text)
    plain = {"null": None, "bool": node.text.lower() == "true"}
    return plain.get(node.kind, node.text)


def _choice(type_: FieldType, node: Scalar, path: Path, report: Report) -> str | Unreadable:
    if node.text in type_.choices:
        return node.text
    best = nearest(node.text, type_.choices)
    hint = f"did you mean {best}?" if best else None
    return refuse(report, path, listed(type_.choices), node, hint)


def _integer(node: Scalar) -> int | None:
    return int(node.text) if node.kind == "int" and _INTEGER.fullmatch(node.text) else None


def _decimal(node: Scalar) -> str | None:
    if node.kind in ("int", "float") and _DECIMAL.fullmatch(node.text):
        return node.text.removeprefix("+")
    return None


def _yes_no(node: Scalar) -> bool | None:
    return {"true": True, "yes": True, "false": False, "no": False}.get(node.text.lower())


def _date(node: Scalar) -> str | None:
    return node.text if is_date(node.text) else None


def _moment(
    parse: Callable[[str], object], form: re.Pattern[str]
) -> Callable[[Scalar], str | None]:
    def read(node: Scalar) -> str | None:
        if not form.fullmatch(node.text):
            return None
        try:
            parse(node.text)
        except ValueError:
            return None
        return node.text

    return read


def _duration(node: Scalar) -> str | None:
    match = SPAN.fullmatch(node.text)
    if match:
        return iso_span(Span(int(match[1]), match[2]))
    return node.text if _ISO_SPAN.fullmatch(node.text) else None


def _text(type_name: str, node: Scalar) -> str | None:
    pattern = _PATTERNS.get(type_name)
    if node.kind != "text" or (pattern and not pattern.fullmatch(node.text)):
        return None
    return node.text


_TIME = r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?"
_READERS: dict[str, Callable[[Scalar], JsonValue]] = {
    "integer": _integer,
    "decimal": _decimal,
    "money": _decimal,
    "percent": _decimal,
    "yes_no": _yes_no,
    "date": _date,
    "time": _moment(time.fromisoformat, re.compile(_TIME)),
    "datetime": _moment(
        datetime.fromisoformat,
        re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[T ]{_TIME}(Z|[+-][0-9]{{2}}:[0-9]{{2}})?"),
    ),
    "duration": _duration,
    "uuid": _moment(UUID, re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")),
}
