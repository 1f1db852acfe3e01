"""Keeping the lines of a table: each is added or changed, as its natural key says.

Nothing goes around what a request for one record has to obey: a line goes through the record's own
service, so permissions, rules, versions and locked stages hold for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import ModuleType
from typing import Any
from uuid import UUID

from pydantic import ValidationError, create_model
from sqlalchemy import select

from app.platform.access import Policy
from app.platform.db import Entity
from app.platform.errors import Conflict, FieldError, Forbidden, Invalid, Problem
from app.platform.faults import as_problem
from app.platform.http.problems import Fault, faults
from app.platform.imports.account import Account, LineOutcome
from app.platform.imports.columns import Cells, Columns
from app.platform.imports.sheets import Line
from app.platform.references import links_of
from app.platform.schemas import In
from app.platform.sealed import blind
from app.platform.work import UnitOfWork


@dataclass(frozen=True)
class Import:
    """How lines become rows of a record: `service` adds and changes them."""

    policy: Policy
    create: type[In]
    change: type[In]
    service: ModuleType
    within: tuple[UUID, ...] = ()

    def keep(self, work: UnitOfWork, lines: Sequence[Line], *, dry_run: bool) -> Account:
        """Keep all lines, or none: with a dry run, and where one of them is refused.

        Raises Forbidden where the actor may neither add nor change, Invalid for a bad header.
        """
        if not any(self.policy.granted(work.actor, verb) for verb in ("add", "change")):
            raise Forbidden("Your roles do not allow you to add or change this.")
        if self.policy.hidden_from(work.actor) & set(self.policy.key):
            raise Forbidden("Your roles do not see what a row is known by.")
        if not lines:
            raise Invalid("The first line names the fields, and there is none.")
        settable = {*self.create.model_fields, *self.change.model_fields}
        columns = Columns.of(work, self.policy, settable, lines[0])
        before: dict[tuple[Any, ...], int] = {}
        outcomes = [
            self.outcome(work, columns, at, line, before)
            for at, line in enumerate(lines[1:], start=2)
            if any(line)
        ]
        written = not dry_run and all(outcome.outcome != "refused" for outcome in outcomes)
        if not written:
            work.session.rollback()
        return Account.of(outcomes, columns.ignored, dry_run=dry_run, written=written)

    def outcome(
        self, work: UnitOfWork, columns: Columns, at: int, line: Line, before: dict[Any, int]
    ) -> LineOutcome:
        """Keep one line, and tell what became of it; what the database refuses is undone."""
        try:
            with as_problem(), work.session.begin_nested():
                return self.kept(work, columns.read(line), at, before)
        except Problem as problem:
            said = problem.errors or (FieldError("", problem.code, problem.detail),)
            errors = [Fault(field=e.field, code=e.code, message=e.message) for e in said]
            return LineOutcome(line=at, outcome="refused", errors=errors)

    def kept(self, work: UnitOfWork, cells: Cells, at: int, before: dict[Any, int]) -> LineOutcome:
        """Add or change what a line speaks of."""
        key = read(self.key, {name: cells.values.get(name) for name in self.keyed})
        known = tuple(getattr(key, name) for name in self.keyed)
        if before.setdefault(known, at) != at:
            raise Conflict(f"Line {before[known]} is about the same row.", code="twice")
        row = self.row(work, known)
        if row is None:
            data = read(self.create, cells.values)
            row = self.service.add(work, *self.within, data)
            return LineOutcome(line=at, outcome="added", id=row.id)
        if row.archived_at is not None:
            raise Conflict("It is in the archive, where nothing changes.", code="archived")
        wanted = self.different(work, row, cells)
        if not wanted:
            return LineOutcome(line=at, outcome="unchanged", id=row.id)
        versioned = replace(work, if_match=f'"{cells.version or row.version}"')
        self.service.change(versioned, *self.within, row.id, read(self.change, wanted))
        return LineOutcome(line=at, outcome="changed", id=row.id)

    @cached_property
    def keyed(self) -> list[str]:
        """The fields that a row is known by, but for what the route says."""
        return [name for name in self.policy.key if name in self.create.model_fields]

    @cached_property
    def key(self) -> type[In]:
        """What a line has to say in any case."""
        fields = self.create.model_fields
        said: dict[str, Any] = {
            name: (fields[name].annotation, fields[name]) for name in self.keyed
        }
        return create_model("Key", __base__=In, **said)

    def row(self, work: UnitOfWork, known: Sequence[Any]) -> Entity | None:
        """Give the row of this key, if there is one that the actor may see."""
        table = self.policy.table
        said = [self.policy.rows(work.actor, "see")]
        if self.within:
            said.append(table.c[f"{self.policy.part_of}_id"] == self.within[0])
        for name, value in zip(self.keyed, known, strict=True):
            if value is None:
                raise Invalid(errors=[FieldError(name, "missing", "is what a row is known by")])
            sealed = f"{name}_digest" in table.c
            stored = table.c[f"{name}_digest" if sealed else name]
            said.append(stored == (blind(f"{table.name}.{name}", value) if sealed else value))
        asked = select(self.policy.entity).where(*said)
        return work.session.scalars(asked).one_or_none()

    def different(self, work: UnitOfWork, row: Entity, cells: Cells) -> Mapping[str, Any]:
        """Give what of a line is another value than the row has.

        What the actor does not see counts as different, so that nobody finds it out by guessing.
        """
        several = links_of(self.policy.entity)
        said = cells.values | {name: [] if name in several else None for name in cells.blank}
        unseen = self.policy.kept_back(work.actor)
        data = read(self.change, {n: v for n, v in said.items() if n in self.change.model_fields})
        return {
            name: value
            for name, value in said.items()
            if name not in self.keyed
            if name in unseen or not same(getattr(row, name), getattr(data, name, value))
        }


def same(stored: Any, said: Any) -> bool:
    """Whether two values are the same; of several ids the order does not count."""
    if isinstance(said, list) and all(isinstance(item, UUID) for item in [*said, *(stored or ())]):
        return set(stored) == set(said)
    return bool(stored == said)


def read(schema: type[In], values: Mapping[str, Any]) -> In:
    """Read values as a request would carry them; raises Invalid."""
    try:
        return schema.model_validate(values)
    except ValidationError as error:
        raise Invalid(errors=faults(error.errors(include_url=False))) from error
