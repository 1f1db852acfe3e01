"""From a parse tree to the typed tree: conditions, comparisons, and choices as bare words."""

from __future__ import annotations

from lark import Token, Tree

from scaffold.blueprint.expressions import types
from scaffold.blueprint.expressions.names import Scope
from scaffold.blueprint.expressions.parse import ExpressionError, parse
from scaffold.blueprint.expressions.tree import (
    All,
    Blank,
    Choice,
    Comparison,
    Expression,
    Literal,
    Node,
    Not,
    OneOf,
    Some,
    Unless,
)
from scaffold.blueprint.expressions.values import TypedNode, ValueReader, sign_of, start_of
from scaffold.blueprint.faults import listed, meant, shown
from scaffold.blueprint.shapes.times import is_date

_SYMBOLS = {"equal": "=", "unequal": "!="}


def typed(text: str, scope: Scope) -> Expression:
    """The expression, typed for a record. Raises ExpressionError."""
    reader = _Typer(text, scope)
    root = reader.read(parse(text)).node
    return Expression(reader.in_full(), root)


class _Typer(ValueReader):
    def _truth_of(self, tree: Tree[Token]) -> Node:
        found = self.read(tree)
        if found.type == "yes_no":
            return found.node
        message = f"Here comes a condition; {shown(found.text)} is {types.in_words(found.type)}."
        raise ExpressionError(message, "compare it: > 0, is …, or is not blank", found.at)

    def _unless(self, tree: Tree[Token]) -> Node:
        rule, exception = self.children(tree)
        return Unless(self._truth_of(rule), self._truth_of(exception))

    def _some(self, tree: Tree[Token]) -> Node:
        return Some(tuple(self._truth_of(child) for child in self.children(tree)))

    def _all(self, tree: Tree[Token]) -> Node:
        return All(tuple(self._truth_of(child) for child in self.children(tree)))

    def _denial(self, tree: Tree[Token]) -> Node:
        return Not(self._truth_of(self.children(tree)[0]))

    def _compare(self, tree: Tree[Token]) -> Node:
        left_tree, right_tree = self.children(tree)
        return self._comparison(left_tree, sign_of(tree), right_tree)

    def _equal(self, tree: Tree[Token]) -> Node:
        left, right = self.children(tree)
        return self._comparison(left, _SYMBOLS[tree.data], right)

    _unequal = _equal

    def _comparison(self, left_tree: Tree[Token], sign: str, right_tree: Tree[Token]) -> Node:
        left = self.read(left_tree)
        right = self._against(left, right_tree)
        if sign in ("=", "!="):
            return Comparison(sign, left.node, right.node)  # type: ignore[arg-type]
        if not types.ordered(left.type):
            message = f"{types.in_words(left.type).capitalize()} has no order; {sign} needs one."
            raise ExpressionError(message, "write is, or is not", left.at)
        return Comparison(sign, left.node, right.node)  # type: ignore[arg-type]

    def _against(self, left: TypedNode, tree: Tree[Token]) -> TypedNode:
        """The right side; a bare word after a choice is a choice before it is a field."""
        if left.type in ("file", "json"):
            message = f"{shown(left.text)} is {types.in_words(left.type)} and cannot be compared."
            raise ExpressionError(message, "write is blank, or is not blank", left.at)
        word = self.source(tree)
        if left.type == "choice" and word in left.choices:
            return TypedNode(Choice(word), start_of(tree), word)
        if left.choices and tree.data == "path" and not self.scope.knows(word):
            message = f"{shown(left.text)} is {listed(left.choices)}; not {shown(word)}."
            raise ExpressionError(message, meant(word, left.choices), start_of(tree))
        right = self._as_moment(left, self.read(tree))
        if not self._alike(left, right):
            one = f"{shown(left.text)} is {types.in_words(left.type)}"
            other = f"{shown(right.text)} is {types.in_words(right.type)}"
            message = f"{one}, {other}: they do not compare."
            raise ExpressionError(message, _conversion(left.type, right.type), right.at)
        return right

    def _alike(self, left: TypedNode, right: TypedNode) -> bool:
        if left.type == "choice" and right.type == "choice":
            return bool(set(left.choices) & set(right.choices))
        if left.type == "record" and right.type == "record":
            return left.target == right.target
        return types.family(left.type) == types.family(right.type)

    def _as_moment(self, left: TypedNode, right: TypedNode) -> TypedNode:
        """A quoted date next to a date is a date."""
        node = right.node
        if left.type != "date" or not isinstance(node, Literal) or node.type != "text":
            return right
        if not is_date(str(node.value)):
            message = f"A date is written YYYY-MM-DD; not {right.text}."
            raise ExpressionError(message, 'write "2027-06-30"', right.at)
        return TypedNode(Literal(node.value, "date"), right.at, right.text)

    def _blank(self, tree: Tree[Token]) -> Node:
        return Blank(self.read(self.children(tree)[0]).node, negated=tree.data == "filled")

    _filled = _blank

    def _one_of(self, tree: Tree[Token]) -> Node:
        left_tree, options = self.children(tree)
        left = self.read(left_tree)
        found = tuple(self._against(left, option).node for option in self.children(options))
        return OneOf(left.node, found, negated=tree.data == "none_of")

    _none_of = _one_of


def _conversion(left: str, right: str) -> str | None:
    if {left, right} == {"date", "datetime"}:
        return "compare a date with today, a datetime with now"
    return None
