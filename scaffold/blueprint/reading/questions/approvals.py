"""Questions about approvals: what is approved, by whom, and whether it can be got around."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scaffold.blueprint.expressions import tree
from scaffold.blueprint.expressions.tree import Expression
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
    """Approved amounts that can still be edited."""
    for record, workflow in workflows(ground):
        for move in workflow.moves.values():
            unlocked = _unlocked_after(workflow, move) if _approves(move) else []
            open_to = {
                amount: who
                for amount in (_amounts(ground, record, move) if unlocked else ())
                if (who := _who_can_still_edit(ground, amount, move))
            }
            if open_to:
                text = (
                    f"after {quoted(spoken(move.name))} {_roles(ground, open_to.values())} can "
                    f"still change {_in_words(ground, open_to)}, because {spoken(unlocked[0])} is "
                    f"not locked; is that meant?"
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


def _amounts(ground: Ground, record: Record, move: Move) -> list[Place]:
    """The numbers that were approved and that people type, wherever they stand."""
    places: set[Place] = set()
    if move.if_ is not None and my_fields(move.if_):
        for node in tree.walk(move.if_.root):
            if isinstance(node, tree.Comparison) and my_fields(Expression("", node)):
                places |= ground.reads(record, Expression("", node))
    else:
        for field in record.fields.values():
            if field.type == "money" and (field.name in move.needs or not field.optional):
                places |= {(record.name, field.name)}
                places |= ground.reads(record, field.calculated) if field.calculated else set()
    inside = {record.name, *(part.name for part in ground.parts(record))}
    return [place for place in sorted(places) if place[0] in inside and _typed(ground, place)]


def _typed(ground: Ground, place: Place) -> bool:
    found = ground.field(place)
    return found is not None and found[1].type in NUMBER_TYPES and found[1].calculated is None


def _who_can_still_edit(ground: Ground, place: Place, move: Move) -> frozenset[str]:
    found = ground.field(place)
    who = ground.editors(*found) if found else frozenset()
    return who if my_fields(move.if_) or not who <= frozenset(move.by) else frozenset()


def _roles(ground: Ground, groups: Iterable[frozenset[str]]) -> str:
    """All roles of the groups in words, in the order of the blueprint."""
    found = frozenset[str]().union(*groups)
    return ground.words.roles(tuple(role for role in ground.blueprint.roles if role in found))


def _in_words(ground: Ground, places: Iterable[Place]) -> str:
    return listing(
        f"{ground.words.field(record, name).the} of {ground.words.one(record).a}"
        for record, name in places
    )


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
    who = _roles(ground, [both])
    noun = ground.words.field(limit[0].name, limit[1].name).the
    text = (
        f"{who} may set {noun} and also make the move {quoted(spoken(move.name))} that it limits: "
        f"nobody changes their own, but two of them can raise each other's; is that meant?"
    )
    path = f"records.{limit[0].name}.fields.{limit[1].name}.set_by"
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
