"""The first texts of messages: one for each move that tells somebody, to be written over."""

from __future__ import annotations

from typing import Any

from scaffold.blueprint.models import Blueprint, Move
from scaffold.blueprint.posture import Level
from scaffold.names import words
from scaffold.resolve.gathering import resolved_records
from scaffold.resolve.resolved import Resolved
from scaffold.resolve.values import attribute

OPEN = (Level.PUBLIC, Level.INTERNAL)


def telling(blueprint: Blueprint) -> list[dict[str, Any]]:
    """Each record that has moves which tell somebody, and their texts."""
    found = [(item, [m for m in item.offered if m.tells]) for item in resolved_records(blueprint)]
    return [
        {
            "id": item.names.id,
            "moves": [{"name": move.name, "text": text(item, move)} for move in moves],
        }
        for item, moves in found
        if moves
    ]


def text(item: Resolved, move: Move) -> str:
    """The subject in the first line, and what the message says."""
    one = " ".join([item.names.label, *named(item)])
    if move.to not in move.from_:
        return f"{one}: {words(move.to).lower()}\n\n{one} is now {words(move.to).lower()}.\n"
    return f"{one}: {words(move.name).lower()}\n\n{one} is {words(move.to).lower()}.\n"


def named(item: Resolved) -> list[str]:
    """What tells one row from another, if it may be sent."""
    if item.record.number is not None:
        return ["$number"]
    return [
        f"${attribute(field)}"
        for field in item.columns
        if attribute(field) == item.shown_as and field.record is None and sendable(item, field.name)
    ]


def sendable(item: Resolved, name: str) -> bool:
    """Whether a text may hold the field: shown to whoever may see the record, and not sealed."""
    field = next(field for field in item.columns if field.name == name)
    return field.level in OPEN and not (field.sealed or field.masked or field.seen_by)
