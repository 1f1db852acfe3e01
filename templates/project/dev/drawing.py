"""Values that matter to a condition: ends of bounds, what it names itself, and what is beside it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Any, get_args, get_origin
from uuid import UUID

from app.platform.access import table_of
from app.platform.db import Entity
from dev.fields import unwrapped
from dev.tables import schema_of

NUMERALS = re.compile(r"(?<![\w.'-])[0-9]+(?:\.[0-9]+)?")
QUOTED = re.compile(r"'((?:[^']|'')*)'|\"([^\"{}]*)\"")
NUMBERS = (0, 1, 2, 3, 5, 10, 40, 100, 2_000_000)
MOST = 10**15
DAYS = (0, 1, -1, 2, 30, -30, 31, 89, 90, 91, 400, -400)


def drawn(random: Random, entity: type[Entity], name: str, text: str, *, blank: bool) -> Any:
    """Draw a value for a field of a record that is spoken of in a condition; None is for `blank`.

    Raises LookupError where no value but the one that is there is known.
    """
    field = schema_of(entity).model_fields[name]
    kind, rules = unwrapped(field)
    column = table_of(entity).columns[name]
    known = [v for v in values(kind, text) if fits(v, rules) and has_room(column.type, v)]
    if blank:
        known += [None] * (len(known) // 4 + 1)
    if not known:
        raise LookupError(name)
    return random.choice(known)


def values(kind: Any, text: str) -> Iterator[Any]:
    """Yield values of a kind, those first that the text of the condition speaks of."""
    if get_origin(kind) is not None and (choices := get_args(kind)):
        yield from choices
        return
    said = [Decimal(number) for number in NUMERALS.findall(text)]
    quoted = [one.replace("''", "'") or other for one, other in QUOTED.findall(text)]
    yield from around(kind, said, quoted)


def around(kind: Any, said: Sequence[Decimal], quoted: Sequence[str]) -> Iterator[Any]:
    """Yield what the condition speaks of and what lies beside it, then what is usual."""
    if kind in (int, Decimal):
        near = [number + step for number in said for step in (0, 1, -1)]
        near += map(Decimal, NUMBERS)
        yield from (kind(number) for number in near if abs(number) < MOST)
    elif kind is dt.date:
        yield from dates(quoted)
    elif kind is dt.datetime:
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        yield from (now + dt.timedelta(days=days, hours=1) for days in DAYS)
    elif kind is dt.timedelta:
        yield from (dt.timedelta(hours=hours) for hours in (0, 1, 2, 24, 700))
    elif kind is dt.time:
        yield from (dt.time(0), dt.time(9, 30), dt.time(23, 59, 59))
    elif kind is bool:
        yield from (True, False)
    elif kind is UUID:
        yield from (UUID(int=number) for number in (1, 2))
    elif kind is str:
        yield from quoted


def dates(quoted: Sequence[str]) -> Iterator[dt.date]:
    """Yield dates near today, and near those that the condition speaks of."""
    today = dt.datetime.now(dt.UTC).date()
    said = [dt.date.fromisoformat(one) for one in quoted if re.fullmatch(r"[0-9-]{10}", one)]
    for day in (today, *said):
        yield from (day + dt.timedelta(days=days) for days in DAYS)


def has_room(type_: Any, value: Any) -> bool:
    """Whether a column has the digits of a number; what is sealed is taken to have few."""
    if not isinstance(value, Decimal):
        return True
    places = getattr(type_, "scale", None) or 0
    digits = (getattr(type_, "precision", None) or 5) - places
    return abs(value) < 10**digits and value == round(value, places)


def fits(value: Any, rules: Mapping[str, Any]) -> bool:
    """Whether a value is within the bounds of its field."""
    low, high = rules.get("ge"), rules.get("le")
    if (low is not None and value < low) or (high is not None and value > high):
        return False
    if not isinstance(value, str) or "max_length" not in rules:
        return True
    shortest, longest = rules.get("min_length") or 0, rules["max_length"]
    looks = re.fullmatch(rules.get("pattern") or ".*", value, re.DOTALL)
    return shortest <= len(value) <= longest and bool(looks)
