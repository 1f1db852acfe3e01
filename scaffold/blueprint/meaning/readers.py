"""How one value of each type is read from what a blueprint says; None if it is not one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, time
from decimal import Decimal
from uuid import UUID

from scaffold.blueprint.meaning.forms import (
    ANYTHING,
    DAY,
    DIGITS,
    FIRST_YEAR,
    FORMS,
    LARGEST,
    LAST_YEAR,
    LONGEST_SPAN,
)
from scaffold.blueprint.models import JsonValue
from scaffold.blueprint.sections import Span
from scaffold.blueprint.shapes.times import SPAN, is_date
from scaffold.blueprint.source.nodes import Scalar
from scaffold.blueprint.words import TEXT_TYPES

DECIMAL = re.compile(r"[-+]?[0-9]+(\.[0-9]{1,10})?")
INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
ISO_SPAN = re.compile(
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
_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?"
MOMENT = re.compile(
    rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[T ]{_TIME}(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])?"
)


def iso_span(span: Span) -> str:
    """The ISO 8601 form of a length of time: 30 minutes is PT30M."""
    return _UNIT_SIGNS[span.unit].format(span.amount)


def _integer(node: Scalar) -> int | None:
    known = node.kind == "int" and INTEGER.fullmatch(node.text)
    return int(node.text) if known and abs(int(node.text)) <= LARGEST else None


def _decimal(digits: int) -> Callable[[Scalar], str | None]:
    most = Decimal(10) ** digits

    def read(node: Scalar) -> str | None:
        if node.kind not in ("int", "float") or not DECIMAL.fullmatch(node.text):
            return None
        number = Decimal(node.text)
        if abs(number) >= most:
            return None
        return f"{number if number else abs(number):f}"  # no zeros in front, no minus on a zero

    return read


def _yes_no(node: Scalar) -> bool | None:
    return {"true": True, "yes": True, "false": False, "no": False}.get(node.text.lower())


def _date(node: Scalar) -> str | None:
    return node.text if is_date(node.text) else None


def _formed(
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


def _moment(text: str) -> None:
    """Raises ValueError for a point in time that is none, or that not every zone can tell."""
    if not FIRST_YEAR <= datetime.fromisoformat(text).year <= LAST_YEAR:
        raise ValueError(text)


def _duration(node: Scalar) -> str | None:
    match = SPAN.fullmatch(node.text)
    iso = iso_span(Span(int(match[1]), match[2])) if match else node.text
    if not ISO_SPAN.fullmatch(iso) or iso_seconds(iso) > LONGEST_SPAN * DAY:
        return None
    return iso


def iso_seconds(iso: str) -> int:
    """The length of an ISO 8601 duration; a month counts as 30 days, a year as 365."""
    total, clock = 0, False
    for amount, sign in re.findall(r"([0-9]*)([A-Z])", iso):
        clock = clock or sign == "T"
        units = {"Y": "year", "M": "minute" if clock else "month", "W": "week", "D": "day"}
        unit = (units | {"H": "hour", "S": "second"}).get(sign)
        total += Span(int(amount), unit).seconds if unit and amount else 0
    return total


def _text(type_name: str) -> Callable[[Scalar], str | None]:
    form = FORMS.get(type_name, ANYTHING)
    return lambda node: node.text if node.kind == "text" and form.fullmatch(node.text) else None


READERS: dict[str, Callable[[Scalar], JsonValue]] = {
    "integer": _integer,
    "decimal": _decimal(DIGITS["decimal"]),
    "money": _decimal(DIGITS["money"]),
    "percent": _decimal(DIGITS["percent"]),
    "yes_no": _yes_no,
    "date": _date,
    "time": _formed(time.fromisoformat, re.compile(_TIME)),
    "datetime": _formed(_moment, MOMENT),
    "duration": _duration,
    "uuid": _formed(UUID, re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")),
}
READERS |= {name: _text(name) for name in TEXT_TYPES}
