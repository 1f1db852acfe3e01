"""What the actor may do with a row now, and where not, why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.platform.console.fields import Field
from app.platform.console.forms import settable
from app.platform.console.names import UNSEEN, names_by_id
from app.platform.console.screens import Screen
from app.platform.console.words import label, listed
from app.platform.db import Entity
from app.platform.errors import Problem
from app.platform.moves import is_blank, refuse_same_person, refuse_unfit
from app.platform.views import may
from app.platform.work import UnitOfWork
from app.platform.workflow import Move


@dataclass(frozen=True, slots=True)
class Offer:
    """A move that begins where a row stands, and what speaks against it; nothing, if it can be made.

    It asks questions, and brings what is needed for it and blank so far.
    """

    name: str
    label: str
    asks: tuple[str, ...]
    to: str
    why_not: str = ""
    brings: Sequence[Field] = ()


def moves_of(work: UnitOfWork, screen: Screen, row: Entity) -> list[Offer]:
    """Give the moves that people make from the stage that a row is in."""
    stage = getattr(row, "stage", None)
    if row.archived_at is not None:
        return []
    found = []
    for name, move in screen.moves.items():
        if stage in move.stages:
            granted = screen.policy.granted(work.actor, name)
            brings = brought(work, screen, row, move) if granted else []
            reason = why_not(work, screen, row, name, move, brings)
            asks = tuple(move.asks)
            found.append(Offer(name, label(name), asks, label(move.to), reason, brings))
    return found


def brought(work: UnitOfWork, screen: Screen, row: Entity, move: Move) -> list[Field]:
    """Give the fields that a move needs, that are blank, and that the actor can fill in with it."""
    blank = [name for name in move.needs if is_blank(row, name)]
    if not blank or not may(work, row, "change"):
        return []
    fields = settable(work, screen, screen.changed)
    return [
        replace(one, required=True)
        for one in fields
        if one.name in blank and one.kind.control != "file"
    ]


def why_not(
    work: UnitOfWork,
    screen: Screen,
    row: Entity,
    name: str,
    move: Move,
    brings: Sequence[Field] = (),
) -> str:
    """Say why the actor cannot make a move now, also with what it brings; nothing, if they can."""
    if not screen.policy.granted(work.actor, name):
        return f"Only {those(move)} may do this."
    if not may(work, row, name):
        return f"Only the {label(owner(screen)).lower()} may do this; {belongs(work, screen, row)}."
    filled = {one.name for one in brings}
    missing = [label(n).lower() for n in move.needs if is_blank(row, n) and n not in filled]
    if missing:
        return f"Fill in before: {listed(missing)}."
    try:
        refuse_same_person(work, row, move)
        if not brings:  # what it brings may be what the condition speaks of
            refuse_unfit(work, row, move)
    except Problem as problem:
        return problem.detail
    return ""


def those(move: Move) -> str:
    """Say which roles may make a move."""
    roles = [role.replace("_", " ") for role in move.by]
    return f"the role{'s' if len(roles) > 1 else ''} {listed(roles)}"


def owner(screen: Screen) -> str:
    """Give the name of the field that holds whose a row is."""
    return (screen.policy.owner or "owner").rpartition(".")[2]


def belongs(work: UnitOfWork, screen: Screen, row: Entity) -> str:
    """Say to whom a row belongs."""
    held = getattr(row, f"{screen.policy.owner}_id", None)
    if held is None:
        return "it belongs to nobody yet"
    name = names_by_id(work, "users", [held])[held]
    return f"it belongs to {'somebody else' if name == UNSEEN else name}"


@dataclass(frozen=True, slots=True)
class Rights:
    """What the actor may do with a row besides moving it."""

    change: bool
    archive: bool
    unmask: bool
    why_no_change: str = ""


def rights(work: UnitOfWork, screen: Screen, row: Entity) -> Rights:
    """Give what the actor may do with a row."""
    locked = getattr(row, "stage", None) in screen.policy.workflow.locked
    archived = row.archived_at is not None
    change = may(work, row, "change") and screen.does("change")
    why = (
        "It is in the archive."
        if archived
        else f"Nothing changes while it is {label(getattr(row, 'stage', '') or '').lower()}."
        if locked
        else ""
    )
    return Rights(
        change=change and not (archived or locked),
        archive=screen.does("archive") and not archived and may(work, row, "archive"),
        unmask=screen.does("unmask") and may(work, row, "unmask"),
        why_no_change=why if change else "",
    )
