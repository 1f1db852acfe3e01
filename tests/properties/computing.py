"""What random records calculate, check, and ask of a move, once all of them have their fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from scaffold.blueprint.expressions.parse import LONGEST
from tests.properties.expressions import Term, calculation, condition
from tests.properties.fields import LEVELS, Known
from tests.properties.sketches import Sketch
from tests.properties.values import NUMBERS
from tests.properties.words import chance, prose


def compute(r: Random, sketch: Sketch, others: list[Sketch]) -> None:
    """Add calculated fields, checks, and the `if` of moves."""
    if sketch.name == "User":
        return
    for _ in range(r.choice((0, 0, 1, 2))):
        _calculate(r, sketch, others)
    own = list(_own(sketch))
    if own and chance(r, 0.4):
        _check(r, sketch, own)
    for move in sketch.said.get("workflow", {}).get("moves", {}).values():
        if chance(r, 0.5):
            all_of = [*_own(sketch, sealed=True), *_far(sketch, others, sealed=True)]
            mine = [*_own(others[0], sealed=True)]
            move["if"] = condition(
                r, [*all_of, *(replace(term, text=f"my {term.text}") for term in mine)]
            )


def _check(r: Random, sketch: Sketch, own: list[Term]) -> None:
    """Checks, and a field without which they may hold: nobody can add what always breaks one."""
    name = sketch.new_name(r)
    sketch.fields[name] = Known(name, "yes_no")
    sketch.said["fields"][name] = {"is": "yes_no", "data": "internal"}
    messages = [prose(r, 150) for _ in range(r.randint(1, 4))]
    longest = LONGEST - len(f"() unless {name}")
    said = {message: condition(r, own) for message in messages}
    sketch.said["checks"] = {
        message: f"({text}) unless {name}" for message, text in said.items() if len(text) <= longest
    }


def _calculate(r: Random, sketch: Sketch, others: list[Sketch]) -> None:
    made = calculation(r, [*_own(sketch), *_far(sketch, others)])
    name, level = sketch.new_name(r), max(made.level, sketch.level)
    sketch.fields[name] = Known(name, made.type, level=level, calculated=True)
    block = {"is": made.type, "calculated": made.text, "data": LEVELS[level]}
    sketch.said["fields"][name] = block


def _own(sketch: Sketch, *, sealed: bool = False) -> Iterator[Term]:
    """The values of a row. Sealed ones the database cannot read, so only an `if` may."""
    yield from (_term(known) for known in sketch.fields.values() if _readable(known, sealed))
    if "workflow" in sketch.said:
        yield Term("stage", "choice", choices=tuple(sketch.said["workflow"]["stages"]))
    if "number" in sketch.said:
        yield Term("number", "text")


def _far(sketch: Sketch, others: list[Sketch], *, sealed: bool = False) -> Iterator[Term]:
    """Values over a relation, and of all parts together; none that is calculated itself."""
    ways = {known.name: known.target for known in sketch.fields.values() if not known.many}
    ways |= {sketch.parent.names.singular: sketch.parent.name} if sketch.parent else {}
    by_name = {one.name: one for one in others}
    for name, target in ways.items():
        yield from _stored(by_name.get(target or ""), f"{name}.", sealed)
    for part in others:
        if part.parent is sketch:
            collection = str(part.said["part_of"]).split()[-1]
            yield Term(f"number of {collection}", "integer")
            found = _stored(part, f"sum of {collection}.", sealed)
            yield from (term for term in found if term.type in (*NUMBERS, "duration"))


def _stored(sketch: Sketch | None, before: str, sealed: bool) -> Iterator[Term]:
    for known in sketch.fields.values() if sketch else ():
        if _readable(known, sealed) and not known.calculated:
            yield _term(known, before)


def _readable(known: Known, sealed: bool) -> bool:
    return not known.many and (sealed or known.calculated or not known.sealed)


def _term(known: Known, before: str = "") -> Term:
    return Term(f"{before}{known.name}", known.type, known.level, known.choices)
