"""Whether every value of one field could stand in another one."""

from __future__ import annotations

from scaffold.blueprint.meaning.bounds import order
from scaffold.blueprint.meaning.forms import LONGEST, PLACES, USUAL_PLACES
from scaffold.blueprint.models import Field, JsonValue
from scaffold.blueprint.paths import Place
from scaffold.blueprint.words import TEXT_TYPES

_OF_A_USER = {"name": 120, "email": LONGEST["email"]}
"""The longest text of the fields that every User has."""


def holds(ours: Place, theirs: Place) -> bool:
    """Whether the values of `theirs`, which is of the same type, are values of `ours` too."""
    if ours.field is None:
        return True
    if not set(theirs.choices) <= set(ours.choices):
        return False
    if ours.type in TEXT_TYPES:
        pattern = ours.field.pattern
        known = theirs.field is not None and theirs.field.pattern == pattern
        return (pattern is None or known) and _long_enough(ours.field, theirs)
    return theirs.field is None or _wide_enough(ours.field, theirs.field)


def _long_enough(ours: Field, theirs: Place) -> bool:
    least, most = 0, _OF_A_USER.get(theirs.name, 0)
    if theirs.field is not None:
        least = int(theirs.field.min or 0)
        most = int(theirs.field.max or LONGEST[theirs.type])
    return int(ours.min or 0) <= max(least, 1) and most <= int(ours.max or LONGEST[ours.type])


def _wide_enough(ours: Field, theirs: Field) -> bool:
    if _places(theirs) > _places(ours):
        return False
    low = ours.min is None or (theirs.min is not None and _compare(ours, theirs.min, ours.min) >= 0)
    return low and (
        ours.max is None or (theirs.max is not None and _compare(ours, theirs.max, ours.max) <= 0)
    )


def _places(field: Field) -> int:
    return PLACES.get(field.type, USUAL_PLACES if field.places is None else field.places)


def _compare(field: Field, one: JsonValue, other: JsonValue) -> int:
    left, right = order(field.type, one), order(field.type, other)
    return (left > right) - (left < right)  # type: ignore[operator]
