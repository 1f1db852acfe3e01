"""The document as a tree. Scalars keep their text; YAML 1.2 says what they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scaffold.blueprint.faults import Path

_NULL = re.compile(r"(?:~|null|Null|NULL|)")
_BOOL = re.compile(r"(?:true|True|TRUE|false|False|FALSE)")
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)"
    r"|\.(?:nan|NaN|NAN)"
)
_SAYS = {"null": "nothing", "bool": "a truth value", "int": "a number", "float": "a number"}


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value. `kind` is text, null, bool, int or float; `plain` means without quotes."""

    text: str
    kind: str
    plain: bool
    line: int
    column: int

    def says(self) -> str:
        """What it is, in words."""
        return _SAYS.get(self.kind, "text")


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int

    def says(self) -> str:
        """What it is, in words."""
        return "a list"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order of the text; keys are distinct."""

    entries: dict[str, tuple[Scalar, Node]]
    line: int
    column: int

    def says(self) -> str:
        """What it is, in words."""
        return "a block of keys"


Node = Scalar | Sequence | Mapping


def scalar_kind(text: str) -> str:
    """What an unquoted scalar is by the core schema of YAML 1.2."""
    for kind, pattern in (("null", _NULL), ("bool", _BOOL), ("int", _INT), ("float", _FLOAT)):
        if pattern.fullmatch(text):
            return kind
    return "text"


def locate(root: Node, path: Path, *, key: bool = False) -> tuple[int, int]:
    """Line and column of the value at `path` (or of its key), else of what is nearest to it."""
    node, place = root, (root.line, root.column)
    for step in path:
        if isinstance(node, Mapping) and step in node.entries:
            name, node = node.entries[str(step)]
            place = (name.line, name.column) if key else (node.line, node.column)
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            place = (node.line, node.column)
        else:
            break
    return place
