"""The whole blueprint: its sections, and a User record if it names none."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.blueprint.faults import Path
from scaffold.blueprint.meaning.fields import settle
from scaffold.blueprint.meaning.records import build_record
from scaffold.blueprint.models import Blueprint, Record
from scaffold.blueprint.posture import Level
from scaffold.blueprint.report import Report
from scaffold.blueprint.sections import Contact, Delivery, Identity, OpenItem, Support, WhyBuild
from scaffold.blueprint.shapes.blocks import Said
from scaffold.blueprint.shapes.phrases import Label
from scaffold.blueprint.source.nodes import Mapping, Node

_NAMED_BY_PEOPLE = ("roles", "records")


def build(said: Said, text: str, report: Report) -> Blueprint:
    """The model of what the blueprint says, expressions still missing."""
    level, kinds = settle(said.get("data", Label()), Level.INTERNAL, ("data",), report)
    audit = said.get("audit", "changes")
    records = {
        name: build_record(name, block, (level, kinds), audit, report)
        for name, block in said.get("records", {}).items()
    }
    records.setdefault("User", Record("User", "name", level=level, kinds=kinds, audit=audit))
    why = said.get("why_build")
    return Blueprint(
        app=said.get("app", ""),
        text=text,
        about=said.get("about"),
        currencies=said.get("currency", ()),
        timezone=said.get("timezone", "UTC"),
        posture=level,
        kinds=frozenset(kinds),
        audit=audit,
        separate_by=said.get("separate_by"),
        identity=Identity(**said.get("identity", {})),
        support=_support(said.get("support", {})),
        delivery=Delivery(**said.get("delivery", {})),
        why_build=why and WhyBuild(why.get("instead_of", ()), why.get("because")),
        open_items=_open_items(said.get("open_items", ())),
        roles=said.get("roles", {}),
        records=records,
        retired=said.get("retired", ()),
        intended=said.get("intended", ()),
        said=frozenset(_said(report.root, ())),
    )


def _support(said: Said) -> Support:
    values = dict(said)
    if "first" in values:
        values["first"] = Contact(**values["first"])
    if "respond" in values:
        values["respond"] = Support().respond | values["respond"]
    return Support(**values)


def _open_items(said: tuple[Said, ...]) -> tuple[OpenItem, ...]:
    complete = [item for item in said if {"about", "who", "by"} <= item.keys()]
    return tuple(OpenItem(item["about"], item["who"], item["by"]) for item in complete)


def _said(node: Node, path: Path) -> Iterator[str]:
    """Dotted keys of every section; of roles and records only that they are there."""
    if not isinstance(node, Mapping):
        return
    for name, (_, value) in node.entries.items():
        yield ".".join([*map(str, path), name])
        if path or name not in _NAMED_BY_PEOPLE:
            yield from _said(value, (*path, name))
