"""Which values rows have of which no two may be the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import UniqueConstraint

from app.platform.access import table_of
from app.platform.constraints import TENANT
from app.platform.db import Entity

Rule = tuple[str, ...]
"""The fields that together are not the same in two rows."""


@cache
def rules(entity: type[Entity]) -> tuple[Rule, ...]:
    """Give every rule of a record, in the same order every time."""
    found = (c for c in table_of(entity).constraints if isinstance(c, UniqueConstraint))
    named = (
        tuple(c.name.removesuffix("_digest") for c in rule.columns if c.name != TENANT)
        for rule in found
    )
    return tuple(sorted(rule for rule in named if rule != ("id",)))


@cache
def distinct(entity: type[Entity]) -> frozenset[str]:
    """Give the fields in which, alone or together with others, no two rows may be the same."""
    return frozenset(name for rule in rules(entity) for name in rule)


class Taken:
    """The values that were given away."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, Rule], set[tuple[str, ...]]] = defaultdict(set)

    def add(self, entity: type[Entity], values: Mapping[str, Any]) -> None:
        """Remember the values of a row."""
        for rule, found in _whole(entity, values):
            self._values[entity.__tablename__, rule].add(found)

    def free(self, entity: type[Entity], values: Mapping[str, Any]) -> None:
        """Forget the values of a row."""
        for rule, found in _whole(entity, values):
            self._values[entity.__tablename__, rule].discard(found)

    def clashes(self, entity: type[Entity], values: Mapping[str, Any]) -> Iterator[Rule]:
        """Yield the rules that a row of these values breaks.

        What is empty is never the same. What is not among the values may be anything.
        """
        for rule in rules(entity):
            known = {name: str(values[name]) for name in rule if values.get(name) is not None}
            taken = self._values[entity.__tablename__, rule]
            if not known or any(values.get(name, ...) is None for name in rule):
                continue
            if len(known) == len(rule):
                if tuple(known[name] for name in rule) in taken:
                    yield rule
            elif any(_alike(rule, other, known) for other in taken):
                yield rule


def _whole(
    entity: type[Entity], values: Mapping[str, Any]
) -> Iterator[tuple[Rule, tuple[str, ...]]]:
    for rule in rules(entity):
        if all(values.get(name) is not None for name in rule):
            yield rule, tuple(str(values[name]) for name in rule)


def _alike(rule: Rule, other: tuple[str, ...], known: Mapping[str, str]) -> bool:
    pairs = zip(rule, other, strict=True)
    return all(name not in known or known[name] == value for name, value in pairs)
