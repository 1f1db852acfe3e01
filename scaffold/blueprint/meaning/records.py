"""One record: what it says, settled into the model, its expressions kept for later."""

from __future__ import annotations

import re
from typing import Any

from scaffold.blueprint.faults import Path
from scaffold.blueprint.meaning.fields import build_field, settle
from scaffold.blueprint.models import (
    Field,
    Grant,
    Move,
    Number,
    PartOf,
    Record,
    Workflow,
)
from scaffold.blueprint.posture import Kind, Level
from scaffold.blueprint.report import Report
from scaffold.blueprint.sections import Keep, Link
from scaffold.blueprint.shapes.blocks import Said
from scaffold.blueprint.words import TEXT_TYPES
from scaffold.names import snake

_NUMBER = re.compile(r"(?:[A-Za-z0-9 ./_#-]|\{year\})*?([0-9]{1,12})")
_MAIN_NAMES = ("name", "title", "label")


def build_record(
    name: str, said: Said, label: tuple[Level, tuple[Kind, ...]], audit: str, report: Report
) -> Record:
    """The record; `label` and `audit` are the blueprint's."""
    path: Path = ("records", name)
    own = label
    if "data" in said:
        own = settle(said["data"], label[0], (*path, "data"), report)
    fields = _fields(said.get("fields", {}), own, path, report)
    number = _number(said.get("number"), path, report)
    return Record(
        name=name,
        shown_as=said.get("shown_as") or _shown_as(name, fields, number),
        about=said.get("about"),
        steward=said.get("steward"),
        number=number,
        key=said.get("key", ()),
        part_of=_part_of(said.get("part_of")),
        shared=said.get("shared", False),
        owner=said.get("owner"),
        level=own[0],
        kinds=own[1],
        fields=fields,
        unique=said.get("unique", ()),
        workflow=_workflow(said.get("workflow")),
        grants=_grants(said.get("may", {})),
        link=_link(said.get("link")),
        audit=said.get("audit", audit),
        delete=said.get("delete", "archive"),
        keep=_keep(said.get("keep")),
        was=said.get("was"),
        plural=said.get("plural"),
        retired=said.get("retired", ()),
        intended=said.get("intended", ()),
    )


def _fields(
    said: Said, label: tuple[Level, tuple[Kind, ...]], path: Path, report: Report
) -> dict[str, Field]:
    built = {
        name: build_field(name, block, label, (*path, "fields", name), report)
        for name, block in said.items()
    }
    return {name: field for name, field in built.items() if field is not None}


def _shown_as(name: str, fields: dict[str, Field], number: Number | None) -> str:
    if name == "User":
        return "name"
    if number is not None:
        return "number"
    for candidate in _MAIN_NAMES:
        if candidate in fields and fields[candidate].type in TEXT_TYPES:
            return candidate
    return next(iter(fields), "")


def _number(said: Said | None, path: Path, report: Report) -> Number | None:
    text: str | None = said.get("format") if said else None
    if said is None or text is None:
        return None
    match = _NUMBER.fullmatch(text)
    if match is None or text.count("{year}") > 1:
        message = f"A number is letters, at most one {{year}}, and digits at the end; not '{text}'."
        hint = "write Q-{year}-00001: the digits are its width and where it starts"
        report.add("number-format", (*path, "number"), message, hint)
        return None
    return Number(
        format=text,
        gapless=said.get("gapless", False),
        width=len(match[1]),
        start=int(match[1]),
        yearly="{year}" in text,
    )


def _part_of(said: str | None) -> PartOf | None:
    if said is None:
        return None
    parent, _, collection = said.split(" ")
    return PartOf(parent, collection, snake(parent))


def _workflow(said: Said | None) -> Workflow | None:
    if said is None or "stages" not in said:
        return None
    moves = {
        name: _move(name, block)
        for name, block in said.get("moves", {}).items()
        if "from" in block and "to" in block
    }
    renamed = tuple(said.get("renamed", {}).items())
    return Workflow(said["stages"], said.get("locked", ()), moves, renamed, said.get("retired", ()))


def _move(name: str, said: Said) -> Move:
    return Move(
        name=name,
        from_=said["from"],
        to=said["to"],
        by=said.get("by", ()),
        only_owner=said.get("only_owner", False),
        needs=said.get("needs", ()),
        asks=said.get("asks", ()),
        not_same_person_as=said.get("not_same_person_as"),
        tells=said.get("tells", ()),
        once_past=said.get("once_past"),
    )


def _grants(said: dict[str, Any]) -> tuple[Grant, ...]:
    return tuple(
        Grant(role, words.verb, words.scope, words.same)
        for role, phrases in said.items()
        for words in phrases
    )


def _link(said: Said | None) -> Link | None:
    if said is None or not {"shows", "expires"} <= said.keys():
        return None
    return Link(said["shows"], said.get("moves", ()), said["expires"])


def _keep(said: Said | None) -> Keep | None:
    if said is None or not {"for", "after", "then"} <= said.keys():
        return None
    return Keep(said["for"], said["after"], said["then"], said.get("unless"))
