"""Bounds that are tighter or wider than they were: min, max, pattern, places."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from scaffold.blueprint.models import Field, Record
from scaffold.changing.change import Change, breaks, from_to, safe
from scaffold.changing.wording import look_for, path_of
from scaffold.resolve.bounds import bound
from scaffold.resolve.kinds import KINDS

PLACES = 2


def compare_bounds(record: Record, old: Field, new: Field) -> Iterator[Change]:
    """Each bound that changed, with whether rows of today have to be looked at."""
    where, name = path_of(record, new), f"{record.name}.{new.name}"
    for key, sign in (("min", 1), ("max", -1)):
        before, after = _end(old, key), _end(new, key)
        if before != after:
            tighter = after is not None and (before is None or _more(after, before, sign))
            yield _said(new, where, f"The {key} of {name}: {from_to(before, after)}.", tighter)
    if old.pattern != new.pattern:
        words = f"The pattern of {name}: {from_to(old.pattern, new.pattern)}."
        yield _said(new, where, words, new.pattern is not None)
    if old.type == new.type == "decimal":
        yield from _places(name, where, old, new)


def _said(field: Field, where: str, words: str, tighter: bool) -> Change:
    if not tighter:
        return safe("bound-loosened", where, words)
    if field.sealed:
        return safe("bound-tightened", where, f"{words} It holds for what is written from now on.")
    return safe("bound-tightened", where, f"{words} {look_for('values outside of it')}")


def _end(field: Field, key: str) -> int | str | None:
    value = field.min if key == "min" else field.max
    kind = KINDS[field.type]
    if key == "max" and value is None:
        value = kind.longest
    return bound(field.type, value)


def _more(value: int | str, than: int | str, sign: int) -> bool:
    """Whether a bound excludes more than the other; what cannot be told counts as tighter."""
    try:
        return (Decimal(str(value)) - Decimal(str(than))) * sign > 0
    except InvalidOperation:
        return (str(value) > str(than)) is (sign > 0)


def _places(name: str, where: str, old: Field, new: Field) -> Iterator[Change]:
    before = PLACES if old.places is None else old.places
    after = PLACES if new.places is None else new.places
    words = f"Decimal places of {name}: {from_to(before, after)}."
    if before < after:
        yield safe("places-changed", where, f"{words} The table is written anew meanwhile.")
    elif before > after:
        hint = "write it as a new field under another name, and fill that in a migration"
        yield breaks("places-changed", where, f"{words} Values would be rounded.", hint)
