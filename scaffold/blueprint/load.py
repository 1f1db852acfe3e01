"""Reading a blueprint: text, shapes, names and rules, expressions; every fault in one pass."""

from __future__ import annotations

from scaffold.blueprint.checks import check_all
from scaffold.blueprint.expressions.attach import attach
from scaffold.blueprint.faults import BlueprintError, Fault
from scaffold.blueprint.language import BLUEPRINT_BLOCK
from scaffold.blueprint.meaning.whole import build
from scaffold.blueprint.models import Blueprint
from scaffold.blueprint.report import Report
from scaffold.blueprint.shapes.plain import Unreadable
from scaffold.blueprint.source.compose import compose
from scaffold.blueprint.source.text import decode


def load(text: str | bytes, source: str = "blueprint.yml") -> Blueprint:
    """The blueprint in `text`. Raises BlueprintError with every fault; `source` names it."""
    decoded = decode(text, source)
    root, faults = compose(decoded, source)
    report = Report(root, decoded, source, faults)
    said = BLUEPRINT_BLOCK.read(root, (), report)
    if isinstance(said, Unreadable):
        report.finish()
        raise AssertionError("an unreadable blueprint has a fault")
    blueprint = build(said, decoded, report)
    check_all(blueprint, report)
    blueprint = attach(blueprint, said, report)
    report.finish()
    return blueprint


def check(text: str | bytes, source: str = "blueprint.yml") -> list[Fault]:
    """Every fault of the blueprint in `text`, in the order of the text; none if it is fine."""
    try:
        load(text, source)
    except BlueprintError as error:
        return list(error.faults)
    return []
