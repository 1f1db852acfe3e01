"""Questions about approvals: what is approved, by whom, and whether it can be got around."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scaffold.blueprint.models import Field, Move, Record, Workflow
from scaffold.blueprint.reading.english import listing, quoted, spoken, word_set
from scaffold.blueprint.reading.questions.ground import (
    Finding,
    Ground,
    Place,
    my_fields,
    reached,
    workflows,
)
from scaffold.blueprint.words import NUMBER_TYPES

_APPROVING = re.compile(r"(?:^|_)(?:approve|authori[sz]e|sign_off)(?:_|$)")
_OFFERED = word_set("offered quoted proposed tendered")
_OFFERING = _OFFERED | word_set("offer quote propose tender send sent issue issued")
_AGREEING = word_set("accept agree sign confirm order buy")


def _approves(move: Move) -> bool:
    """Whether the move is an approval: it asks a limit of whoever makes it, or says so."""
    return bool(move.by) and (bool(my_fields(move.if_)) or bool(_APPROVING.search(move.name)))


def approved_amount_editable(ground: Ground) -> Iterator[Finding]:
    """An approved amount that can still be edited."""
    for record, workflow in workflows(ground):
        for move in workflow.moves.values():
            unlocked = _unlocked_after(workflow, move) if _approves(move) else []
            for owner, field in _amounts(ground, record, move) if unlocked else ():
                who = _who_can_still_edit(ground, owner, field, move)
                if who:
                    why = f"{quoted(spoken(move.name))} {who} can still change"
                    what = _amount_in_words(ground, owner, field)
                    text = (
                        f"after {why} {what}, because {spoken(unlocked[0])} is not locked; is that "
                        f"meant?"
                    )
                    path = f"records.{record.name}.workflow.moves.{move.name}"
                    yield Finding("approved-amount-editable", text, path, record.name, "risk")


def _unlocked_after(workflow: Workflow, move: Move) -> list[str]:
    """Stages in which things can be edited, reached without approving again."""
    again = frozenset(move.from_)
    after = {move.to}
    if move.to not in again:
        after = set(reached(workflow, after, lambda other: other.to not in again))
    return [
        stage
        for stage in workflow.stages
        if stage in after and stage not in again and stage not in workflow.locked
    ]


def _amounts(ground: Ground, record: Record, move: Move) -> list[tuple[Record, Field]]:
    """The numbers that were approved and that people type, wherever they stand."""
    places: set[Place] = set()
    if move.if_ is not None and my_fields(move.if_):
        places |= ground.reads(record, move.if_)
    else:
        for field in record.fields.values():
            if field.type == "money" and (field.name in move.needs or not field.optional):
                places |= {(record.name, field.name)}
                if field.calculated:
                    places |= ground.reads(record, field.calculated)
    inside = {record.name, *(part.name for part in ground.parts(record))}
    found = [ground.field(place) for place in sorted(places) if place[0] in inside]
    return [
        (owner, field)
        for owner, field in (item for item in found if item)
        if field.type in NUMBER_TYPES and field.calculated is None
    ]


def _who_can_still_edit(ground: Ground, owner: Record, field: Field, move: Move) -> str | None:
    who = ground.editors(owner, field)
    if not who or (not my_fields(move.if_) and who <= frozenset(move.by)):
        return None
    return ground.words.roles(tuple(role for role in ground.blueprint.roles if role in who))


def _amount_in_words(ground: Ground, owner: Record, field: Field) -> str:
    noun = ground.words.field(owner.name, field.name)
    return f"{noun.the} of {ground.words.one(owner.name).a}"


def raises_own_limit(ground: Ground) -> Iterator[Finding]:
    """Someone who makes a move that their limit holds back, and sets limits too."""
    told: set[tuple[str, Place]] = set()
    for record, workflow in workflows(ground):
        for move in workflow.moves.values():
            for my in my_fields(move.if_):
                place = (my.owner, my.steps[-1])
                found = ground.field(place)
                if found is None or found[1].calculated or (record.name, place) in told:
                    continue
                both = ground.writers(*found) & frozenset(move.by)
                if both:
                    told.add((record.name, place))
                    yield _raises(ground, record, move, found, both)


def _raises(
    ground: Ground,
    record: Record,
    move: Move,
    limit: tuple[Record, Field],
    both: frozenset[str],
) -> Finding:
    who = ground.words.roles(tuple(role for role in ground.blueprint.roles if role in both))
    noun = ground.words.field(limit[0].name, limit[1].name).the
    text = (
        f"{who} may set {noun} and also make the move {quoted(spoken(move.name))} that it limits: "
        f"nobody changes their own, but two of them can raise each other's; is that meant?"
    )
    path = f"records.{limit[0].name}.fields.{limit[1].name}"
    return Finding("raises-own-limit", text, path, record.name, "risk")


def approval_after_offer(ground: Ground) -> Iterator[Finding]:
    """An approval that comes after the customer has the offer."""
    for record, workflow in workflows(ground):
        approvals = [move for move in workflow.moves.values() if _approves(move)]
        without = _reached_without(workflow, approvals)
        offered = [stage for stage in _offered(ground, record, workflow) if stage in without]
        for move in approvals:
            early = [stage for stage in offered if _follows(workflow, stage, move)]
            if early:
                yield _late(ground, record, move, early)


def _reached_without(workflow: Workflow, moves: list[Move]) -> frozenset[str]:
    names = {move.name for move in moves}
    return reached(workflow, workflow.stages[:1], lambda move: move.name not in names)


def _follows(workflow: Workflow, stage: str, approval: Move) -> bool:
    """Whether the approval can come next, without going back to the start first."""
    start = workflow.stages[0]
    after = reached(workflow, [stage], lambda move: move.to != start and move.name != approval.name)
    return any(origin in after for origin in approval.from_)


def _offered(ground: Ground, record: Record, workflow: Workflow) -> Iterator[str]:
    """Stages in which the customer has the offer: told by mail, open by link, or named so."""
    by_link = record.link.moves if record.link else ()
    for stage in workflow.stages:
        told = any(
            move.to == stage
            and {stage, move.name} & _OFFERING
            and _tells_outside(ground, record, move)
            for move in workflow.moves.values()
        )
        opened = any(stage in workflow.moves[name].from_ for name in by_link if name in _AGREEING)
        if stage != workflow.stages[0] and (told or opened or stage in _OFFERED):
            yield stage


def _tells_outside(ground: Ground, record: Record, move: Move) -> bool:
    """Whether the move writes to an address that is no user's."""
    for path in move.tells:
        here: str | None = record.name
        *relations, last = path.split(".")
        for step in relations:
            here = ground.words.target(here, step)
        found = ground.field((here or "", last))
        if found and found[1].type == "email" and here != "User":
            return True
    return False


def _late(ground: Ground, record: Record, move: Move, early: list[str]) -> Finding:
    one = ground.words.one(record.name).a
    stages = listing([spoken(stage) for stage in early], "or")
    text = (
        f"{one} can be {stages} before the approving move {quoted(spoken(move.name))} is made: "
        f"by then the customer may have the offer; is that meant?"
    )
    path = f"records.{record.name}.workflow.moves.{move.name}"
    return Finding("approval-after-offer", text, path, record.name, "risk")
