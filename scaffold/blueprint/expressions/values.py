"""The values in an expression: literals, names, sums, and what arithmetic makes of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lark import Token, Tree

from scaffold.blueprint.expressions import types
from scaffold.blueprint.expressions.names import Scope, Value
from scaffold.blueprint.expressions.parse import ExpressionError
from scaffold.blueprint.expressions.tree import (
    Arithmetic,
    Clock,
    Literal,
    Negative,
    Node,
    NumberOf,
    SumOf,
)
from scaffold.blueprint.faults import shown
from scaffold.blueprint.words import NUMBER_TYPES


@dataclass(frozen=True, slots=True)
class TypedNode:
    """A node with what is known of it besides its type."""

    node: Node
    at: int
    text: str
    choices: tuple[str, ...] = ()
    target: str | None = None

    @property
    def type(self) -> str:
        """The type of its value."""
        return self.node.type


class ValueReader:
    """Reads the parts of an expression that are not conditions; `_x` reads the rule `x`."""

    def __init__(self, text: str, scope: Scope) -> None:
        self.text = text
        self.scope = scope
        self.paths: dict[int, tuple[str, str]] = {}
        """Where paths stand, as they are written and as they are followed."""

    def read(self, tree: Tree[Token]) -> TypedNode:
        """The node that a rule of the grammar stands for."""
        reader: Callable[[Tree[Token]], TypedNode | Node] = getattr(self, f"_{tree.data}")
        found = reader(tree)
        if isinstance(found, TypedNode):
            return found
        return TypedNode(found, start_of(tree), self.source(tree))

    def source(self, tree: Tree[Token]) -> str:
        """The text of a part of the expression."""
        return self.text[start_of(tree) : tree.meta.end_pos or len(self.text)]

    def children(self, tree: Tree[Token]) -> list[Tree[Token]]:
        """The parts of a part, without signs and words."""
        return [child for child in tree.children if isinstance(child, Tree)]

    def _arithmetic(self, tree: Tree[Token]) -> Node:
        left, right = (self.read(child) for child in self.children(tree))
        sign = sign_of(tree)
        type_ = types.result(left.type, sign, right.type)
        if type_ is None:
            found = f"{types.in_words(left.type)} {sign} {types.in_words(right.type)}"
            message = f"{found} has no meaning."
            hint = "a date moves by a number of days: due_on + 30" if "date" in found else None
            raise ExpressionError(message[0].upper() + message[1:], hint, left.at)
        return Arithmetic(sign, left.node, right.node, type_)  # type: ignore[arg-type]

    def _signed(self, tree: Tree[Token]) -> Node | TypedNode:
        operand = self.read(self.children(tree)[0])
        if operand.type not in (*NUMBER_TYPES, "duration"):
            message = f"A sign stands before a number; {shown(operand.text)} is not one."
            raise ExpressionError(message, None, operand.at)
        return operand if sign_of(tree) == "+" else Negative(operand.node, operand.type)

    def _numeral(self, tree: Tree[Token]) -> Node:
        text = str(tree.children[0])
        if len(text) > 18:  # noqa: PLR2004  (what a bigint and a numeric column can hold)
            raise ExpressionError("A number has at most 18 digits.", None, start_of(tree))
        return Literal(text, "decimal") if "." in text else Literal(int(text), "integer")

    def _quoted(self, tree: Tree[Token]) -> Node:
        return Literal(str(tree.children[0])[1:-1], "text")

    def _truth(self, tree: Tree[Token]) -> Node:
        return Literal(str(tree.children[0]) in ("yes", "true"), "yes_no")

    def _today(self, tree: Tree[Token]) -> Node:
        return Clock("today")

    def _now(self, tree: Tree[Token]) -> Node:
        return Clock("now")

    def _my(self, tree: Tree[Token]) -> TypedNode:
        return self._named(self.scope.my(str(tree.children[-1]), start_of(tree)), tree)

    def _path(self, tree: Tree[Token]) -> TypedNode:
        said = str(tree.children[0])
        found = self.scope.path(said, start_of(tree))
        self.paths[start_of(tree)] = (said, ".".join(found.node.steps))
        return self._named(found, tree)

    def in_full(self) -> str:
        """The text, once it was read, with every path as it is followed."""
        text = self.text
        for at, (said, followed) in sorted(self.paths.items(), reverse=True):
            text = text[:at] + followed + text[at + len(said) :]
        return text

    def _named(self, value: Value, tree: Tree[Token]) -> TypedNode:
        place = value.place
        return TypedNode(value.node, start_of(tree), self.source(tree), place.choices, place.target)

    def _sum_of(self, tree: Tree[Token]) -> Node:
        word = tree.children[-1]
        part, place = self.scope.part_field(str(word), start_of(word))
        if place.type not in (*NUMBER_TYPES, "duration"):
            message = f"A sum is of numbers; {shown(str(word))} is {types.in_words(place.type)}."
            raise ExpressionError(message, None, start_of(word))
        return SumOf(str(word).split(".")[0], part, place.name, place.type)

    def _number_of(self, tree: Tree[Token]) -> Node:
        word = str(tree.children[-1])
        return NumberOf(word, self.scope.part(word, start_of(tree.children[-1])))


def start_of(found: Tree[Token] | Token) -> int:
    """The place of its first character in the expression."""
    return (found.start_pos if isinstance(found, Token) else found.meta.start_pos) or 0


def sign_of(tree: Tree[Token]) -> str:
    """The sign between or before its parts."""
    return next(str(child) for child in tree.children if isinstance(child, Token))
