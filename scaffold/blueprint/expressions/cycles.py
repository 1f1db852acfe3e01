"""Calculated fields must not need each other in a circle, nor lower what they are made of."""

from __future__ import annotations

from scaffold.blueprint.expressions.tree import Expression, FieldPath, SumOf, walk
from scaffold.blueprint.faults import Path
from scaffold.blueprint.models import Blueprint, Field
from scaffold.blueprint.report import Report

Spot = tuple[str, str]
"""A record and a field of it."""


def _reads(expression: Expression) -> list[Spot]:
    found: list[Spot] = []
    for node in walk(expression.root):
        if isinstance(node, FieldPath):
            found.append((node.owner, node.steps[-1]))
        elif isinstance(node, SumOf):
            found.append((node.record, node.field))
    return found


def refuse_cycles(blueprint: Blueprint, report: Report) -> None:
    """Report circles among calculated fields, and results that are shown more freely."""
    needs: dict[Spot, list[Spot]] = {}
    for record in blueprint.records.values():
        for field in record.fields.values():
            if field.calculated is not None:
                needs[record.name, field.name] = _reads(field.calculated)
                _refuse_leak(blueprint, (record.name, field), needs, report)
    reported: set[Spot] = set()
    for start in needs:
        circle = _circle(start, needs)
        if circle and not reported & set(circle):
            reported |= set(circle)
            way = " needs ".join(f"{record}.{field}" for record, field in [*circle, start])
            hint = "let one of them be typed, or calculate it from other fields"
            report.add("circular", _path(start), f"This calculation is circular: {way}.", hint)


def _path(spot: Spot) -> Path:
    return ("records", spot[0], "fields", spot[1], "calculated")


def _circle(start: Spot, needs: dict[Spot, list[Spot]]) -> list[Spot]:
    """The way from `start` back to it, or nothing."""
    came_from: dict[Spot, Spot] = {}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for following in needs.get(here, ()):
            if following == start:
                way = [here]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return way[::-1]
            if following not in came_from and following in needs:
                came_from[following] = here
                waiting.append(following)
    return []


def _refuse_leak(
    blueprint: Blueprint, spot: tuple[str, Field], needs: dict[Spot, list[Spot]], report: Report
) -> None:
    record, field = spot
    for owner, name in needs[record, field.name]:
        source = blueprint.records[owner].fields.get(name)
        if source is not None and source.type != "record" and source.level > field.level:
            path: Path = ("records", record, "fields", field.name)
            made = f"{owner}.{name}, which is {source.level}"
            message = f"`{field.name}` is {field.level}, but is calculated from {made}."
            report.add("level-leak", path, message, f"write data: {source.level}")
            return
