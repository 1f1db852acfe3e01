"""Patterns of dates, times and durations within a bound, so that a JSON Schema says it.

With `up` a pattern takes the bound and what is later or longer, otherwise the bound and what is
earlier or shorter. Of the form it says little: the pattern or format of the kind says that.

All that a pattern takes is within the bound. The other way round there are two exceptions, which
the API accepts all the same, because a pattern does not reckon: points in time around the bound
whose offset is not that of UTC, and durations such as PT1H90M, in which a unit runs over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from app.platform import forms
from app.platform.ranges import beyond, one_of, wholes

FRACTION = r"(\.[0-9]{1,9})?"
NO_FRACTION = r"(\.0{1,9})?"
UTC = "([Zz]|[+-]00:00)"
DAY = dt.timedelta(days=1)
DIGITS = 5  # of a count in a duration
UNITS = {"D": 86_400, "H": 3_600, "M": 60, "S": 1}
WITHIN = {"H": "(1?[0-9]|2[0-3])", "M": "[1-5]?[0-9]", "S": f"[1-5]?[0-9]{FRACTION}"}
"""Counts that do not run over into the next unit."""


def dates(bound: str, *, up: bool) -> str:
    """Give the pattern of dates; they compare as their text does."""
    return one_of([bound, *beyond(bound, up=up)])


def clocks(bound: str, *, up: bool) -> str:
    """Give the pattern of times of day, which may leave out the seconds."""
    bound = dt.time.fromisoformat(bound).isoformat("seconds")
    minute, second = bound[:5], bound[6:]
    ways = [f"{way}(:[0-9]{{2}}{FRACTION})?" for way in beyond(minute, up=up)]
    ways += [f"{minute}:{way}{FRACTION}" for way in beyond(second, up=up)]
    ways.append(f"{bound}{FRACTION if up else NO_FRACTION}")
    return one_of([*ways, minute] if second == "00" or not up else ways)


def moments(bound: str, *, up: bool) -> str:
    """Give the pattern of points in time: of UTC, and with any offset if they are days away."""
    moment = forms.moment(bound)
    second = moment.replace(tzinfo=None).isoformat(timespec="seconds")
    ways = [f"{way}{FRACTION}{UTC}" for way in beyond(second, up=up)]
    ways.append(f"{second}{FRACTION if up else NO_FRACTION}{UTC}")
    try:
        away = (moment.date() + (DAY if up else -DAY)).isoformat()
    except OverflowError:  # there is no day beyond this one
        away = ""
    ways += [f"{way}T[0-9:]{{8}}{FRACTION}[+-][0-9:]{{5}}" for way in beyond(away, up=up)]
    return one_of([way.replace("T", "[Tt]") for way in ways])


def durations(bound: str, *, up: bool) -> str:
    """Give the pattern of durations of one unit, and of those in which no unit runs over."""
    seconds = forms.duration(bound) // dt.timedelta(seconds=1)
    return one_of([*_of_one_unit(seconds, up=up), *_of_all_units(seconds, up=up)])


def _of_one_unit(seconds: int, *, up: bool) -> Iterator[str]:
    for unit, size in UNITS.items():
        outside = max(0, -(-seconds // size) - 1) if up else seconds // size + 1
        fraction = FRACTION if unit == "S" and up else ""
        yield from (f"PT?{way}{fraction}{unit}" for way in wholes(outside, DIGITS, up=up))


def _of_all_units(seconds: int, *, up: bool) -> Iterator[str]:
    """Give a way for each unit that may be the first to differ from the bound's, and the bound."""
    before, units = "P", list(UNITS)
    for at, unit in enumerate(units):
        count, seconds = divmod(seconds, UNITS[unit])
        time = "T?" if unit == "D" else ""
        rest = "".join(f"({WITHIN[smaller]}{smaller})?" for smaller in units[at + 1 :])
        fraction, none = (FRACTION, FRACTION if up else NO_FRACTION) if unit == "S" else ("", "")
        for way in wholes(count, DIGITS, up=up):
            yield f"{before}{way}{fraction}{unit}{time}{rest}"
        if count and not up:
            yield f"{before}{time}{rest}"
        before += (f"{count}{none}{unit}" if count else f"(0{none}{unit})?") + time
    yield before
