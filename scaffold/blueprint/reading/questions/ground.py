"""What the questions look at: who may do what, how stages follow each other, what feeds what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from scaffold.blueprint.expressions import tree
from scaffold.blueprint.expressions.tree import Expression
from scaffold.blueprint.models import Blueprint, Field, Move, Record, Workflow
from scaffold.blueprint.reading.nouns import Vocabulary
from scaffold.blueprint.reading.page import Urgency
from scaffold.blueprint.reading.phrases import Phrases

Place = tuple[str, str]
"""A record and the name of one of its fields."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that looks unintended, where, and in which record (or ``)."""

    code: str
    text: str
    path: str
    record: str
    level: Urgency


class Ground:
    """One blueprint, with the answers that several questions need."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint = blueprint
        self.records = blueprint.records
        self.words = Vocabulary(blueprint)

    def top(self, record: Record) -> Record:
        """The record whose permissions hold: for a part its parent's, up to the whole."""
        seen = {record.name}
        while record.part_of and record.part_of.parent in self.records:
            record = self.records[record.part_of.parent]
            if record.name in seen:
                break
            seen.add(record.name)
        return record

    def who(self, record: Record, *verbs: str) -> frozenset[str]:
        """The roles with any of these rights, whatever their scope."""
        grants = self.top(record).grants
        return frozenset(grant.role for grant in grants if grant.verb in verbs)

    def writers(self, record: Record, field: Field) -> frozenset[str]:
        """The roles that can give the field a value: by adding, changing or a move."""
        roles = self.who(record, "add", "change")
        if record.workflow:
            for move in record.workflow.moves.values():
                roles |= frozenset(move.by) if field.name in move.needs else frozenset()
        return roles & frozenset(field.set_by) if field.set_by else roles

    def editors(self, record: Record, field: Field) -> frozenset[str]:
        """The roles that can change the value afterwards."""
        roles = self.who(record, "change")
        return roles & frozenset(field.set_by) if field.set_by else roles

    def parts(self, record: Record) -> list[Record]:
        """The records that are parts of it."""
        return [
            part
            for part in self.records.values()
            if part.part_of and part.part_of.parent == record.name
        ]

    def reads(self, record: Record, expression: Expression) -> frozenset[Place]:
        """Every field that it depends on, through calculated fields too."""
        found: set[Place] = set()
        waiting = list(_direct(record.name, expression))
        while waiting:
            place = waiting.pop()
            if place in found:
                continue
            found.add(place)
            owner = self.records.get(place[0])
            field = owner.fields.get(place[1]) if owner else None
            if owner and field and field.calculated:
                waiting += _direct(owner.name, field.calculated)
        return frozenset(found)

    def field(self, place: Place) -> tuple[Record, Field] | None:
        """The record and the field at a place, if it is a field of its own."""
        record = self.records.get(place[0])
        field = record.fields.get(place[1]) if record else None
        return (record, field) if record and field else None

    def phrase(self, record: Record, expression: Expression) -> str:
        """The expression in words."""
        return Phrases(self.words, record.name).of(expression)

    def possible(self, record: Record, move: Move) -> bool:
        """Whether anybody, a link or the clock can make the move."""
        by_link = record.link is not None and move.name in record.link.moves
        return bool(move.by) or by_link or move.once_past is not None


def _direct(record: str, expression: Expression) -> Iterator[Place]:
    for node in tree.walk(expression.root):
        match node:
            case tree.FieldPath(steps=steps, owner=owner):
                yield owner, steps[-1]
            case tree.SumOf(record=part, field=field):
                yield part, field
            case _:
                continue


def reached(
    workflow: Workflow, start: Iterable[str], usable: Callable[[Move], bool]
) -> frozenset[str]:
    """The stages that can be reached from these by usable moves, these included."""
    found = set(start)
    waiting = list(found)
    while waiting:
        stage = waiting.pop()
        for move in workflow.moves.values():
            if stage in move.from_ and move.to not in found and usable(move):
                found.add(move.to)
                waiting.append(move.to)
    return frozenset(found)


def workflows(ground: Ground) -> Iterator[tuple[Record, Workflow]]:
    """Every record that has stages."""
    for record in ground.records.values():
        if record.workflow is not None:
            yield record, record.workflow


def my_fields(expression: Expression | None) -> tuple[tree.My, ...]:
    """The fields of the acting user that an expression reads: limits, mostly."""
    if expression is None:
        return ()
    return tuple(node for node in tree.walk(expression.root) if isinstance(node, tree.My))
