"""The differences between two workflows: stages, what is locked, moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from scaffold.blueprint.models import Move, Names, Record, Workflow
from scaffold.changing.change import Change, asks, from_to, safe
from scaffold.changing.words import compare_words


@dataclass(frozen=True, slots=True)
class _Stages:
    choices: tuple[str, ...]
    renamed: Names
    retired: tuple[str, ...]


def compare_workflows(old: Record, new: Record) -> Iterator[Change]:
    """Every difference of the workflow."""
    before, after = old.workflow, new.workflow
    where = f"records.{new.name}.workflow"
    if before is None and after is not None:
        words = f"{new.name} has stages now; rows of today begin as {after.stages[0]}."
        yield safe("workflow-added", where, words)
    elif before is not None and after is None:
        yield _removed(new, where)
    elif before is not None and after is not None:
        stages = _Stages(after.stages, after.renamed, after.retired)
        yield from compare_words(new.name, f"{where}.stages", before.stages, stages, "stage")
        yield from _course(new.name, where, before, after)


def _removed(record: Record, where: str) -> Change:
    if "stage" in record.retired:
        words = f"{record.name} has no stages any more: the migration deletes them."
        return safe("workflow-removed", where, words)
    words = f"{record.name} has no `workflow` any more, and the stage of each row would be lost."
    hint = f"write `retired: [stage]` in {record.name}, which deletes it"
    return asks("workflow-removed", where, words, hint)


def _course(name: str, where: str, before: Workflow, after: Workflow) -> Iterator[Change]:
    renamed = dict(after.renamed)
    locked = tuple(renamed.get(stage, stage) for stage in before.locked)
    if set(locked) != set(after.locked):
        words = f"Locked stages of {name}: {from_to(locked, after.locked)}."
        yield safe("locked-changed", f"{where}.locked", words)
    for move in after.moves.values():
        here, was = f"{where}.moves.{move.name}", before.moves.get(move.name)
        if was is None:
            yield safe("move-added", here, f"{name} has a new move, {move.name}.")
        elif _now(was, renamed) != _now(move, {}):
            yield safe("move-changed", here, f"The move {move.name} of {name} changed.")
    for move in before.moves.values():
        if move.name not in after.moves:
            words = f"{name} has no move {move.name} any more. What was made with it stays in the"
            yield safe("move-removed", f"{where}.moves.{move.name}", f"{words} history.")


def _now(move: Move, renamed: dict[str, str]) -> tuple[Move, str | None]:
    """The move with the stages of today; its condition by its text alone."""
    stages = tuple(renamed.get(stage, stage) for stage in move.from_)
    told = replace(move, from_=stages, to=renamed.get(move.to, move.to), if_=None)
    return told, move.if_.text if move.if_ else None
