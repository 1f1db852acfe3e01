"""Random fields that the language allows."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from scaffold.names import LANGUAGE_WORDS
from tests.properties.values import MOMENTS, NUMBERS, SHORT, Block, bounds, value
from tests.properties.words import chance, lower_name, prose, some

LEVELS = ("public", "internal", "confidential", "restricted")
LEAST = {"personal": 1, "health": 3, "secret": 3}
SEARCHED = ("text", "long_text", "email", "phone", "url")
COMPARED = (*SEARCHED, *NUMBERS, *MOMENTS, "yes_no", "uuid", "choice")
TYPES = (*COMPARED, "text", "text", "choice", "file", "json")
RICH = ("text", "email", "integer", "decimal", "money", "date", "datetime", "uuid")
"""Types of which there are always more values: what is unique has to have some."""
PAIRED = tuple(word for word in COMPARED if word != "long_text")


@dataclass
class Known:
    """What the rest of a blueprint may say about a field."""

    name: str
    type: str
    target: str | None = None
    many: bool = False
    optional: bool = False
    level: int = 1
    find_exact: bool = False
    calculated: bool = False
    rich: bool = False
    long: bool = False
    choices: tuple[str, ...] = ()

    @property
    def sealed(self) -> bool:
        """Whether its column is encrypted."""
        return self.level == LEVELS.index("restricted") and self.type != "record"

    @property
    def comparable(self) -> bool:
        """Whether it may be part of a key, which is short enough for an index."""
        stored = not self.many and not self.calculated and self.type in (*PAIRED, "record")
        return stored and not self.long and (not self.sealed or self.find_exact)


@dataclass
class Around:
    """What holds for every field of a record: its label, the roles, the money."""

    level: int
    roles: list[str]
    money: bool
    pair: list[Known] = field(default_factory=list)


def plain_field(r: Random, name: str, around: Around) -> tuple[Known, Any]:
    """A field that holds a value, and what the blueprint says of it."""
    type_ = r.choice([word for word in TYPES if around.money or word != "money"])
    choices = choice_words(r) if type_ == "choice" else ()
    optional = chance(r, 0.4)
    block = _label(r, around)
    known = Known(name, type_, optional=optional, level=block.pop("level"), choices=choices)
    block |= _rules(r, known)
    if chance(r, 0.35) and type_ != "file" and "unique" not in block:
        block["default"] = _default(r, known, block)
        known.rich = False  # the same value in many rows
    if chance(r, 0.1) and type_ not in ("file", "choice"):
        block["example"] = value(r, type_, block)
    return known, _said(r, known, block | _people(r, around))


def _default(r: Random, known: Known, block: Block) -> Any:
    words = {"date": "today", "datetime": "now"}
    # Today moves on, and would leave the bounds one day.
    if known.type in words and not block.keys() & {"min", "max"} and chance(r, 0.5):
        return words[known.type]
    return r.choice(known.choices) if known.choices else value(r, known.type, block)


def _rules(r: Random, known: Known) -> Block:
    said: Block = {}
    if known.type == "decimal" and chance(r, 0.5):
        said["places"] = r.choice((0, 1, 2, 3, 10))
    if known.type == "file" and chance(r, 0.5):
        said |= {"file_types": ["jpg", "pdf"], "max_mb": 10}
    said |= bounds(r, known.type, said)
    if known.type in COMPARED and chance(r, 0.5 if known.sealed else 0.05):
        known.find_exact = said["find_exact"] = True
    known.long = known.type == "url" or (known.type in SEARCHED and said.get("max", 0) > SHORT)
    known.rich = known.type in RICH and not said.keys() & {"pattern", "min", "max"}
    if known.rich and chance(r, 0.15) and (known.find_exact or not known.sealed):
        said["unique"] = True
    if known.type in SEARCHED and chance(r, 0.2) and not known.sealed:
        said["searchable"] = True
    return said


def _label(r: Random, around: Around) -> Block:
    """The level of a field, and what it says of it."""
    if chance(r, 0.7):
        return {"level": around.level}
    kinds = some(r, tuple(LEAST), 2, 0)
    least = max((LEAST[kind] for kind in kinds), default=0)
    if kinds and chance(r, 0.5):
        return {"level": max(around.level, least), "data": " ".join(kinds)}
    level = r.randint(least, 3)
    return {"level": level, "data": " ".join([LEVELS[level], *kinds])}


def _people(r: Random, around: Around) -> Block:
    said: Block = {}
    if chance(r, 0.1):
        said["seen_by"] = some(r, around.roles, 3)
    if chance(r, 0.1):
        said["set_by"] = some(r, around.roles, 3)
    if chance(r, 0.2):
        said["about"] = prose(r)
    return said


def _said(r: Random, known: Known, block: Block) -> Any:
    """The shortest form of a field, or its block."""
    if known.choices:
        is_: Any = list(known.choices)
        block |= {"optional": True} if known.optional else {}
    else:
        is_ = f"optional {known.type}" if known.optional else known.type
    return {"is": is_, **block} if block or chance(r, 0.1) else is_


def choice_words(r: Random) -> tuple[str, ...]:
    """Words to choose from; one, many, short or long."""
    longest = r.choice((8, 20, 60))
    found = [lower_name(r, 40) for _ in range(r.choice((1, 2, 3, 5, 12)))]
    found += [f"{found[0]}_{'x' * (longest - len(found[0]) - 1)}"] * (longest > len(found[0]) + 1)
    plain = (word for word in found if word not in LANGUAGE_WORDS | {"y", "n", "on", "off"})
    return tuple(dict.fromkeys(plain)) or ("only",)


def relation(r: Random, name: str, target: str, around: Around, *, must: bool) -> tuple[Known, Any]:
    """A relation to a record, and what the blueprint says of it; `must` allows a required one."""
    kind = r.random()
    block = _label(r, around)
    known = Known(name, "record", target, level=block.pop("level"))
    known.many, known.optional = kind < 0.3, kind < 0.6 or not must
    phrase = "many" if known.many else "optional" if known.optional else ""
    if known.many:
        return known, _phrase(r, f"{phrase} {target}", block | _people(r, around))
    if chance(r, 0.4):
        ends = ("refuse", "delete_too", *(["leave_blank"] * known.optional))
        block["if_deleted"] = r.choice(ends)
    if chance(r, 0.1):
        block["unique"] = True
    if target == "User" and chance(r, 0.3):
        block["default"] = "me"
    return known, _phrase(r, f"{phrase} {target}".strip(), block | _people(r, around))


def _phrase(r: Random, is_: str, block: Block) -> Any:
    return {"is": is_, **block} if block or chance(r, 0.1) else is_
