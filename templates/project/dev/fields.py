"""What a field of a schema says about its values: their type and their bounds."""

from __future__ import annotations

import types
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo


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
