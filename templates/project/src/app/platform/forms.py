"""How values are written in JSON, and how they are read: one form each, and nothing looser.

Pydantic by itself reads dates from numbers, numbers from text and UUIDs in five spellings. What
is documented is what is accepted, so these readers take the documented form alone.
"""

from __future__ import annotations

import datetime as dt
import decimal
import math
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from pydantic import BeforeValidator

NOT_BLANK = r"^[^\x00]*[^\s\x00][^\x00]*$"
ANYTHING = r"^[^\x00]*$"
EMAIL = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,4}$"
PHONE = r"^[+0-9(][0-9 ().x/-]{4,31}$"
URL = r"^https?://[!-~]{1,1990}$"
ID = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?$"
MOMENT = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?"
    r"([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$"
)
DURATION = r"^P([0-9]{1,5}D(T[0-9]{1,5}[HMS])?|T[0-9]{1,5}H([0-9]{1,5}M)?|T[0-9]{1,5}[MS])$"
WHOLE = r"^-?[0-9]{1,15}$"
KNOWN = frozenset({NOT_BLANK, ANYTHING, EMAIL, PHONE, URL})
DEEPEST = 50


def decimal_form(places: int, digits: int, *, negative: bool = True) -> str:
    """Give the pattern of a decimal with at most that many digits before and behind the point."""
    fraction = rf"(\.[0-9]{{1,{places}}})?" if places else ""
    return f"^{'-?' if negative else ''}[0-9]{{1,{digits}}}{fraction}$"


def reader(kind: type, form: str, such_as: str, parse: Callable[[str], Any]) -> BeforeValidator:
    """Accept text of this form alone. Values that are of the kind already pass as they are."""
    pattern = re.compile(form)

    def read(value: Any) -> Any:
        if isinstance(value, kind):
            return value
        try:
            if isinstance(value, str) and pattern.fullmatch(value):
                return parse(value)
        except (ValueError, OverflowError):
            pass  # of the right form, but there is no such day or hour
        raise ValueError(f"must be text such as {such_as}")

    return BeforeValidator(read)


def moment(text: str) -> dt.datetime:
    """Read a point in time. Python keeps microseconds: further digits are cut."""
    text = re.sub(r"(\.[0-9]{6})[0-9]+", r"\1", text.upper())
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)


def duration(text: str) -> dt.timedelta:
    """Read a duration, such as P1DT2H."""
    date_part, _, time_part = text[1:].partition("T")
    units = {unit: int(count) for count, unit in re.findall(r"([0-9]+)([HMS])", time_part)}
    return dt.timedelta(
        days=int(date_part[:-1] or 0),
        hours=units.get("H", 0),
        minutes=units.get("M", 0),
        seconds=units.get("S", 0),
    )


def quantizer(places: int) -> Callable[[decimal.Decimal], decimal.Decimal]:
    """Make the function that gives a decimal exactly so many places."""
    step = decimal.Decimal(1).scaleb(-places)
    return lambda value: value.quantize(step)


def storable(value: Any, depth: int = 0) -> Any:
    """Refuse JSON that a database or another reader could not take: too deep, or not finite."""
    if depth > DEEPEST:
        raise ValueError(f"must not be nested deeper than {DEEPEST} levels")
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("must hold finite numbers only")
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in inner:
        storable(item, depth + 1)
    return value


def distinct(ids: list[UUID]) -> list[UUID]:
    """Refuse a list that names something twice."""
    if len(set(ids)) < len(ids):
        raise ValueError("must not name the same record twice")
    return ids


def flag(value: Any) -> bool:
    """Read `true` or `false` from a query."""
    if value not in ("true", "false"):
        raise ValueError("must be true or false")
    return bool(value == "true")
