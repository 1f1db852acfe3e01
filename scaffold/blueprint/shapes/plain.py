"""Shapes of one value: text, a word from a list, a name, a number, a date, a length of time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Protocol

from scaffold.blueprint.faults import Path, listed, meant, shown
from scaffold.blueprint.report import Report
from scaffold.blueprint.source.nodes import Node, Scalar
from scaffold.names import LONGEST_NAME

Schema = dict[str, Any]


class Unreadable:
    """Stands for a value that has a fault; whoever meets it says nothing more."""


UNREADABLE = Unreadable()


class Shape(Protocol):
    """What may stand in one place."""

    def read(self, node: Node, path: Path, report: Report) -> Any:
        """The value, or UNREADABLE after reporting why."""

    def schema(self) -> Schema:
        """The same as JSON Schema."""


def refuse(
    report: Report, path: Path, allowed: str, node: Node, hint: str | None = None
) -> Unreadable:
    """Report that `path` takes something else than what stands there."""
    name = next((step for step in reversed(path) if isinstance(step, str)), "A blueprint")
    found = node.says()
    if isinstance(node, Scalar) and node.kind != "null":
        found = shown(node.text) if node.kind == "text" else f"{found} ({shown(node.text)[1:-1]})"
    report.add("shape", path, f"`{name}` takes {allowed}; this is {found}.", hint)
    return UNREADABLE


def text_of(node: Node) -> str | None:
    """The text of a node, if it is text."""
    return node.text if isinstance(node, Scalar) and node.kind == "text" else None


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; white space runs together, unless every sign counts (`exact`)."""

    longest: int = 300
    what: str = "text"
    exact: bool = False

    def read(self, node: Node, path: Path, report: Report) -> str | Unreadable:
        """The text."""
        text = text_of(node)
        if text is None:
            number = isinstance(node, Scalar) and node.kind != "null"
            hint = f'put it in quotes: "{node.text[:40]}"' if isinstance(node, Scalar) else None
            return refuse(report, path, self.what, node, hint if number else None)
        flat = text if self.exact else " ".join(text.split())
        if not flat:
            return refuse(report, path, self.what, node, "say it, or leave the key out")
        if len(flat) > self.longest:
            allowed = f"at most {self.longest} characters"
            return refuse(report, path, f"{allowed}, and this has {len(flat)}", node)
        return flat

    def schema(self) -> Schema:
        """A string."""
        return {"type": "string", "minLength": 1, "maxLength": self.longest}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a fixed list."""

    options: tuple[str, ...]

    def read(self, node: Node, path: Path, report: Report) -> str | Unreadable:
        """The word."""
        found = node.text if isinstance(node, Scalar) else ""
        if found in self.options:
            return found
        hint = meant(found, self.options) if found and len(self.options) > 1 else None
        hint = hint if hint and hint.startswith("did") else None
        return refuse(report, path, listed(self.options), node, hint)

    def schema(self) -> Schema:
        """An enumeration."""
        return {"enum": list(self.options)}


@dataclass(frozen=True, slots=True)
class Name:
    """A name: a word in small letters, or a record's with a capital."""

    pattern: re.Pattern[str]
    what: str
    hint: str
    longest: int = LONGEST_NAME

    def wrong(self, found: str) -> str | None:
        """What is allowed, if this is not."""
        if len(found) > self.longest:
            return f"a name of at most {self.longest} characters"
        return None if self.pattern.fullmatch(found) else self.what

    def advice(self, found: str) -> str:
        """What to write instead."""
        return "choose a shorter name" if len(found) > self.longest else self.hint

    def read(self, node: Node, path: Path, report: Report) -> str | Unreadable:
        """The name."""
        found = text_of(node) or ""
        wrong = self.wrong(found)
        return refuse(report, path, wrong, node, self.advice(found)) if wrong else found

    def schema(self) -> Schema:
        """A string with a pattern."""
        return {"type": "string", "pattern": f"^{self.pattern.pattern}$", "maxLength": self.longest}


class Flag:
    """true or false."""

    def read(self, node: Node, path: Path, report: Report) -> bool | Unreadable:
        """The truth value."""
        if isinstance(node, Scalar) and node.kind == "bool":
            return node.text.lower() == "true"
        word = node.text if isinstance(node, Scalar) else ""
        hint = {"yes": "write true", "no": "write false"}.get(word)
        return refuse(report, path, "true or false", node, hint)

    def schema(self) -> Schema:
        """A boolean."""
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds."""

    least: int
    most: int

    def read(self, node: Node, path: Path, report: Report) -> int | Unreadable:
        """The number."""
        if isinstance(node, Scalar) and node.kind == "int" and len(node.text) < 12:  # noqa: PLR2004
            number = int(node.text, 0) if node.text[:2] in ("0x", "0o") else int(node.text)
            if self.least <= number <= self.most:
                return number
        return refuse(report, path, self._allowed(), node)

    def _allowed(self) -> str:
        if self.least == self.most:
            return f"{self.least}"
        return f"a whole number from {self.least} to {self.most}"

    def schema(self) -> Schema:
        """An integer."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}
