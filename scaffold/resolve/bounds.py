"""The bounds of a value: as arguments of a column, and as CHECKs of the database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from scaffold.blueprint.meaning.forms import DAY
from scaffold.blueprint.meaning.readers import iso_seconds
from scaffold.blueprint.models import Field
from scaffold.resolve.constraints import checks
from scaffold.resolve.kinds import KINDS
from scaffold.resolve.layout import call, quoted


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a value, once as arguments of `c.field`, once as CHECKs."""

    text: bool
    low: int | str | None
    high: int | str | None
    pattern: str | None
    choices: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, item: Field) -> Rules:
        kind = KINDS[item.type]
        high = item.max if item.max is not None else kind.longest
        low, high = bound(item.type, item.min), bound(item.type, high)
        return cls(kind.is_text, low, high, item.pattern, item.choices)

    def arguments(self) -> list[str]:
        found = ["text=True"] * self.text
        ends = (("min", self.low), ("max", self.high))
        found += [f"{name}={_python(end)}" for name, end in ends if end is not None]
        if self.pattern is not None:
            found.append(f"pattern={quoted(self.pattern)}")
        if self.choices:
            found.append(
                call("choices=[", [quoted(c) for c in self.choices], "]", indent=2, after=",")
            )
        return found

    def checks(self, column: str) -> Iterator[tuple[str, str]]:
        return checks(
            column,
            text=self.text,
            choices=self.choices,
            low=self.low,
            high=self.high,
            pattern=self.pattern,
        )


def bound(type_: str, value: int | str | None) -> int | str | None:
    """A bound as the database reads it: whole amounts as numbers, durations in days and seconds."""
    if isinstance(value, str) and type_ in ("money", "percent", "decimal"):
        return int(value) if re.fullmatch(r"-?(0|[1-9][0-9]*)", value) else value
    if isinstance(value, str) and type_ == "duration":
        return plain_duration(value)
    return value


def plain_duration(text: str) -> str:
    """A duration in days and one unit more. Years, months and weeks are 365, 30 and 7 days."""
    days, seconds = divmod(iso_seconds(text), DAY)
    size, unit = next((size, unit) for size, unit in _CLOCK if seconds % size == 0)
    rest = f"T{seconds // size}{unit}" if seconds or not days else ""
    return "P" + (f"{days}D" if days else "") + rest


_CLOCK = ((3600, "H"), (60, "M"), (1, "S"))


def plain_moment(text: str, zone: str) -> str:
    """A point in time in UTC; one without an offset is meant in the time zone of the system."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone))
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"


def _python(value: int | str) -> str:
    return quoted(value) if isinstance(value, str) else str(value)
