"""The kinds of values as people read and type them.

A kind writes a value for people, puts it into a control of a form, and reads what was typed there
into the form in which the API takes it. What it cannot read it passes on as it was typed, so that
the schema refuses it in its own words.
"""

from __future__ import annotations

import datetime as dt
import decimal
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from app.platform import forms
from app.platform import values as v
from app.platform.console.amounts import from_span, number, span
from app.platform.console.words import label

UNGROUPED = 10_000
"""Numbers below it stand without a comma, as years do."""
MINUTE = 16
"""How many characters of a point in time say it up to its minute."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reader is: the time zone in which they read, and the system's currency."""

    zone: ZoneInfo
    currency: str = ""


Write = Callable[[Any, Place], str]
Read = Callable[[str, Place], Any]


def plainly(value: Any, _: Place) -> str:
    """Write a value as it is."""
    return str(value)


def as_typed(text: str, _: Place) -> Any:
    """Take what was typed as it is."""
    return text


@dataclass(frozen=True, slots=True)
class Kind:
    """How values of one kind are shown, what control takes them, and how they are typed."""

    name: str
    control: str = "text"
    show: Write = plainly
    fill: Write = plainly
    read: Read = as_typed
    numeric: bool = False
    hint: str = ""


def grouped(value: int, _: Place) -> str:
    """Write a whole number, a long one with its thousands apart; the database counts in decimals."""
    return f"{int(value):,}" if abs(value) >= UNGROUPED else str(int(value))


def money(value: decimal.Decimal, place: Place) -> str:
    """Write an amount with the currency, where the system has one alone."""
    return f"{value:,.2f} {place.currency}".rstrip()


def shortest(value: decimal.Decimal, _: Place) -> str:
    """Write a decimal without zeros at its end."""
    return f"{value.normalize():f}"


def whole(text: str, _: Place) -> int | str:
    """Read a whole number."""
    plain = number(text)
    return int(plain) if re.fullmatch(forms.WHOLE, plain) else text


def day(value: dt.date, _: Place) -> str:
    """Write a date such as 31 Mar 2026."""
    return f"{value.day} {value:%b %Y}"


def minute(value: dt.time, _: Place) -> str:
    """Write a time of day up to its minute, unless it has seconds."""
    return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"


def moment(value: dt.datetime, place: Place) -> str:
    """Write a point in time as the reader's clock shows it."""
    local = value.astimezone(place.zone)
    return f"{day(local, place)}, {local:%H:%M}"


def local(value: dt.datetime, place: Place) -> str:
    """Write a point in time for a control, which knows no zones."""
    return value.astimezone(place.zone).isoformat()[:MINUTE]


def from_local(text: str, place: Place) -> str:
    """Read a point in time by the reader's clock."""
    try:
        typed = dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    return typed.replace(tzinfo=place.zone).isoformat()


def yes_or_no(value: bool, _: Place) -> str:
    """Write yes or no."""
    return "Yes" if value else "No"


def from_flag(text: str, _: Place) -> bool | str:
    """Read yes or no."""
    return {"true": True, "false": False}.get(text, text)


def pretty(value: Any, _: Place) -> str:
    """Write JSON for people."""
    return json.dumps(value, indent=2, ensure_ascii=False)


def from_json(text: str, _: Place) -> Any:
    """Read JSON; what is none becomes what no schema takes."""
    try:
        return json.loads(text)
    except ValueError:
        return NO_JSON


NO_JSON = float("nan")
TEXT = Kind("text")
LONG = Kind("long_text", "textarea")
CHOICE = Kind("choice", "select", lambda one, _: label(one))
RECORD = Kind("record", "record")
MANY = Kind("many", "many")
DURATION = Kind(
    "duration",
    "text",
    lambda value, _: span(value),
    lambda value, _: span(value),
    lambda text, _: from_span(text),
    numeric=True,
    hint="Such as 1d 2h 30min",
)
FILE = Kind("file", "file", lambda _, __: "Download")

KINDS: Mapping[Any, Kind] = {
    v.Text: TEXT,
    v.Plain: TEXT,
    v.Email: Kind("email", "email"),
    v.Phone: Kind("phone", "tel"),
    v.Url: Kind("url", "url"),
    v.Integer: Kind("integer", "number", grouped, plainly, whole, numeric=True),
    v.Money: Kind("money", "number", money, plainly, lambda text, _: number(text), numeric=True),
    v.Percent: Kind(
        "percent",
        "number",
        lambda one, at: f"{shortest(one, at)} %",
        shortest,
        lambda text, _: number(text.rstrip("% ")),
        numeric=True,
    ),
    v.Decimal: Kind(
        "decimal", "number", shortest, shortest, lambda text, _: number(text), numeric=True
    ),
    v.YesNo: Kind("yes_no", "check", yes_or_no, lambda one, _: str(one).lower(), from_flag),
    v.Date: Kind("date", "date", day),
    v.Time: Kind("time", "time", minute),
    v.Datetime: Kind("datetime", "datetime-local", moment, local, from_local),
    v.Duration: DURATION,
    v.Difference: DURATION,
    v.Ids: MANY,
    v.Json: Kind("json", "textarea", pretty, pretty, from_json, hint="As JSON"),
}
"""How each kind of value that schemas name is shown and typed; ids and choices stand apart."""
