"""What is calculated, within what its type can hold: rounded, and blank where it does not fit.

A list never fails because one of its rows holds numbers that are too large to be multiplied.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    DateTime,
    Interval,
    Numeric,
    cast,
    func,
    literal_column,
    type_coerce,
)
from sqlalchemy.types import TypeEngine

from app.platform.values import LARGEST

DATES = ("DATE '0001-01-01' - 1", "DATE '9999-12-31' + 1")
MOMENTS = (
    "TIMESTAMPTZ '0001-01-01 00:00+00' - INTERVAL '1 microsecond'",
    "TIMESTAMPTZ '9999-12-31 00:00+00' + INTERVAL '1 day'",
)
SPANS = ("INTERVAL '-100000 days'", "INTERVAL '100000 days'")


def bounded(value: ColumnElement[Any], kind: TypeEngine[Any]) -> ColumnElement[Any]:
    """Give the value as its type can hold it."""
    if isinstance(kind, BigInteger):
        whole = within(cast(value, Numeric), str(-LARGEST - 1), str(LARGEST + 1))
        return cast(whole, BigInteger)
    if isinstance(kind, Numeric):
        places = kind.scale or 0
        end = 10 ** ((kind.precision or 0) - places)
        value = within(func.round(cast(value, Numeric), places), str(-end), str(end))
    for ends, of in ((DATES, Date), (MOMENTS, DateTime), (SPANS, Interval)):
        if isinstance(kind, of):
            value = within(value, *ends)
    return type_coerce(value, kind)


def within(value: ColumnElement[Any], low: str, high: str) -> ColumnElement[Any]:
    """Give a value that lies between two ends, and nothing for any other."""
    least: ColumnElement[Any] = literal_column(low)
    most: ColumnElement[Any] = literal_column(high)
    kept = func.least(func.greatest(value, least), most)
    return func.nullif(func.nullif(kept, least), most)
