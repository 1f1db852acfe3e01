"""What a field of a schema says about its values: their type and their bounds."""

from __future__ import annotations

import datetime as dt
import decimal
import string
import types
from collections.abc import Mapping
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from app.platform import forms

FIRST_DAY = dt.date(2026, 1, 5)
FIRST_MOMENT = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
SET: dict[Any, dt.date] = {
    **dict.fromkeys((dt.date, "date"), FIRST_DAY),
    **dict.fromkeys((dt.datetime, "datetime"), FIRST_MOMENT),
}
"""What the system sets by itself, by the type of a column and by what a sealed one holds."""
USUAL: dict[type, Any] = {
    int: 1,
    decimal.Decimal: decimal.Decimal(1),
    dt.date: FIRST_DAY,
    dt.datetime: dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC),
    dt.time: dt.time(9, 30),
    dt.timedelta: dt.timedelta(hours=2),
}
STEPS: dict[type, Any] = {
    int: 1,
    decimal.Decimal: decimal.Decimal(1),
    dt.date: dt.timedelta(days=1),
    dt.datetime: dt.timedelta(hours=1),
    dt.time: dt.timedelta(seconds=97),
    dt.timedelta: dt.timedelta(minutes=1),
}
"""How far apart values are of which no two may be the same, where there is room."""
ENDS: dict[type, tuple[Any, Any]] = {
    dt.time: (dt.time(0), dt.time(23, 59, 59)),
    dt.timedelta: (dt.timedelta(0), dt.timedelta(days=99_999)),
}
ROOMY = 100
"""How many values leave room for the usual steps."""


def unwrapped(field: FieldInfo) -> tuple[Any, dict[str, Any]]:
    """Give the plain type of a field, without None and annotations, and its bounds by name."""
    marks, kind = list(field.metadata), field.annotation
    while True:
        if get_origin(kind) is Annotated:
            kind, *more = get_args(kind)
            marks = [*more, *marks]
        elif get_origin(kind) in (Union, types.UnionType):
            kind = next(part for part in get_args(kind) if part is not type(None))
        else:
            return kind, rules_in(marks)


def nth(count: int, kind: type, rules: Mapping[str, Any], places: int = 0) -> Any:
    """Give a value that is another one for each count, as far as the bounds have room."""
    least, most = ENDS.get(kind, (None, None))
    low, high = rules.get("ge", least), rules.get("le", most)
    start, step = within(USUAL[kind], low, high), STEPS[kind]
    if low is None or high is None:
        back = high is not None and start + step * count > high
        return start - step * count if back else start + step * count
    room = _apart(low, high)
    if room // step < ROOMY:
        step = smallest(kind, places)
    ahead = (_apart(low, start) // step + count) % (room // step + 1) * step
    return (dt.datetime.combine(FIRST_DAY, low) + ahead).time() if kind is dt.time else low + ahead


def _apart(low: Any, high: Any) -> Any:
    if isinstance(low, dt.time):
        return dt.datetime.combine(FIRST_DAY, high) - dt.datetime.combine(FIRST_DAY, low)
    return high - low


def smallest(kind: type, places: int) -> Any:
    """Give the smallest step between two values."""
    if kind is decimal.Decimal:
        return decimal.Decimal(1).scaleb(-places)
    return STEPS[kind] if kind in (int, dt.date) else dt.timedelta(seconds=1)


def short(pattern: str | None, count: int, longest: int) -> str:
    """Give a text that is another one for each count where there is hardly room for one."""
    if pattern == forms.EMAIL:
        return f"{count}@e.c"[-longest:]
    if pattern == forms.PHONE:
        return f"{count:08d}"[-longest:]
    if pattern == forms.URL:
        return "http://" + str(count)[7 - longest :]
    signs = string.ascii_lowercase + string.digits
    return "".join(signs[count // len(signs) ** at % len(signs)] for at in range(min(longest, 6)))


def rules_in(marks: list[Any]) -> dict[str, Any]:
    """Give the bounds among annotations by name; later ones win."""
    names = ("ge", "le", "pattern", "min_length", "max_length")
    found: dict[str, Any] = {}
    for mark in marks:
        held = getattr(mark, "metadata", None) or [mark]
        for item in held:
            for name in names:
                value = getattr(item, name, None)
                if value is not None:
                    found[name] = value
    return found


def within(value: Any, low: Any, high: Any) -> Any:
    """Give the value, or the bound that it would break."""
    if low is not None and value < low:
        return low
    return high if high is not None and value > high else value
