"""Circles between records: parts of their own parts, and records that need each other first."""

from __future__ import annotations

from scaffold.blueprint.faults import Path
from scaffold.blueprint.models import Blueprint, Record
from scaffold.blueprint.report import Report


def check_cycles(blueprint: Blueprint, report: Report) -> None:
    """Report records that nobody could add, because each needs the other first."""
    parents = {
        record.name: {record.part_of.parent: "part_of"}
        for record in blueprint.records.values()
        if record.part_of is not None
    }
    for circle in circles(parents):
        way = " is part of ".join([*circle, circle[0]])
        message = f"A part cannot hold itself: {way}."
        path: Path = ("records", circle[0], "part_of")
        report.add("part-circle", path, message, "write a relation instead of part_of")
    needs = {
        name: _needs(record) | parents.get(name, {})
        for name, record in blueprint.records.items()
        if name != "User"
    }
    for circle in circles(needs):
        steps = list(zip(circle, [*circle[1:], circle[0]], strict=True))
        fields = [(name, needs[name][other]) for name, other in steps]
        loose = next((spot for spot in fields if spot[1] != "part_of"), None)
        if loose is not None:
            way = " needs ".join([*circle, circle[0]])
            message = f"Nobody could add the first one: {way}."
            place: Path = ("records", loose[0], "fields", loose[1])
            report.add("needs-circle", place, message, f"make `{loose[1]}` optional")


def _needs(record: Record) -> dict[str, str]:
    """The records that must be there first, each with the field that says so."""
    return {
        field.record: field.name
        for field in record.fields.values()
        if field.record is not None and not field.optional
    }


def circles(graph: dict[str, dict[str, str]]) -> list[list[str]]:
    """Circles in the graph, each once, beginning with what stands first."""
    found: list[list[str]] = []
    done: set[str] = set()
    for start in graph:
        way = _way_back(start, graph, done)
        if way:
            found.append(way)
            done |= set(way)
    return found


def _way_back(start: str, graph: dict[str, dict[str, str]], done: set[str]) -> list[str]:
    came_from: dict[str, str] = {}
    waiting = [start] if start not in done else []
    while waiting:
        here = waiting.pop()
        for following in graph.get(here, {}):
            if following == start:
                way = [here]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return way[::-1]
            if following not in came_from and following not in done:
                came_from[following] = here
                waiting.append(following)
    return []
