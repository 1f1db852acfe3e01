"""Expressions as generated code says them: SQL with names in braces, `{quantity} * {price}`.

What `app.platform.expressions` of a generated project reads. Blank is NULL everywhere; numbers
never overflow, because whole ones become numerics before they are added or multiplied; what is
divided by nothing is blank.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from scaffold.blueprint.expressions import tree as t
from scaffold.blueprint.words import TEXT_TYPES
from scaffold.resolve.constraints import literal

SIGNS = {"!=": "<>"}
ATOMS = (t.Literal, t.Choice, t.FieldPath, t.My, t.Clock, t.SumOf, t.NumberOf)
MOST_DAYS = 9_999_999
MOST_SECONDS = 8_640_000_000
SMALL = 1_000_000
"""A number of days that can be added to any date as it stands."""


def as_sql(expression: t.Expression, tables: Mapping[str, str]) -> str:
    """The expression as SQL with names in braces; `tables` are those of the records."""
    return Writer(tables).write(expression.root)


def replaced(text: str, mean: Callable[[str], str]) -> str:
    """The text with every name in braces replaced by what it means, as generated code does it."""
    pieces = re.findall(r"'(?:[^']|'')*'|\{[^{}]+\}|[^'{]+", text)
    return "".join(mean(piece[1:-1]) if piece.startswith("{") else piece for piece in pieces)


class Writer:
    """Writes the nodes of one expression."""

    def __init__(self, tables: Mapping[str, str]) -> None:
        self.tables = tables

    def write(self, node: t.Node) -> str:
        """The SQL of a node, as it stands alone."""
        writers: Mapping[type, Callable[..., str]] = {
            t.Literal: self._literal,
            t.Choice: lambda one: literal(one.value),
            t.FieldPath: lambda one: f"{{{'.'.join(one.steps)}}}",
            t.My: lambda one: f"{{my {'.'.join(one.steps)}}}",
            t.Clock: lambda one: f"{{{one.name}}}",
            t.SumOf: lambda one: f"{{sum of {self.tables[one.record]}.{one.field}}}",
            t.NumberOf: lambda one: f"{{number of {self.tables[one.record]}}}",
            t.Arithmetic: self._arithmetic,
            t.Negative: lambda one: f"-{self.inside(one.operand)}",
            t.Comparison: self._comparison,
            t.Blank: self._blank,
            t.OneOf: self._one_of,
            t.All: lambda one: " AND ".join(map(self.inside, one.operands)),
            t.Some: lambda one: " OR ".join(map(self.inside, one.operands)),
            t.Not: lambda one: f"NOT {self.inside(one.operand)}",
            t.Unless: lambda one: f"{self.inside(one.rule)} OR {self.inside(one.exception)}",
        }
        return writers[type(node)](node)

    def inside(self, node: t.Node) -> str:
        """The SQL of a node inside of another one: in brackets where it could be read otherwise."""
        plain = isinstance(node, (*ATOMS, t.Comparison, t.OneOf, t.Blank))
        return self.write(node) if plain else f"({self.write(node)})"

    def _operand(self, node: t.Node) -> str:
        """The SQL of a value between signs."""
        text = self.write(node)
        return text if isinstance(node, ATOMS) else f"({text})"

    def _literal(self, node: t.Literal) -> str:
        if node.type == "yes_no":
            return "true" if node.value else "false"
        if node.type == "text":
            return literal(str(node.value))
        return f"DATE {literal(str(node.value))}" if node.type == "date" else str(node.value)

    def _comparison(self, node: t.Comparison) -> str:
        left, right = self._operand(node.left), self._operand(node.right)
        return f"{left} {SIGNS.get(node.sign, node.sign)} {right}"

    def _blank(self, node: t.Blank) -> str:
        operand = self._operand(node.operand)
        if node.operand.type in TEXT_TYPES:
            operand = f"nullif({operand}, '')"
        return f"{operand} IS {'NOT ' * node.negated}NULL"

    def _one_of(self, node: t.OneOf) -> str:
        options = ", ".join(self.write(option) for option in node.options)
        return f"{self._operand(node.operand)} {'NOT ' * node.negated}IN ({options})"

    def _arithmetic(self, node: t.Arithmetic) -> str:
        types = (node.left.type, node.right.type)
        if "date" in types and "integer" in types:
            return self._moved(node)
        if "duration" in types and node.sign in "*/":
            return self._scaled(node)
        left, right = self._operand(node.left), self._operand(node.right)
        if types == ("integer", "integer"):
            left = f"{left}::numeric"
        if node.sign in "*/":
            return _fractions(left, node.sign, right, types)
        return f"{left} {node.sign} {right}"

    def _moved(self, node: t.Arithmetic) -> str:
        """A date some days on."""
        date, days = node.left, node.right
        if date.type != "date":
            date, days = days, date
        count = self._operand(days)
        if not (isinstance(days, t.Literal) and int(days.value) < SMALL):
            count = f"CAST({_within(count, MOST_DAYS)} AS integer)"
        return f"{self._operand(date)} {node.sign} {count}"

    def _scaled(self, node: t.Arithmetic) -> str:
        """A duration some times as long, or how often one fits into another."""
        left, right = (
            f"extract(epoch FROM {self._operand(one)})"
            if one.type == "duration"
            else self._operand(one)
            for one in (node.left, node.right)
        )
        seconds = _fractions(left, node.sign, right, (node.left.type, node.right.type))
        if node.type != "duration":
            return seconds
        return f"{_within(seconds, MOST_SECONDS)} * 1000000 * INTERVAL '1 microsecond'"


def _fractions(left: str, sign: str, right: str, types: tuple[str, str]) -> str:
    """A product or a quotient, in which percentages count as fractions."""
    if sign == "*":
        hundreds = types.count("percent")
        return f"{left} * {right}{' / 100' * hundreds}"
    left = f"{left} / 100" if types[0] == "percent" else left
    right = f"{right} / 100.0" if types[1] == "percent" else right
    return f"{left} / nullif({right}, 0)"


def _within(value: str, most: int) -> str:
    """A value that is not larger than that, either way; others are blank."""
    kept = f"least(greatest({value}, -{most}), {most})"
    return f"nullif(nullif({kept}, -{most}), {most})"
