"""How a field stands in `models.py` and in the first migration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from scaffold.blueprint.models import Field
from scaffold.resolve.constraints import checks, fitting
from scaffold.resolve.kinds import KINDS
from scaffold.resolve.layout import call, quoted

NUMERIC_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its line in the model, its line in the migration, and what hangs on it."""

    name: str
    model: str
    migration: str
    checks: tuple[tuple[str, str], ...] = ()
    unique: bool = False
    index: bool = False
    target: str | None = None
    on_delete: str = ""

    def as_json(self) -> dict[str, Any]:
        """The column as record templates read it."""
        return {
            "name": self.name,
            "model": self.model,
            "migration": self.migration,
            "target": self.target,
            "on_delete": self.on_delete,
        }


ON_DELETE = {"refuse": "RESTRICT", "delete_too": "CASCADE", "leave_blank": "SET NULL"}


def columns_of(item: Field, *, indexed: bool, target: str | None = None) -> Iterator[Column]:
    """The columns of one field: one, none for `many`, two for a sealed one that can be found."""
    if item.type == "record":
        if not item.many:
            yield relation(item.name, target or "", item)
    elif item.sealed:
        yield from _sealed(item)
    else:
        yield plain(item, indexed=indexed)


def relation(name: str, target: str, item: Field) -> Column:
    """The column that points to a row of another table."""
    optional = item.optional
    arguments = [quoted(target), *_levels(item), f'if_deleted="{item.if_deleted}"']
    if item.unique:
        arguments.append("unique=True")
    return Column(
        name=f"{name}_id",
        model=_declared(f"{name}_id", "c.Id", "c.relation(", arguments, optional=optional),
        migration=migrated(f"{name}_id", "sa.Uuid()", nullable=optional),
        unique=item.unique,
        index=not item.unique,
        target=target,
        on_delete=ON_DELETE[item.if_deleted],
    )


def plain(item: Field, *, indexed: bool) -> Column:
    """The column of a value."""
    kind = KINDS[item.type]
    optional = item.optional or item.type == "file"
    rules = _Rules.of(item)
    arguments = [*_levels(item), *rules.arguments()]
    unique = item.unique
    index = indexed and not unique
    arguments += ["unique=True"] * unique + ["index=True"] * index
    head, sql = "c.field(", kind.sql
    if item.type == "decimal":
        places = item.places if item.places is not None else 2
        head, sql = (
            "c.decimal_places(",
            kind.sql.format(digits=NUMERIC_DIGITS + places, places=places),
        )
        arguments.insert(len(_levels(item)), f"places={places}")
    return Column(
        name=item.name,
        model=_declared(item.name, f"c.{kind.column}", head, arguments, optional=optional),
        migration=migrated(item.name, sql, nullable=optional),
        checks=tuple(rules.checks(item.name)),
        unique=unique,
        index=index,
    )


def _sealed(item: Field) -> Iterator[Column]:
    yield Column(
        name=item.name,
        model=_declared(
            item.name,
            "c.Secret",
            "c.sealed(",
            [*_levels(item), f'kind="{item.type}"'],
            optional=item.optional or item.type == "file",
        ),
        migration=migrated(
            item.name, "sa.LargeBinary()", nullable=item.optional or item.type == "file"
        ),
    )
    if item.find_exact:
        name = f"{item.name}_digest"
        arguments = [quoted(item.name), *["unique=True"] * item.unique]
        yield Column(
            name=name,
            model=_declared(name, "c.Digest", "c.digest(", arguments, optional=item.optional),
            migration=migrated(name, "sa.LargeBinary()", nullable=item.optional),
            unique=item.unique,
            index=not item.unique,
        )


def stored(item: Field) -> str:
    """The column in which a field's value can be compared: that of a sealed one is its digest."""
    if item.type == "record":
        return f"{item.name}_id"
    return f"{item.name}_digest" if item.sealed else item.name


def migrated(name: str, sql: str, *, nullable: bool) -> str:
    """A column's line in the migration."""
    arguments = [quoted(name), sql, f"nullable={nullable}"]
    return call("sa.Column(", arguments, "),", indent=2)


def unique_name(table: str, columns: tuple[str, ...]) -> str:
    """The name of a unique constraint."""
    return fitting("uq", table, *columns)


def _declared(name: str, kind: str, head: str, arguments: list[str], *, optional: bool) -> str:
    hint = f"{kind} | None" if optional else kind
    return call(f"{name}: Mapped[{hint}] = {head}", arguments, indent=1)


def _levels(item: Field) -> list[str]:
    return [quoted(item.level.value), *(quoted(kind.value) for kind in item.kinds)]


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules of a value, once as arguments of `c.field`, once as CHECKs."""

    text: bool
    low: int | str | None
    high: int | str | None
    pattern: str | None
    choices: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, item: Field) -> _Rules:
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
