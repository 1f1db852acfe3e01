"""Lines for the moves of a record: in its policy, and once more in its tests."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scaffold.blueprint.expressions.tree import Expression
from scaffold.blueprint.models import Move
from scaffold.resolve.layout import call, mapping, quoted, texts
from scaffold.resolve.resolved import Resolved


def workflow(item: Resolved) -> list[str]:
    """The argument of the policy that says moves and locked stages, if there are any."""
    moves = {
        move.name: _declared(item, move, "w.Move(", 3, _condition(item, move))
        for move in item.offered
    }
    arguments = [mapping(moves, indent=2)] if moves else []
    if item.locked:
        arguments.append(texts(item.locked, indent=2, head="locked=["))
    return [call("workflow=w.Workflow(", arguments, indent=1, after=",")] if arguments else []


def stated(item: Resolved) -> list[str]:
    """The facts of the tests, in which every move is said once more."""
    moves = {move.name: _declared(item, move, "Move(", 2) for move in item.offered}
    found = [mapping(moves, indent=1, head="moves = {")] if moves else []
    asked = {m.name: quoted(spoken(item, m.if_)) for m in item.offered if m.if_ is not None}
    return [*found, *[mapping(asked, indent=1, head="conditions = {")] * bool(asked)]


def spoken(item: Resolved, expression: Expression) -> str:
    """An expression as the blueprint says it, its parts called by their tables."""
    tables = {
        other.record.part_of.collection: other.names.id
        for other in item.resolved.values()
        if other.record.part_of and other.record.part_of.parent == item.record.name
    }
    pieces = re.split(r"""("[^"]*"|'[^']*')""", " ".join(expression.text.split()))
    of = re.compile(r"\bof\s+([a-z][a-z0-9_]*)")
    pieces[::2] = (of.sub(lambda m: f"of {tables.get(m[1], m[1])}", said) for said in pieces[::2])
    return "".join(pieces)


def _condition(item: Resolved, move: Move) -> list[str]:
    """The argument that says what has to be true, if anything has to."""
    if move.if_ is None:
        return []
    said = [quoted(item.in_words(move.if_)), quoted(item.as_sql(move.if_))]
    return [call("if_=w.If(", said, indent=4, after=",")]


def _declared(item: Resolved, move: Move, head: str, indent: int, more: Sequence[str] = ()) -> str:
    """A move as the value of its name in a dict whose entries are indented so far."""
    deeper = indent + 1
    arguments = [texts(move.from_, indent=deeper), quoted(move.to)]
    arguments += [texts(move.by, indent=deeper, head="by=[")] * bool(move.by)
    arguments += ["only_owner=True"] * move.only_owner
    needs = [item.attribute(name) for name in move.needs]
    arguments += [texts(needs, indent=deeper, head="needs=[")] * bool(needs)
    arguments += [texts(move.asks, indent=deeper, head="asks=[")] * bool(move.asks)
    if move.not_same_person_as is not None:
        arguments.append(f"not_same_person_as={quoted(move.not_same_person_as)}")
    arguments += [texts(move.tells, indent=deeper, head="tells=[")] * bool(move.tells)
    if move.once_past is not None:
        arguments.append(f"once_past={quoted(move.once_past)}")
    key = f"{quoted(move.name)}: "
    return call(f"{key}{head}", [*arguments, *more], indent=indent, after=",").removeprefix(key)
