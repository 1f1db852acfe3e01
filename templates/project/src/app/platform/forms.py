"""How values are written in JSON, and how they are read: one form each, and nothing looser.

Pydantic by itself reads dates from numbers, numbers from text and UUIDs in five spellings. What
is documented is what is accepted, so these readers take the documented form alone.
"""

from __future__ import annotations

import datetime as dt
import decimal
import re
from collections.abc import Callable, Iterable, Mapping
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
SECONDS = r"[0-9]{1,5}(\.[0-9]{1,6})?S"
CLOCK = rf"T([0-9]{{1,5}}H([0-9]{{1,5}}M)?({SECONDS})?|[0-9]{{1,5}}M({SECONDS})?|{SECONDS})"
DURATION = rf"^P([0-9]{{1,5}}D({CLOCK})?|{CLOCK})$"
DIFFERENCE = DURATION.replace("^P", "^-?P")
WHOLE = r"^(0|-?[1-9][0-9]{0,15})$"
KNOWN = frozenset({NOT_BLANK, ANYTHING, EMAIL, PHONE, URL})
UNITS = {
    "D": dt.timedelta(days=1),
    "H": dt.timedelta(hours=1),
    "M": dt.timedelta(minutes=1),
    "S": dt.timedelta(seconds=1),
}


def decimal_form(places: int, digits: int, *, negative: bool = True) -> str:
    """Give the pattern of a decimal with at most that many digits before and behind the point."""
    fraction = rf"(\.[0-9]{{1,{places}}})?" if places else ""
    return f"^{'-?' if negative else ''}(0|[1-9][0-9]{{0,{digits - 1}}}){fraction}$"


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
    return utc(dt.datetime.fromisoformat(text))


def duration(text: str) -> dt.timedelta:
    """Read a duration, such as P1DT2H."""
    counts = {unit: decimal.Decimal(count) for count, unit in re.findall(r"([0-9.]+)(.)", text)}
    return sum((UNITS[unit] * int(count) for unit, count in counts.items()), fraction(counts))


def fraction(counts: Mapping[str, decimal.Decimal]) -> dt.timedelta:
    """Give the part of a second among the counts of a duration's units."""
    return dt.timedelta(microseconds=int(counts.get("S", decimal.Decimal()) % 1 * 1_000_000))


def span(value: dt.timedelta) -> str:
    """Write a duration, such as P1DT2H, in the form in which it is read."""
    hours, seconds = divmod(value.seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    precise = f"{seconds}.{value.microseconds:06d}".rstrip("0").rstrip(".")
    parts = ((hours, f"{hours}H"), (minutes, f"{minutes}M"), (precise != "0", f"{precise}S"))
    clock = "".join(text for count, text in parts if count)
    days = f"{value.days}D" if value.days else ""
    return f"P{days}T{clock}" if clock else f"P{days}" if days else "PT0S"


def difference(value: dt.timedelta) -> str:
    """Write a duration that may be less than none, such as -P1D."""
    return f"-{span(-value)}" if value < dt.timedelta() else span(value)


def utc(value: dt.datetime) -> dt.datetime:
    """Give a point in time as UTC tells it."""
    return value.astimezone(dt.UTC)


def narrowed(form: str, rule: str) -> BeforeValidator:
    """Accept, of the decimals that a kind accepts, those alone that are written in this form."""
    pattern = re.compile(form)

    def look(value: Any) -> Any:
        written = f"{value:f}" if isinstance(value, decimal.Decimal) else value
        if isinstance(written, str) and not pattern.fullmatch(written):
            raise ValueError(rule)
        return value

    return BeforeValidator(look)


def quantizer(places: int) -> Callable[[decimal.Decimal], decimal.Decimal]:
    """Make the function that gives a decimal exactly so many places."""
    step = decimal.Decimal(1).scaleb(-places)
    return lambda value: unsigned(value.quantize(step))


def unsigned(value: decimal.Decimal) -> decimal.Decimal:
    """Take the minus from a zero."""
    return abs(value) if value.is_zero() else value


def whole(value: Any) -> Any:
    """Read 3.0 as 3: to JSON both are the same number."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def distinct(ids: list[UUID]) -> list[UUID]:
    """Refuse a list that names something twice."""
    if len(set(ids)) < len(ids):
        raise ValueError("must not name the same record twice")
    return ids


def as_list(ids: Iterable[UUID] | None) -> list[UUID] | None:
    """Give ids as a plain list: a relation holds them in a list of its own kind."""
    return None if ids is None else list(ids)


def flag(value: Any) -> bool:
    """Read `true` or `false` from a query."""
    if value not in ("true", "false"):
        raise ValueError("must be true or false")
    return bool(value == "true")
