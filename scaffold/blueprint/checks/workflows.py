"""Stages and moves: where they lead, who makes them, what they need, whom they tell."""

from __future__ import annotations

from scaffold.blueprint.checks.lookup import field_of, need_roles
from scaffold.blueprint.checks.relations import report_lost
from scaffold.blueprint.faults import Path, meant, shown
from scaffold.blueprint.models import Blueprint, Move, Record, Workflow
from scaffold.blueprint.paths import Lost, follow, parts_of, sealed
from scaffold.blueprint.report import Report
from scaffold.names import LANGUAGE_WORDS


def check_workflow(blueprint: Blueprint, record: Record, report: Report) -> None:
    """Every word in one workflow."""
    flow = record.workflow
    if flow is None:
        return
    path: Path = ("records", record.name, "workflow")
    _need_stages(flow, flow.locked, (*path, "locked"), report)
    if flow.settled and parts_of(blueprint, record.name):
        message = f"Every stage of {record.name} is locked, so no part can ever be added."
        hint = "leave out the stages in which it is filled in"
        report.add("locked", (*path, "locked"), message, hint)
    for stage in flow.stages:
        if stage in LANGUAGE_WORDS:
            message = f"{shown(stage)} is a word of the language and cannot be a stage."
            here = report.item((*path, "stages"), stage)
            report.add("reserved", here, message, "choose another word")
    for move in flow.moves.values():
        here = (*path, "moves", move.name)
        _need_stages(flow, move.from_, (*here, "from"), report)
        _need_stages(flow, (move.to,), (*here, "to"), report)
        need_roles(blueprint, move.by, (*here, "by"), report)
        _who(record, move, here, report)
        _needs(blueprint, record, move, here, report)
        _separation(flow, move, here, report)
        _clock(blueprint, record, move, here, report)
        for tell in move.tells:
            _tell(blueprint, record, tell, report.item((*here, "tells"), tell), report)


def _need_stages(flow: Workflow, stages: tuple[str, ...], path: Path, report: Report) -> None:
    unreadable = report.blamed(*path[:3], "stages")
    for stage in stages if not unreadable else ():
        if stage not in flow.stages:
            message = f"There is no stage {shown(stage)}."
            hint = meant(stage, flow.stages)
            report.add("unknown-stage", report.item(path, stage), message, hint)


def _who(record: Record, move: Move, path: Path, report: Report) -> None:
    linked = record.link is not None and move.name in record.link.moves
    unreadable = any(report.blamed(*path, key) for key in ("by", "once_past"))
    if not (move.by or move.once_past or linked or unreadable):
        message = f"Nobody can make the move `{move.name}`."
        report.add("move-by-nobody", path, message, "add by: [<role>], or once_past: <date>")
    if move.only_owner and record.owner is None:
        if not report.blamed("records", record.name, "owner"):
            message = f"`only_owner` needs an owner, and {record.name} has none."
            hint = f"add owner: <a field of type User> to {record.name}"
            report.add("only-owner", (*path, "only_owner"), message, hint)
    elif move.only_owner and linked:
        message = (
            f"Who follows a link has no account, so cannot own; `{move.name}` is in link.moves."
        )
        hint = f"delete only_owner, or take {move.name} out of link.moves"
        report.add("only-owner", (*path, "only_owner"), message, hint)


def _needs(blueprint: Blueprint, record: Record, move: Move, path: Path, report: Report) -> None:
    said = report.said((*path, "needs"))
    for name in move.needs if said else ():
        here = report.item((*path, "needs"), name)
        place = field_of(blueprint, record, name, here, report)
        if place is not None and place.field is None:
            message = f"`needs` names what people fill in; `{name}` is built in."
            report.add("needs", here, message, "delete it")
        elif report.said(("records", record.name, "fields", name, "calculated")):
            message = f"`needs` names what people fill in; `{name}` is calculated."
            report.add("needs", here, message, f"write if: {name} > 0")


def _separation(flow: Workflow, move: Move, path: Path, report: Report) -> None:
    other = move.not_same_person_as
    if other is None:
        return
    here = (*path, "not_same_person_as")
    if other not in flow.moves:
        if not report.blamed(*path[:-1], other):
            hint = meant(other, [name for name in flow.moves if name != move.name])
            report.add("unknown-move", here, f"There is no move {shown(other)}.", hint)
    elif other == move.name:
        message = "A move is not compared with itself."
        report.add("unknown-move", here, message, "name the move that somebody else made before")
    elif not move.by and not report.blamed(*path, "by"):
        message = f"Nobody is compared: `{move.name}` is not made by a role."
        report.add("unknown-move", here, message, "add by: [<role>]")


def _clock(blueprint: Blueprint, record: Record, move: Move, path: Path, report: Report) -> None:
    if move.once_past is None:
        return
    for key, said in (("only_owner", move.only_owner), ("asks", move.asks)):
        if said and not move.by:
            message = f"The clock makes the move `{move.name}`, so `{key}` has nobody to ask."
            report.add("clock", (*path, key), message, f"delete `{key}`, or add by: [<role>]")
    here = (*path, "once_past")
    place = field_of(blueprint, record, move.once_past, here, report)
    if place is None:
        return
    if place.type not in ("date", "datetime"):
        message = f"`once_past` names a date or a datetime; `{place.name}` is {place.type}."
        report.add("once-past", here, message, "choose a date of this record")
    elif sealed(place, report):
        message = f"The clock compares in the database, and `{place.name}` is sealed there."
        report.add("once-past", here, message, f"lower its level: {place.name}: data: internal")


def _tell(blueprint: Blueprint, record: Record, tell: str, path: Path, report: Report) -> None:
    steps = tuple(tell.split("."))
    place = follow(blueprint, record.name, steps)
    if isinstance(place, Lost):
        report_lost(blueprint, place, steps, path, report)
    elif place.type != "email" and place.target != "User":
        message = f"`tells` leads to a User or an e-mail; {shown(tell)} is {place.type}."
        report.add("tells", path, message, "write customer.email, or a field of type User")
