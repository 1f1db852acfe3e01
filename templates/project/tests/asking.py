"""Rows, and who acts, for which an expression is true, and others for which it is not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence, Set
from random import Random
from typing import Any, get_args
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Numeric, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

from app.platform.access import POLICIES, column_of, table_of, target_of
from app.platform.expressions import CALCULATED
from app.platform.pieces import names_in
from app.platform.sealed import Sealed, blind
from app.platform.views import opened
from app.settings import settings
from dev.drawing import drawn
from dev.fields import unwrapped
from dev.samples import Samples, schema_of
from tests.arithmetic import summed
from tests.language import Held, worked_out

TRIES = 200
MOST_PARTS = 2


class Around:
    """A row and the user who acts, as an expression sees them."""

    def __init__(
        self, samples: Samples, row: Any, actor_id: UUID | None = None, filled: Sequence[str] = ()
    ) -> None:
        self.samples = samples
        self.session = samples.session
        self.row = row
        self.actor_id = actor_id
        self.filled = filled
        self.spoken: set[str] = set()
        self.stage: str | None = None

    @property
    def now(self) -> dt.datetime:
        """The moment that the database calls now, in which the test's transaction began."""
        moment = self.session.scalars(select(func.now())).one()
        return moment.astimezone(ZoneInfo(settings().time_zone))

    def verdict(self, text: str) -> Any:
        """Give what an expression comes to, worked out in plain Python."""
        self.session.expire_all()
        return worked_out(text, self)

    def held(self, name: str) -> Held:
        """Give the value that a name stands for, and remember the name."""
        self.spoken.add(name)
        match name.split():
            case ["today" | "now"]:
                return Held(self.now.date() if name == "today" else self.now)
            case ["stage"] if self.stage is not None:
                return Held(self.stage, choices=self.at(self.row, name).choices)
            case ["my", path]:
                return self.at(self.me(), path)
            case ["number", "of", table]:
                return Held(len(self.parts(self.row, table)))
            case ["sum", "of", path]:
                table, _, field = path.partition(".")
                found = [self.at(part, field) for part in self.parts(self.row, table)]
                percent = any(held.percent for held in found)
                return Held(summed([held.value for held in found]), percent)
            case _:
                return self.at(self.row, name)

    def me(self) -> Any:
        """Give the row of the user who acts."""
        return self.session.get(POLICIES["users"].entity, self.actor_id)

    def at(self, row: Any, path: str) -> Held:
        """Give the value at the end of a path of relations."""
        name, _, rest = path.partition(".")
        if not rest and name in CALCULATED[row.__tablename__]:
            return Held(getattr(row, name), percentage(CALCULATED[row.__tablename__][name].type))
        column = column_of(table_of(type(row)), name)
        value = opened(getattr(row, column.name))
        if not rest:
            return Held(value, percentage(column.type), choices(type(row), column))
        if value is not None:
            return self.at(self.session.get_one(entity_at(column), value), rest)
        return Held(None)

    def parts(self, row: Any, table: str) -> list[Any]:
        """Give the parts of a row that count."""
        policy = POLICIES[table]
        whole = column_of(policy.table, policy.part_of or "id")
        asked = select(policy.entity).where(whole == row.id).order_by("id")
        return [part for part in self.session.scalars(asked) if part.archived_at == row.archived_at]

    def find(self, found: Callable[[], bool], text: str, kept: Set[str]) -> bool:
        """Change what expressions speak of until what is wanted is found, and say whether it was.

        `text` is all that they say. What is `kept` stays as it is.
        """
        random = Random(7)
        for _ in range(TRIES):
            if found():
                self.session.commit()
                return True
            for name in sorted(self.spoken):
                self.vary(random, self.row, name, text, kept)
        return False

    def vary(self, random: Random, row: Any, name: str, text: str, kept: Set[str]) -> None:
        """Draw a value for what a name stands for, or for something that it is calculated from."""
        words = name.split()
        if name in ("today", "now") or (len(words) == 1 and name in kept):
            return
        if words[0] == "my":
            self.vary(random, self.me(), words[1], text, kept)
        elif words[0] in ("sum", "number") and len(words) > 1:
            table, _, field = words[2].partition(".")
            for part in self.other_parts(random, row, table):
                if field:
                    self.vary(random, part, field, text, kept)
        elif "." in name:
            self.vary(random, self.related(row, name), name.partition(".")[2], text, kept)
        elif name in CALCULATED[row.__tablename__]:
            for inner in names_in(CALCULATED[row.__tablename__][name].text):
                self.vary(random, row, inner, text, kept)
        else:
            self.put(random, row, name, text)

    def other_parts(self, random: Random, row: Any, table: str) -> Iterator[Any]:
        """Add a part now and then, or take one away, and give those that there are."""
        parts = self.parts(row, table)
        if len(parts) < MOST_PARTS and random.random() < 0.5:
            relation = column_of(POLICIES[table].table, POLICIES[table].part_of or "id")
            self.samples.make(table, **{relation.name: row.id})
        elif parts and random.random() < 0.3:
            parts[0].archived_at = dt.datetime.now(dt.UTC)
        self.session.flush()
        yield from self.parts(row, table)

    def related(self, row: Any, path: str) -> Any:
        """Give the row that a relation points to; make it if there is none."""
        column = column_of(table_of(type(row)), path.partition(".")[0])
        if getattr(row, column.name) is None:
            setattr(row, column.name, self.samples.make(target_of(column).name).id)
            self.session.flush()
        return self.session.get_one(entity_at(column), getattr(row, column.name))

    def put(self, random: Random, row: Any, name: str, text: str) -> None:
        """Draw a value for a stored field; the database may refuse it."""
        column = column_of(table_of(type(row)), name)
        if column.name not in schema_of(type(row)).model_fields:
            return
        try:
            value = self.drawn(random, row, column, text)
            with self.session.begin_nested():
                setattr(row, column.name, value)
                if f"{name}_digest" in table_of(type(row)).columns:
                    place = f"{row.__tablename__}.{name}"
                    setattr(row, f"{name}_digest", None if value is None else blind(place, value))
        except (LookupError, DBAPIError):
            self.session.expire(row)

    def drawn(self, random: Random, row: Any, column: Any, text: str) -> Any:
        """Draw a value; a relation points to one of two rows, or to whoever acts."""
        blank = column.nullable and not (row is self.row and column.name in self.filled)
        if not column.foreign_keys:
            return drawn(random, type(row), column.name, text, blank=blank)
        known: list[UUID | None] = [None] if blank else []
        target = target_of(column).name
        known += [self.actor_id] * (target == "users" and self.actor_id is not None)
        return random.choice([*known, self.samples.make(target).id])


def entity_at(column: Any) -> Any:
    """Give the record that a column points to."""
    return POLICIES[target_of(column).name].entity


def percentage(type_: TypeEngine[Any]) -> bool:
    """Whether a column holds percentages."""
    if isinstance(type_, Sealed):
        return type_.kind == "percent"
    return isinstance(type_, Numeric) and (type_.precision, type_.scale) == (9, 4)


def choices(entity: Any, column: Any) -> tuple[str, ...]:
    """Give what a column's values are chosen from, if they are."""
    field = schema_of(entity).model_fields.get(column.name)
    if field is None:
        return tuple(column.info.get("choices", ()))
    return tuple(word for word in get_args(unwrapped(field)[0]) if isinstance(word, str))
