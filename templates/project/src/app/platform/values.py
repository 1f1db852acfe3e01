"""The kinds of values that the API takes and gives, named as the blueprint names them.

Each kind says the same twice, once to Pydantic and once in the JSON Schema, so that what the
documentation allows is exactly what is accepted. Money and decimals travel as text, because a
JSON number loses cents; times carry their offset and leave in UTC.

The functions say the rules of one field. `default=KEEP` means that it may be left out, and then
stays as it is, or gets its value from the service.
"""

from __future__ import annotations

import datetime as dt
import decimal
from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    Strict,
    StringConstraints,
    WithJsonSchema,
)

from app.platform import forms, json_values, periods, ranges

LARGEST = 2**53 - 1  # beyond it JavaScript and many JSON readers lose digits
REQUIRED: Any = ...
KEEP: Any = object()

AMOUNT = PlainSerializer(lambda value: f"{value:f}", return_type=str)
SHORTEST = PlainSerializer(lambda value: f"{value.normalize():f}", return_type=str)


def _schema(**keys: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string"} | keys)


def _amount(places: int, digits: int, settle: Any, write: PlainSerializer) -> tuple[Any, ...]:
    """How a number of so many digits, and places behind the point, is read, kept and written."""
    form = forms.decimal_form(places, digits)
    reader = forms.reader(decimal.Decimal, form, "12.50", decimal.Decimal)
    return reader, AfterValidator(settle), write, _schema(pattern=form)


Text = Annotated[str, StringConstraints(pattern=forms.NOT_BLANK)]
LongText = Text
Plain = str
Email = Annotated[str, StringConstraints(pattern=forms.EMAIL, max_length=254)]
Phone = Annotated[str, StringConstraints(pattern=forms.PHONE)]
Url = Annotated[str, StringConstraints(pattern=forms.URL)]
Integer = Annotated[int, Strict(), BeforeValidator(forms.whole)]
YesNo = Annotated[bool, Strict()]
Money = Annotated[decimal.Decimal, *_amount(2, 16, forms.quantizer(2), AMOUNT)]
Percent = Annotated[decimal.Decimal, *_amount(4, 5, forms.quantizer(4), SHORTEST)]
Decimal = Annotated[decimal.Decimal, *_amount(10, 16, forms.unsigned, SHORTEST)]
Date = Annotated[
    dt.date,
    forms.reader(dt.date, forms.DATE, "2026-03-31", dt.date.fromisoformat),
    _schema(format="date"),
]
Time = Annotated[
    dt.time,
    forms.reader(dt.time, forms.TIME, "16:30", dt.time.fromisoformat),
    _schema(pattern=forms.TIME),
]
Datetime = Annotated[
    dt.datetime,
    forms.reader(dt.datetime, forms.MOMENT, "2026-03-31T16:30:00Z", forms.moment),
    AfterValidator(forms.utc),
    _schema(format="date-time"),
]
Duration = Annotated[
    dt.timedelta,
    forms.reader(dt.timedelta, forms.DURATION, "P1DT2H", forms.duration),
    PlainSerializer(forms.span, return_type=str),
    _schema(pattern=forms.DURATION),
]
Difference = Annotated[
    dt.timedelta,
    PlainSerializer(forms.difference, return_type=str),
    _schema(pattern=forms.DIFFERENCE),
]
"""A duration that was calculated: it may be less than none."""
Id = Annotated[UUID, forms.reader(UUID, forms.ID, "01890a5d-ac96-774b-bcce-b302099a8057", UUID)]
Ids = Annotated[
    list[Id],
    PlainSerializer(forms.as_list),
    AfterValidator(forms.distinct),
    Field(max_length=100, json_schema_extra={"uniqueItems": True}),
]
Json = json_values.Json
WholeText = Annotated[
    int,
    forms.reader(int, forms.WHOLE, "42", int),
    Field(ge=-LARGEST, le=LARGEST),
    WithJsonSchema({"type": "integer", "minimum": -LARGEST, "maximum": LARGEST}),
]
PageLimit = Annotated[
    int,
    forms.reader(int, forms.WHOLE, "42", int),
    Field(ge=1, le=100, description="How many there are at most on a page."),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 100}),
]
Flag = Annotated[bool, BeforeValidator(forms.flag), WithJsonSchema({"type": "boolean"})]


