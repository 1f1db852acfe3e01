"""Expressions in words: `quoted <= my approval_limit` as people would say it."""

from __future__ import annotations

from dataclasses import replace

from scaffold.blueprint.expressions import tree
from scaffold.blueprint.expressions.tree import Expression, Node
from scaffold.blueprint.reading.english import definite, is_plural, listing, plural, quoted, spoken
from scaffold.blueprint.reading.nouns import Vocabulary

_SIGNS = {"+": "plus", "-": "minus", "*": "times", "/": "divided by"}
_NUMBERS = {
    "=": "is",
    "!=": "is not",
    "<": "is less than",
    "<=": "is at most",
    ">": "is more than",
    ">=": "is at least",
}
_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_MOMENTS = _NUMBERS | {
    "<": "is before",
    "<=": "is not after",
    ">": "is after",
    ">=": "is not before",
}
_LOOSE = (tree.All, tree.Some, tree.Unless, tree.Arithmetic)


class Phrases:
    """Words for the expressions of one record; `whose` says to whom `my` belongs."""

    def __init__(self, words: Vocabulary, record: str, whose: str = "their own") -> None:
        self.words = words
        self.record = record
        self.whose = whose

    def of(self, expression: Expression) -> str:
        """The whole expression, without a capital or a full stop."""
        if expression.type == "yes_no":
            return self._condition(expression.root)
        return self._value(expression.root)

    def _condition(self, node: Node) -> str:  # noqa: PLR0911  (one return a kind of node)
        match node:
            case tree.All(operands=parts):
                return " and ".join(self._bracketed(part) for part in parts)
            case tree.Some(operands=parts):
                return " or ".join(self._bracketed(part) for part in parts)
            case tree.Unless(rule=rule, exception=exception):
                return f"{self._bracketed(rule)} unless {self._bracketed(exception)}"
            case tree.Not(operand=operand):
                return self._denied(operand)
            case tree.Comparison(sign=sign, left=left, right=right):
                return self._comparison(sign, left, right)
            case tree.Blank(operand=operand, negated=negated):
                filled = "filled in" if negated else "blank"
                return f"{self._bracketed(operand)} {self._is(operand)} {filled}"
            case tree.OneOf(operand=operand, options=options, negated=negated):
                among = listing([self._value(item) for item in options], "or")
                neither = " not" if negated else ""
                return f"{self._bracketed(operand)} {self._is(operand)}{neither} {among}"
            case _:
                return f"{self._value(node)} is yes"

    def _denied(self, node: Node) -> str:
        match node:
            case tree.Comparison(sign=sign, left=left, right=right):
                return self._comparison(_OPPOSITE[sign], left, right)
            case tree.Blank(negated=negated) | tree.OneOf(negated=negated):
                return self._condition(replace(node, negated=not negated))
            case tree.All() | tree.Some() | tree.Unless() | tree.Not():
                return f"it is not so that {self._bracketed(node)}"
            case _:
                return f"{self._value(node)} is not yes"

    def _comparison(self, sign: str, left: Node, right: Node) -> str:
        moments = left.type in ("date", "datetime", "time")
        phrase = (_MOMENTS if moments else _NUMBERS)[sign]
        verb = phrase.replace("is", self._is(left), 1)
        return f"{self._bracketed(left)} {verb} {self._bracketed(right)}"

    def _is(self, node: Node) -> str:
        if isinstance(node, tree.FieldPath | tree.My):
            record = self.record if isinstance(node, tree.FieldPath) else "User"
            head = self.words.path(record, node.steps).split(" of the ")[0]
            return "are" if is_plural(head.rsplit(" ", maxsplit=1)[-1]) else "is"
        return "is"

    def _bracketed(self, node: Node) -> str:
        text = self._condition(node) if node.type == "yes_no" else self._value(node)
        return f"({text})" if isinstance(node, _LOOSE) else text

    def _value(self, node: Node) -> str:  # noqa: C901, PLR0911  (one return a kind of node)
        match node:
            case tree.Literal(value=value, type=kind):
                return _literal(value, kind)
            case tree.Choice(value=value):
                return spoken(value)
            case tree.FieldPath(steps=steps):
                return definite(self.words.path(self.record, steps))
            case tree.My(steps=steps):
                return f"{self.whose} {self.words.path('User', steps)}"
            case tree.Clock(name=name):
                return name
            case tree.SumOf(collection=collection, record=record, field=field):
                several = plural(self.words.field(record, field).text)
                return f"the sum of the {several} of its {spoken(collection)}"
            case tree.NumberOf(collection=collection):
                return f"the number of its {spoken(collection)}"
            case tree.Negative(operand=operand):
                return f"minus {self._bracketed(operand)}"
            case tree.Arithmetic(sign=sign, left=left, right=right, type=kind):
                days = " days" if kind == "date" and right.type == "integer" else ""
                return f"{self._bracketed(left)} {_SIGNS[sign]} {self._bracketed(right)}{days}"
            case _:
                return f"whether {self._condition(node)}"


def _literal(value: str | int | bool, kind: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if kind == "percent":
        return f"{value} percent"
    return str(value) if isinstance(value, int) or kind != "text" else quoted(value)
