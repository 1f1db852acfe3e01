"""How a field stands in `schemas.py`: in what is taken, what is given, and what lists take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scaffold.blueprint.models import Field
from scaffold.blueprint.posture import Kind as Label
from scaffold.blueprint.posture import Level
from scaffold.resolve.bounds import plain_duration
from scaffold.resolve.kinds import KINDS
from scaffold.resolve.layout import call, fits, literal, quoted

BY_THE_SERVICE = ("today", "now", "me")
DEFAULT_PLACES = {"money": 2, "percent": 4, "decimal": 2}
PERCENT_DIGITS = 5
KEEP = "v.KEEP"
PAGING = ("limit", "after", "sort")
"""What every list takes; a filter by a field of such a name says `__eq`."""


def attribute(item: Field) -> str:
    """The name of a field in the API and in the model."""
    return f"{item.name}_id" if item.type == "record" and not item.many else item.name


def hint(item: Field, alias: str | None) -> str:
    """The type of a field's value in the API."""
    if item.many:
        return "v.Ids"
    if alias is not None:
        return alias
    if item.pattern is not None:
        return "v.Plain"
    if item.calculated and item.type == "duration":
        return "v.Difference"
    return f"v.{KINDS[item.type].value}"


def taken(item: Field, alias: str | None) -> str:
    """The line of a field in what adding takes."""
    of = hint(item, alias)
    if item.many or (item.has_default and _left_to_service(item)):
        return _line(item, of, KEEP)
    of = f"{of} | None" if item.optional else of
    if item.has_default:
        return _line(item, of, default_literal(item))
    return _line(item, of, "None" if item.optional else None)


def changed(item: Field, alias: str | None) -> str:
    """The line of a field in what a change takes: left out, it stays."""
    of = hint(item, alias)
    return _line(item, f"{of} | None" if item.optional and not item.many else of, KEEP)


def given(item: Field, alias: str | None) -> str:
    """The line of a field in what the API gives."""
    of = hint(item, alias)
    empty = (item.optional and not item.many) or item.masked or item.seen_by or item.calculated
    return f"{attribute(item)}: {of} | None" if empty else f"{attribute(item)}: {of}"


def sought(item: Field, alias: str | None) -> str:
    """The line of a field in what `find` takes."""
    return _line(item, hint(item, alias), KEEP)


def cleared(item: Field, alias: str | None) -> str:
    """The line of a masked field in what `unmask` gives."""
    return f"{attribute(item)}: {hint(item, alias)} | None = None"


def filters(item: Field, alias: str | None) -> Iterator[str]:
    """The lines of a field in what a list can be filtered by."""
    kind = KINDS[item.type]
    if not listable(item):
        return
    of = alias or f"v.{kind.query or kind.value}"
    for comparison in kind.filters:
        if comparison or item.type not in ("money", "decimal", "percent", "datetime"):
            name = attribute(item)
            name += f"__{comparison}" if comparison else "__eq" if name in PAGING else ""
            yield f"{name}: {of} | None = None"


def sortable(item: Field) -> bool:
    """Whether lists can be sorted by the field. An empty one would hide where it stands."""
    return listable(item) and KINDS[item.type].sorts


def listable(item: Field) -> bool:
    """Whether a list may be filtered by it: never by what the caller may not see, nor in the
    address by what tells who somebody is.
    """
    return (
        item.level < Level.CONFIDENTIAL
        and Label.PERSONAL not in item.kinds
        and not item.seen_by
        and not item.many
        and item.type != "file"
    )


def _line(item: Field, of: str, default: str | None) -> str:
    """A line with the bounds of the field and its default, if there are any."""
    function, rules = bounds(item)
    # A text does not stand as it is: linters take the default of a field `secret` for a secret.
    plain = default in (None, "None", "True", "False")
    head = f"{attribute(item)}: {of}"
    line = head if default is None else f"{head} = {default}"
    if function is None and plain and fits(line, indent=1):
        return line
    if default is not None:
        rules.append(f"default={default}")
    return call(f"{head} = v.{function or 'rule'}(", rules, indent=1)


def bounds(item: Field) -> tuple[str | None, list[str]]:
    """The function of `platform.values` that takes the field's bounds, and its arguments."""
    kind = KINDS[item.type]
    if item.many:
        return None, []
    if kind.is_text:
        return "text", list(_lengths(item, kind.longest or 0))
    limits = [
        f"{name}={_bound(item, value)}"
        for name, value in (("min", item.min), ("max", item.max))
        if value is not None
    ]
    if item.type == "integer":
        return "whole", limits
    if item.type == "decimal" or (kind.rules == "amount" and limits):
        return "amount", [*limits, *_places(item)]
    return (kind.rules, limits) if limits else (None, [])


def _lengths(item: Field, longest: int) -> Iterator[str]:
    yield f"max={item.max if item.max is not None else longest}"
    if item.min:
        yield f"min={item.min}"
    if item.pattern is not None:
        yield f"pattern={quoted(item.pattern)}"


def _places(item: Field) -> Iterator[str]:
    places = item.places if item.places is not None else DEFAULT_PLACES[item.type]
    if places != DEFAULT_PLACES["money"]:
        yield f"places={places}"
    if item.type == "percent":
        yield f"digits={PERCENT_DIGITS}"


def _left_to_service(item: Field) -> bool:
    return item.default in BY_THE_SERVICE and item.type in ("date", "datetime", "record")


def _bound(item: Field, value: int | str) -> str:
    if item.type == "duration":
        return quoted(plain_duration(str(value)))
    return quoted(value) if isinstance(value, str) else str(value)


def default_literal(item: Field) -> str:
    """A default as Python writes it."""
    value: Any = item.default
    if value is None or isinstance(value, bool | int):
        return str(value)
    if item.type == "json":
        return literal(value, indent=2, before="default=")
    return quoted(plain_duration(value) if item.type == "duration" else str(value))
