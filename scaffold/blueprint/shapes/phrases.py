"""Shapes of the language's own phrases: data labels, grants, expressions, and raw values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from scaffold.blueprint.faults import Path, listed, meant
from scaffold.blueprint.posture import Kind, Level
from scaffold.blueprint.report import Report
from scaffold.blueprint.shapes.plain import Schema, Unreadable, refuse
from scaffold.blueprint.source.nodes import Node, Scalar
from scaffold.blueprint.words import VERBS
from scaffold.names import WORD


@dataclass(frozen=True, slots=True)
class Label:
    """What `data` says: a level, kinds, or both."""

    level: Level | None = None
    kinds: tuple[Kind, ...] = ()


class DataPhrase:
    """`restricted personal health`."""

    def read(self, node: Node, path: Path, report: Report) -> Label | Unreadable:
        """The label."""
        words = node.text.split() if isinstance(node, Scalar) and node.kind == "text" else []
        label = Label()
        for word in words:
            if word in Level._value2member_map_ and label.level is None:
                label = replace(label, level=Level(word))
            elif word in Kind._value2member_map_ and word not in label.kinds:
                label = replace(label, kinds=(*label.kinds, Kind(word)))
            else:
                hint = meant(word, [*Level, *Kind])
                return refuse(report, path, _LABELS, node, hint)
        return label if words else refuse(report, path, _LABELS, node)

    def schema(self) -> Schema:
        """A string with a pattern."""
        words = "|".join([*Level, *Kind])
        return {"type": "string", "pattern": f"^({words})( ({words})){{0,4}}$"}


_LABELS = f"one level ({listed(Level)}) and kinds ({listed(Kind)})"


@dataclass(frozen=True, slots=True)
class GrantWords:
    """`see same branch` without its role."""

    verb: str
    scope: str | None = None
    same: str | None = None


class GrantPhrase:
    """A verb, a verb and `own`, or a verb and `same x`."""

    def read(self, node: Node, path: Path, report: Report) -> GrantWords | Unreadable:
        """The words of the grant."""
        words = node.text.split() if isinstance(node, Scalar) and node.kind == "text" else [""]
        if words and words[0] not in VERBS:
            verbs = f"a grant: {listed(VERBS)}, then own or same …"
            hint = meant(words[0], VERBS) if words[0] else None
            return refuse(report, path, verbs, node, hint)
        if len(words) == 1:
            return GrantWords(words[0])
        if words[1:] == ["own"]:
            return GrantWords(words[0], "own")
        if len(words) == 3 and words[1] == "same" and WORD.fullmatch(words[2]):  # noqa: PLR2004
            return GrantWords(words[0], "same", words[2])
        allowed = f"{words[0]}, {words[0]} own or {words[0]} same <field>"
        return refuse(report, path, allowed, node)

    def schema(self) -> Schema:
        """A string with a pattern."""
        verbs = "|".join(VERBS)
        return {"type": "string", "pattern": f"^({verbs})( own| same {WORD.pattern})?$"}


class Raw:
    """Any value; what it may be depends on the type of its field."""

    def read(self, node: Node, path: Path, report: Report) -> Any:
        """The node itself."""
        return node

    def schema(self) -> Schema:
        """Anything."""
        return {}


class ExpressionText:
    """An expression; it is parsed when all records are known."""

    def read(self, node: Node, path: Path, report: Report) -> Any:
        """Its text."""
        if isinstance(node, Scalar) and node.kind != "null" and node.text.strip():
            return node.text
        return refuse(report, path, "an expression, such as total > 0", node)

    def schema(self) -> Schema:
        """A string, number or truth value."""
        return {"type": ["string", "number", "boolean"]}
