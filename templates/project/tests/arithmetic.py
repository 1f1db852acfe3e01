"""Conditions and numbers in which something may be blank, worked out in plain Python."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any


def denied(one: bool | None) -> bool | None:
    """Give the opposite; that of an unknown is unknown."""
    return None if one is None else not one


def either(one: bool | None, other: bool | None) -> bool | None:
    """Whether one of two is true, as far as that is known."""
    return True if one or other else None if None in (one, other) else False


def added(left: Any, sign: str, right: Any) -> Any:
    """Add or subtract; a date moves by days, and what no calendar holds is blank."""
    if left is None or right is None:
        return None
    dates = type(left) is dt.date, type(right) is dt.date
    with suppress(OverflowError):
        if dates == (True, False):
            right = dt.timedelta(days=right)
        if dates == (False, True):
            left = dt.timedelta(days=left)
        found = left + right if sign == "+" else left - right
        return found.days if dates == (True, True) else found
    return None


def summed(found: Sequence[Any]) -> Any:
    """Give the sum of what is not blank."""
    known = [value for value in found if value is not None]
    spans = bool(known) and isinstance(known[0], dt.timedelta)
    return sum(known, dt.timedelta() if spans else Decimal(0))


def multiplied(left: Any, sign: str, right: Any) -> Any:
    """Multiply or divide; what is divided by nothing is blank."""
    if left is None or right is None or (sign == "/" and not right):
        return None
    spans = [isinstance(one, dt.timedelta) for one in (left, right)]
    left, right = (
        Decimal(one // dt.timedelta(microseconds=1)) if span else Decimal(one)
        for one, span in zip((left, right), spans, strict=True)
    )
    found = left * right if sign == "*" else left / right
    with suppress(OverflowError):
        return dt.timedelta(microseconds=round(found)) if sum(spans) == 1 else found
    return None
