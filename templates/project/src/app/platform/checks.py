"""Checks: what the blueprint says of every row, asked before the database is.

The database holds those that speak of a row's own columns alone. What it cannot see is asked here
only: calculated fields, sealed ones, the clock. A check that comes to nothing known is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Boolean, Select, cast, literal, select

from app.platform.access import Policy, column_of, table_of
from app.platform.conditions import opened as taken
from app.platform.constraints import Rule
from app.platform.db import Entity, Session
from app.platform.expressions import CALCULATED, Row, Value, written
from app.platform.faults import refusal
from app.platform.pieces import names_in
from app.platform.sealed import Sealed
from app.platform.views import opened

Speaking = Callable[[Sequence[str]], bool]
"""Which checks are asked, by the names that they speak of."""


def refuse_broken(session: Session, row: Entity) -> None:
    """Refuse values that break a check of the record; raises Conflict."""
    if rules := broken(session, row, lambda names: True):
        raise refusal(rules)


def refuse_stage(session: Session, row: Entity, stage: str) -> None:
    """Refuse a move to a stage in which the row would break a check; raises Conflict."""
    if rules := broken(session, row, lambda names: "stage" in names, stage=stage):
        raise refusal(rules)


def refuse_whole(session: Session, policy: Policy, row: Entity) -> None:
    """Refuse what was done to a part where its whole now breaks a check of what is calculated.

    The whole is held meanwhile, so that no other part changes. Raises Conflict.
    """
    while counted_above(policy):
        relation, policy = f"{policy.part_of}_id", policy.parent()
        counting = calculating(policy)
        row = session.get_one(policy.entity, getattr(row, relation), with_for_update=counting)
        if counting and (rules := broken(session, row, partial(speaks, policy))):
            raise refusal(rules)


def counted_above(policy: Policy) -> bool:
    """Whether a check speaks of what is calculated, on anything that this is a part of."""
    return policy.part_of is not None and (
        calculating(policy.parent()) or counted_above(policy.parent())
    )


def calculating(policy: Policy) -> bool:
    """Whether a check of the record speaks of something that is calculated."""
    return any(speaks(policy, names_in(text)) for text in policy.entity.__checks__.values())


def speaks(policy: Policy, names: Sequence[str]) -> bool:
    """Whether one of the names is that of a calculated field."""
    return any(name in CALCULATED.get(policy.table.name, ()) for name in names)


def broken(session: Session, row: Entity, asked: Speaking, **instead: Any) -> list[Rule]:
    """Give the checks that a row breaks, with these values in place of its own."""
    checks = {m: text for m, text in type(row).__checks__.items() if asked(names_in(text))}
    if not checks:
        return []
    values = Values(row, instead)
    verdicts = [written(text, values.mean, Boolean()) for text in checks.values()]
    with session.no_autoflush:
        found = session.execute(select(*verdicts)).one()
    return [
        Rule(message, tuple(values.fields(names_in(checks[message]))))
        for message, verdict in zip(checks, found, strict=True)
        if verdict is False
    ]


class Values(Row):
    """A row that may not be stored yet: an expression reads its values as they are given."""

    def __init__(self, row: Entity, instead: dict[str, Any]) -> None:
        super().__init__(table_of(type(row)))
        self.row = row
        self.instead = instead

    def stored(self, column: str) -> Value:
        """Give what the row holds for a column."""
        type_ = self.table.c[column].type
        value = self.instead.get(column, opened(getattr(self.row, column)))
        if isinstance(type_, Sealed):
            return taken(value, type_.kind)
        return cast(literal(value, type_), type_)

    def fields(self, names: Sequence[str]) -> Iterator[str]:
        """Give the fields of the API that the names stand for; the clock is none."""
        for name in names:
            if name in CALCULATED.get(self.table.name, ()):
                yield name
            elif name not in ("today", "now"):
                yield column_of(self.table, name).name

    def _inside(self, found: Select[Any]) -> Value:
        return found.scalar_subquery()