def rule(*, default: Any = REQUIRED, **rules: Any) -> Any:
    """Say whether a field may be left out, and the bounds (`ge`, `le`) of its value."""
    if default is KEEP:
        return Field(default_factory=lambda: None, **rules)
    return Field(default, validate_default=default is not REQUIRED, **rules)


def text(*, max: int, min: int | None = None, pattern: str | None = None, **more: Any) -> Any:
    """Say how long a text may be, and what the whole of it must look like."""
    whole = None if pattern is None else f"^({pattern})$"
    return rule(min_length=min, max_length=max, pattern=whole, **more)


def whole(*, min: int = -LARGEST, max: int = LARGEST, **more: Any) -> Any:
    """Say the bounds of an integer."""
    # Said once more for the schema: around an optional number Pydantic leaves them out.
    extra = {"minimum": min, "maximum": max}
    return rule(ge=min, le=max, json_schema_extra=extra, **more)


def amount(
    *,
    min: str | None = None,
    max: str | None = None,
    places: int = 2,
    digits: int = 16,
    **more: Any,
) -> Any:
    """Say the bounds of money, a percentage or a decimal, and how many digits it may have."""
    low, high = read(decimal.Decimal, min), read(decimal.Decimal, max)
    form = forms.decimal_form(places, digits, negative=low is None or low < 0)
    bounds = [] if low is None else [ranges.at_least(low, places, digits)]
    bounds += [] if high is None else [ranges.at_most(high, places, digits)]
    said = rule(ge=low, le=high, json_schema_extra={"pattern": form} | _all(bounds), **more)
    sign = "no minus, " if low is not None and low >= 0 else ""
    wide = f"at most {digits} digits before the point and {places} behind it"
    said.metadata.append(forms.narrowed(form, f"must have {sign}{wide}"))
    return said


def days(*, min: str | None = None, max: str | None = None, **more: Any) -> Any:
    """Say the bounds of a date."""
    return _within(min, max, dt.date.fromisoformat, periods.dates, more)


def times(*, min: str | None = None, max: str | None = None, **more: Any) -> Any:
    """Say the bounds of a time of day."""
    return _within(min, max, dt.time.fromisoformat, periods.clocks, more)


def moments(*, min: str | None = None, max: str | None = None, **more: Any) -> Any:
    """Say the bounds of a point in time."""
    return _within(min, max, forms.moment, periods.moments, more)


def durations(*, min: str | None = None, max: str | None = None, **more: Any) -> Any:
    """Say the bounds of a duration."""
    return _within(min, max, forms.duration, periods.durations, more)


def sort(*fields: str) -> Any:
    """Say by which fields a list can be sorted; a minus turns the order round."""
    return Field("-created_at", pattern=f"^-?({'|'.join(fields)})$")


def _within(
    low: str | None,
    high: str | None,
    parse: Callable[[str], Any],
    pattern: Callable[..., str],
    more: dict[str, Any],
) -> Any:
    """Say two bounds twice: to Pydantic as values, and as patterns in the schema."""
    said = [pattern(low, up=True)] if low is not None else []
    said += [pattern(high, up=False)] if high is not None else []
    return rule(ge=read(parse, low), le=read(parse, high), json_schema_extra=_all(said), **more)


def _all(patterns: list[str]) -> dict[str, Any]:
    """Say in the schema that a text fulfils each of these patterns."""
    return {"allOf": [{"pattern": pattern} for pattern in patterns]} if patterns else {}


def read(parse: Callable[[str], Any], text: str | None) -> Any:
    """Read a bound, if there is one."""
    return None if text is None else parse(text)
