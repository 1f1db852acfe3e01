"""What a field of a schema says about its values: their type and their bounds."""

from __future__ import annotations

import datetime as dt
import decimal
import types
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

FIRST_DAY = dt.date(2026, 1, 5)
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
"""How far apart values are of which no two may be the same."""


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


def nth(count: int, kind: type, rules: dict[str, Any]) -> Any:
    """Give a value that is another one for each count, as far as the bounds have room."""
    low, high = rules.get("ge"), rules.get("le")
    start, step = within(USUAL[kind], low, high), STEPS[kind] * count
    if kind is dt.time:
        return within((dt.datetime.combine(FIRST_DAY, start) + step).time(), low, high)
    if high is None or start + step <= high:
        return start + step
    return within(start - step, low, high)


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
