"""Shapes made of shapes: lists, maps by name, blocks with known keys, one or many."""

from __future__ import annotations

from collections.abc import Mapping as Keys
from dataclasses import dataclass, field
from typing import Any

from scaffold.blueprint.faults import Path, listed, nearest, shown
from scaffold.blueprint.report import Report
from scaffold.blueprint.shapes.plain import UNREADABLE, Name, Schema, Shape, Unreadable, refuse
from scaffold.blueprint.source.nodes import Mapping, Node, Scalar, Sequence

Said = dict[str, Any]
"""What a block says, by key; keys with faults are left out."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of distinct things. `lone` lets a single one stand without brackets."""

    item: Shape
    what: str
    least: int = 1
    lone: bool = False

    def read(self, node: Node, path: Path, report: Report) -> tuple[Any, ...] | Unreadable:
        """The readable items."""
        if isinstance(node, Scalar) and self.lone:
            one = self.item.read(node, path, report)
            return UNREADABLE if isinstance(one, Unreadable) else (one,)
        if not isinstance(node, Sequence):
            example = f"[{node.text[:40]}]" if isinstance(node, Scalar) and node.text else None
            return refuse(report, path, self.what, node, example and f"write {example}")
        if len(node.items) < self.least:
            name = next((step for step in reversed(path) if isinstance(step, str)), "")
            size = f"has {len(node.items)}, too few" if node.items else "is empty"
            report.add("empty-list", path, f"`{name}` takes {self.what}; this {size}.")
            return UNREADABLE
        found: list[Any] = []
        for place, item in enumerate(node.items):
            value = self.item.read(item, (*path, place), report)
            if value in found:
                self._twice(item, (*path, place), report)
            elif not isinstance(value, Unreadable):
                found.append(value)
        return tuple(found)

    def _twice(self, item: Node, path: Path, report: Report) -> None:
        text = shown(item.text) if isinstance(item, Scalar) else "This"
        report.add("twice", path, f"{text} stands twice in this list.", "delete one of them")

    def schema(self) -> Schema:
        """An array, or one item where that is allowed."""
        item = self.item.schema()
        array = {"type": "array", "items": item, "minItems": self.least, "uniqueItems": True}
        return {"anyOf": [item, array]} if self.lone else array


@dataclass(frozen=True, slots=True)
class MapOf:
    """A block whose keys people choose."""

    key: Name
    value: Shape
    what: str
    least: int = 0

    def read(self, node: Node, path: Path, report: Report) -> Said | Unreadable:
        """The readable entries."""
        if not isinstance(node, Mapping) or len(node.entries) < self.least:
            return refuse(report, path, self.what, node)
        found: Said = {}
        for name, (key, value) in node.entries.items():
            here = (*path, name)
            wrong = self.key.wrong(name)
            if wrong:
                message = f"A key here is {wrong}; this is {shown(key.text)}."
                report.add("key-name", here, message, self.key.advice(name), key=True)
                continue
            read = self.value.read(value, here, report)
            if not isinstance(read, Unreadable):
                found[name] = read
        return found

    def schema(self) -> Schema:
        """An object whose keys have a pattern."""
        names = self.key.schema()
        return {
            "type": "object",
            "propertyNames": names,
            "additionalProperties": self.value.schema(),
            "minProperties": self.least,
        }


@dataclass(frozen=True, slots=True)
class Block:
    """A block with known keys. `advice` says what to write instead of keys people try."""

    what: str
    keys: Keys[str, Shape]
    required: tuple[str, ...] = ()
    advice: Keys[str, str] = field(default_factory=dict)

    def read(self, node: Node, path: Path, report: Report) -> Said | Unreadable:
        """What it says."""
        if not isinstance(node, Mapping):
            return refuse(report, path, f"a block: {listed(list(self.keys)[:8])} …", node)
        said: Said = {}
        suggested: list[str] = []
        for name, (key, value) in node.entries.items():
            if name not in self.keys:
                suggested.append(self._unknown(key, (*path, name), report))
                continue
            read = self.keys[name].read(value, (*path, name), report)
            if not isinstance(read, Unreadable):
                said[name] = read
        for name in self.required:
            if name not in node.entries and not any(name in hint.split() for hint in suggested):
                message = f"{self.what} needs `{name}`."
                hint = self.advice.get(name, f"add `{name}:`")
                report.add("missing-key", path, message, hint, key=True)
        return said

    def _unknown(self, key: Scalar, path: Path, report: Report) -> str:
        """Report an unknown key; what it should have been, in words."""
        hint = self.advice.get(key.text)
        best = None if hint or report.full else nearest(key.text, self.keys)
        if hint is None:
            hint = f"did you mean {best}?" if best else f"its keys are {listed(self.keys, 'and')}"
        message = f"{self.what} has no key {shown(key.text)}."
        report.add("unknown-key", path, message, hint, key=True)
        return best or (hint if key.text in self.advice else "")

    def schema(self) -> Schema:
        """An object with these keys and no others."""
        properties = {name: shape.schema() for name, shape in self.keys.items()}
        schema: Schema = {
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
        }
        return schema | ({"required": list(self.required)} if self.required else {})


@dataclass(frozen=True, slots=True)
class ShortOr:
    """A short form in one scalar, or a block; the short form becomes the block's `key`."""

    key: str
    short: Shape
    block: Block

    def read(self, node: Node, path: Path, report: Report) -> Said | Unreadable:
        """What the block says."""
        if isinstance(node, Mapping):
            return self.block.read(node, path, report)
        value = self.short.read(node, path, report)
        return UNREADABLE if isinstance(value, Unreadable) else {self.key: value}

    def schema(self) -> Schema:
        """Either."""
        return {"anyOf": [self.short.schema(), self.block.schema()]}


@dataclass(frozen=True, slots=True)
class Ref:
    """A shape that stands in `$defs` of the schema under a name."""

    name: str
    shape: Shape

    def read(self, node: Node, path: Path, report: Report) -> Any:
        """As the shape itself."""
        return self.shape.read(node, path, report)

    def schema(self) -> Schema:
        """A reference."""
        return {"$ref": f"#/$defs/{self.name}"}


def names(item: Name, what: str, least: int = 1) -> ListOf:
    """A list of names; one may stand alone."""
    return ListOf(item, what, least=least, lone=True)
