"""The bounds of a value: as arguments of a column, and as CHECKs of the database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

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
    """A duration without years, months and weeks, which are 365, 30 and 7 days."""
    date, _, clock = text[1:].partition("T")
    units = {unit: int(count) for count, unit in re.findall(r"([0-9]+)([A-Z])", date)}
    days = sum(
        units.get(unit, 0) * size for unit, size in zip("YMWD", (365, 30, 7, 1), strict=True)
    )
    return "P" + (f"{days}D" if days or not clock else "") + (f"T{clock}" if clock else "")


def _python(value: int | str) -> str:
    return quoted(value) if isinstance(value, str) else str(value)
