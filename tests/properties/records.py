"""Random records that the language allows: fields, and what joins and bounds them."""

from __future__ import annotations

from random import Random

from scaffold.names import field_taken, move_taken
from tests.properties.fields import LEAST, LEVELS, Around, Known, plain_field, relation
from tests.properties.sketches import Sketch
from tests.properties.values import Block
from tests.properties.words import chance, lower_name, prose, some

NUMBERS = ("Q-{year}-00001", "{year}/B-0100", "1", "H-00001", "A B_#{year}.7", "{year}00001")


def begin(r: Random, sketch: Sketch, parents: list[Sketch], around: Around) -> Around:
    """What a record says before its fields; what holds for them."""
    said = sketch.said
    sketch.level = around.level
    if chance(r, 0.4):
        said["about"] = prose(r)
    if sketch.name != "User":
        _number(r, sketch)
        _part(r, sketch, parents)
    if chance(r, 0.15):
        kinds = some(r, tuple(LEAST), 1, 0)
        level = sketch.level = r.randint(max((LEAST[kind] for kind in kinds), default=0), 3)
        said["data"] = " ".join([LEVELS[level], *kinds])
        return Around(level, around.roles, around.money)
    return around


def _number(r: Random, sketch: Sketch) -> None:
    if chance(r, 0.2):
        sketch.gone.add("number")
        text = r.choice(NUMBERS)
        sketch.said["number"] = {"format": text, "gapless": True} if chance(r, 0.3) else text


def _part(r: Random, sketch: Sketch, parents: list[Sketch]) -> None:
    parents = [parent for parent in parents if sketch not in parent.reach()]
    if not parents or chance(r, 0.75):
        return
    parent = r.choice(parents)
    relation_name = parent.names.singular
    if field_taken(relation_name) or not sketch.takes(relation_name):
        return
    for _ in range(20):
        name = lower_name(r, 30)
        if parent.takes(name) and not field_taken(name) and not move_taken(name):
            parent.gone.add(name)
            sketch.gone.add(relation_name)
            sketch.parent = parent
            sketch.said["part_of"] = f"{parent.name} as {name}"
            return


def fill(r: Random, sketch: Sketch, around: Around, others: list[Sketch], most: int) -> None:
    """Give the record its fields: values, and relations to any record."""
    fields: Block = {}
    for known in around.pair if sketch.name == "User" or chance(r, 0.5) else ():
        _add_pair(r, sketch, known, fields)
    for _ in range(r.randint(1, most)):
        name = sketch.new_name(r)
        if chance(r, 0.25):
            target = others[0] if chance(r, 0.2) else r.choice(others)
            must = target is not sketch and sketch not in target.reach()
            known, fields[name] = relation(r, name, target.name, around, must=must)
            sketch.needs += [target] if not (known.optional or known.many) else []
        else:
            known, fields[name] = plain_field(r, name, around)
        sketch.fields[name] = known
    _calculated(r, sketch, fields)
    sketch.said["fields"] = fields


def _add_pair(r: Random, sketch: Sketch, known: Known, fields: Block) -> None:
    """The same field that users have, for `same`."""
    if sketch.takes(known.name):
        kind = list(known.choices) if known.choices else known.type
        fields[known.name] = {"is": kind, "data": "internal"}
        sketch.fields[known.name] = known


def _calculated(r: Random, sketch: Sketch, fields: Block) -> None:
    numbers = sketch.of_type("integer")
    if numbers and chance(r, 0.3):
        name = sketch.new_name(r)
        of = sketch.fields[r.choice(numbers)]
        level = {"data": LEVELS[of.level]}
        fields[name] = {"is": "integer", "calculated": f"{of.name} * 2", **level}
        sketch.fields[name] = Known(name, "integer", level=of.level, calculated=True)


def join(r: Random, sketch: Sketch) -> None:
    """What a record says about its fields together."""
    said, fields = sketch.said, sketch.fields
    own = [name for name, known in fields.items() if known.comparable]
    own += ["number"] * ("number" in said)
    own += [sketch.parent.names.singular] if sketch.parent else []
    rich = [name for name, known in fields.items() if known.rich and name in own]
    if rich and chance(r, 0.4):
        said["key"] = _group(r, own, rich)
    if rich and len(own) > 1 and chance(r, 0.4):
        groups = [_group(r, own, rich) for _ in range(2)]
        groups = [group for at, group in enumerate(groups) if group not in groups[:at]]
        said["unique"] = [group for group in groups if len(group) > 1] or [
            [rich[0], *(name for name in own if name != rich[0])][:2]
        ]
    shown = [n for n, k in fields.items() if not k.many and k.type not in ("json", "file")]
    if shown and chance(r, 0.3):
        said["shown_as"] = r.choice(shown)
    if chance(r, 0.1):
        said["retired"] = [sketch.new_name(r)]
        sketch.gone |= set(said["retired"])


def _group(r: Random, own: list[str], rich: list[str]) -> list[str]:
    """Fields that are unique together; at least one of them has many values."""
    return list(dict.fromkeys([*some(r, own, 2, 0), r.choice(rich)]))
