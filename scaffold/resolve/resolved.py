"""A record together with everything that its code needs to know of the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import inflection

from scaffold.blueprint.expressions.tree import Expression
from scaffold.blueprint.models import Field, Grant, Move, Record
from scaffold.blueprint.reading.nouns import Vocabulary
from scaffold.blueprint.reading.phrases import Phrases
from scaffold.names import RecordNames
from scaffold.resolve.expressions import as_sql
from scaffold.resolve.offered import offered
from scaffold.resolve.values import attribute


@dataclass(frozen=True, slots=True)
class Resolved:
    """A record with its names, those of every other record, and the fields that are stored.

    `limits` are the attributes that rules read of a person, where this holds the people.
    """

    record: Record
    names: RecordNames
    others: dict[str, RecordNames]
    fields: tuple[Field, ...]
    grants: tuple[Grant, ...]
    words: Vocabulary = field(repr=False)
    limits: tuple[str, ...] = ()
    resolved: dict[str, Resolved] = field(default_factory=dict, repr=False)
    calculated: tuple[Field, ...] = ()
    separator: str | None = None
    """The record that separates the customers of the system."""
    reads: bool | None = None
    """Whether looks at it are recorded, where the whole system says something else."""

    currency: tuple[str, ...] = ()
    """The path to which of several currencies its money is in, where there are several."""

    @property
    def top(self) -> Resolved:
        """The record whose grants hold: itself, or what a part is in the end a part of."""
        part = self.record.part_of
        return self if part is None else self.resolved[part.parent].top

    @property
    def through(self) -> list[str]:
        """The relations that lead from a part to the record whose grants hold."""
        part = self.record.part_of
        return [] if part is None else [part.field, *self.resolved[part.parent].through]

    @property
    def apart(self) -> bool:
        """Whether its rows belong to one customer of the system each; parts are as their whole."""
        record = self.top.record
        return self.separator not in (None, record.name) and not record.shared

    def points_apart(self, target: str | None) -> bool:
        """Whether what it points to must belong to the same customer."""
        return self.apart and target is not None and self.resolved[target].apart

    @property
    def is_user(self) -> bool:
        """Whether it holds the people who sign in."""
        return self.record.name == "User"

    @property
    def shown(self) -> tuple[Field, ...]:
        """The fields that the API gives: those that can be sent, and those that are calculated."""
        return (*self.fields, *self.calculated)

    def as_sql(self, expression: Expression) -> str:
        """An expression of the record as generated code says it."""
        return as_sql(expression, {name: names.id for name, names in self.others.items()})

    def in_words(self, expression: Expression) -> str:
        """An expression of the record as one says it to whoever acts."""
        return Phrases(self.words, self.record.name, "your own").of(expression)

    @property
    def columns(self) -> tuple[Field, ...]:
        """The fields that are columns of the record's own table."""
        return tuple(field for field in self.fields if not field.many)

    @property
    def many(self) -> tuple[Field, ...]:
        """The fields that point to any number of rows, through a link table."""
        return tuple(field for field in self.fields if field.many)

    @property
    def parent(self) -> dict[str, str] | None:
        """The record that a part belongs to."""
        part = self.record.part_of
        if part is None:
            return None
        names = self.others[part.parent]
        return {
            "record": names.id,
            "class": names.class_name,
            "field": part.field,
            "parameter": f"{part.field}_id",
            "label": names.label.lower(),
        }

    @property
    def within(self) -> list[str]:
        """The parameter by which a route names the parent of a part, if it is one."""
        return [self.parent["parameter"]] if self.parent else []

    @property
    def prefix(self) -> str:
        """The route as the framework reads it: only ids are ids, so `/find` is not one."""
        return self.path.replace("}", ":uuid}")

    @property
    def path(self) -> str:
        """The route of all rows: `/jobs`, or `/jobs/{job_id}/parts` for a part."""
        part = self.record.part_of
        if part is None:
            return f"/{self.names.route}"
        collection = inflection.dasherize(part.collection)
        return f"/{self.others[part.parent].route}/{{{part.field}_id}}/{collection}"

    @property
    def shown_as(self) -> str:
        """The attribute by which people know a row."""
        return self.attribute(self.record.shown_as)

    @property
    def masked(self) -> list[str]:
        """The attributes that show only after `unmask`."""
        return [attribute(field) for field in self.shown if field.masked]

    @property
    def findable(self) -> list[str]:
        """The sealed attributes that can be found by their exact value."""
        return [attribute(field) for field in self.fields if field.sealed and field.find_exact]

    @property
    def searched(self) -> list[str]:
        """The attributes in which words are looked for."""
        return [attribute(field) for field in self.fields if field.searchable]

    @property
    def indexed(self) -> set[str]:
        """The fields that people look for, and that are therefore indexed."""
        return {*self.searched, self.record.shown_as}

    @property
    def moves(self) -> list[dict[str, Any]]:
        """The moves of the workflow, for the documents."""
        if self.record.workflow is None:
            return []
        return [
            {"name": move.name, "from": list(move.from_), "to": move.to, "by": list(move.by)}
            for move in self.record.workflow.moves.values()
        ]

    @property
    def offered(self) -> list[Move]:
        """The moves that are generated."""
        return offered(self.record)

    @property
    def locked(self) -> list[str]:
        """The stages in which nothing can be edited."""
        flow = self.record.workflow
        return [stage for stage in flow.stages if stage in flow.locked] if flow else []

    @property
    def settled(self) -> bool:
        """Whether every stage is locked, so that nothing is ever changed."""
        flow = self.record.workflow
        return flow is not None and flow.settled

    @property
    def keep(self) -> dict[str, str] | None:
        """How long a row is kept; nothing where the rule reads what is not stored."""
        keep, said = self.record.keep, {field.name for field in self.fields} | {"archived", None}
        if keep is None or not {keep.after, keep.unless} <= said:
            return None
        found = {"for": str(keep.for_), "after": keep.after, "then": keep.then}
        return {**found, "unless": keep.unless or ""}

    def attribute(self, name: str) -> str:
        """The attribute of a field that the blueprint names."""
        return next((attribute(field) for field in self.fields if field.name == name), name)
