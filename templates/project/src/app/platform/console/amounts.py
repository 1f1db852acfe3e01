"""Numbers and lengths of time as people write them."""

from __future__ import annotations

import datetime as dt
import re

from app.platform import forms

THOUSANDS = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
COMMA = re.compile(r"-?[0-9]+,[0-9]{1,2}")
CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)$")
SPAN = re.compile(
    r"(?:(\d{1,5})\s*d(?:ays?)?)?\s*(?:(\d{1,5}(?:[.,]\d{1,2})?)\s*h(?:ours?)?)?"
    r"\s*(?:(\d{1,5})\s*m(?:in(?:utes?)?)?)?"
)


def number(text: str) -> str:
    """Read a number whose thousands stand apart, or whose cents stand behind a comma."""
    plain = "".join(text.split())
    if COMMA.fullmatch(plain):
        return plain.replace(",", ".")
    plain = plain.replace(",", "") if THOUSANDS.fullmatch(plain) else plain
    return plain if NUMBER.fullmatch(plain) else text


def span(value: dt.timedelta) -> str:
    """Write a duration such as 1 d 2 h 30 min."""
    minutes = abs(value) // dt.timedelta(minutes=1)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    units = ((days, "d"), (hours, "h"), (minutes, "min"))
    said = " ".join(f"{count} {unit}" for count, unit in units if count) or "0 min"
    return f"-{said}" if value < dt.timedelta() else said


def from_span(text: str) -> str:
    """Read a duration such as 1d 2h 30min, 1,5 h or 1:30."""
    found = SPAN.fullmatch(CLOCK.sub(r"\1h \2min", text.strip()))
    if found is None or not any(found.groups()):
        return text
    days, hours, minutes = (float((count or "0").replace(",", ".")) for count in found.groups())
    return forms.span(dt.timedelta(days=days, hours=hours, minutes=minutes))
