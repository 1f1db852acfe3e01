"""From a parse tree to the typed tree: names resolved, types checked, choices recognised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lark import Token, Tree

from scaffold.blueprint.expressions import types
from scaffold.blueprint.expressions.names import Scope, Value
from scaffold.blueprint.expressions.parse import ExpressionError, parse
from scaffold.blueprint.expressions.tree import (
    All,
    Arithmetic,
    Blank,
    Choice,
    Clock,
    Comparison,
    Expression,
    Literal,
    Negative,
    Node,
    Not,
    NumberOf,
    OneOf,
    Some,
    SumOf,
    Unless,
)
from scaffold.blueprint.faults import listed, meant, shown
from scaffold.blueprint.shapes.plain import is_date
from scaffold.blueprint.words import NUMBER_TYPES

_SYMBOLS = {"equal": "=", "unequal": "!="}


@dataclass(frozen=True, slots=True)
class _Typed:
    """A node with what is known of it besides its type."""

    node: Node
    at: int
    text: str
    choices: tuple[str, ...] = ()
    target: str | None = None

    @property
    def type(self) -> str:
        return self.node.type


def typed(text: str, scope: Scope) -> Expression:
    """The expression, typed for a record. Raises ExpressionError."""
    return Expression(text, _Typer(text, scope).read(parse(text)).node)


class _Typer:
    def __init__(self, text: str, scope: Scope) -> None:
        self.text = text
        self.scope = scope

    def read(self, tree: Tree[Token]) -> _Typed:
        reader: Callable[[Tree[Token]], _Typed | Node] = getattr(self, f"_{tree.data}")
        found = reader(tree)
        if isinstance(found, _Typed):
            return found
        return _Typed(found, _start(tree), self._source(tree))

    def _source(self, tree: Tree[Token]) -> str:
        return self.text[_start(tree) : tree.meta.end_pos or len(self.text)]

    def _children(self, tree: Tree[Token]) -> list[Tree[Token]]:
        return [child for child in tree.children if isinstance(child, Tree)]

    def _truth_of(self, tree: Tree[Token]) -> Node:
        found = self.read(tree)
        if found.type == "yes_no":
            return found.node
        message = f"Here comes a condition; {shown(found.text)} is {in_words(found.type)}."
        raise ExpressionError(message, "compare it: > 0, is …, or is not blank", found.at)

    def _unless(self, tree: Tree[Token]) -> Node:
        rule, exception = self._children(tree)
        return Unless(self._truth_of(rule), self._truth_of(exception))

    def _some(self, tree: Tree[Token]) -> Node:
        return Some(tuple(self._truth_of(child) for child in self._children(tree)))

    def _all(self, tree: Tree[Token]) -> Node:
        return All(tuple(self._truth_of(child) for child in self._children(tree)))

    def _denial(self, tree: Tree[Token]) -> Node:
        return Not(self._truth_of(self._children(tree)[0]))

    def _compare(self, tree: Tree[Token]) -> Node:
        left_tree, right_tree = self._children(tree)
        return self._comparison(left_tree, _sign(tree), right_tree)

    def _equal(self, tree: Tree[Token]) -> Node:
        left, right = self._children(tree)
        return self._comparison(left, _SYMBOLS[tree.data], right)

    _unequal = _equal

    def _comparison(self, left_tree: Tree[Token], sign: str, right_tree: Tree[Token]) -> Node:
        left = self.read(left_tree)
        right = self._against(left, right_tree)
        if sign in ("=", "!="):
            return Comparison(sign, left.node, right.node)  # type: ignore[arg-type]
        if not types.ordered(left.type):
            message = f"{in_words(left.type).capitalize()} has no order; {sign} needs one."
            raise ExpressionError(message, "write is, or is not", left.at)
        return Comparison(sign, left.node, right.node)  # type: ignore[arg-type]

    def _against(self, left: _Typed, tree: Tree[Token]) -> _Typed:
        """The right side; a bare word after a choice is a choice before it is a field."""
        if left.type in ("file", "json"):
            message = f"{shown(left.text)} is {in_words(left.type)} and cannot be compared."
            raise ExpressionError(message, "write is blank, or is not blank", left.at)
        word = self._source(tree)
        if left.type == "choice" and word in left.choices:
            return _Typed(Choice(word), _start(tree), word)
        if left.choices and tree.data == "path" and not self.scope.knows(word):
            message = f"{shown(left.text)} is {listed(left.choices)}; not {shown(word)}."
            raise ExpressionError(message, meant(word, left.choices), _start(tree))
        right = self._as_moment(left, self.read(tree))
        if not self._alike(left, right):
            first = f"{shown(left.text)} is {in_words(left.type)}"
            message = (
                f"{first}, {shown(right.text)} is {in_words(right.type)}: they do not compare."
            )
            raise ExpressionError(message, _conversion(left.type, right.type), right.at)
        return right

    def _alike(self, left: _Typed, right: _Typed) -> bool:
        if left.type == "choice" and right.type == "choice":
            return bool(set(left.choices) & set(right.choices))
        if left.type == "record" and right.type == "record":
            return left.target == right.target
        return types.family(left.type) == types.family(right.type)

    def _as_moment(self, left: _Typed, right: _Typed) -> _Typed:
        """A quoted date next to a date is a date."""
        node = right.node
        if left.type != "date" or not isinstance(node, Literal) or node.type != "text":
            return right
        if not is_date(str(node.value)):
            message = f"A date is written YYYY-MM-DD; not {right.text}."
            raise ExpressionError(message, 'write "2027-06-30"', right.at)
        return _Typed(Literal(node.value, "date"), right.at, right.text)

    def _blank(self, tree: Tree[Token]) -> Node:
        return Blank(self.read(self._children(tree)[0]).node, negated=tree.data == "filled")

    _filled = _blank

    def _one_of(self, tree: Tree[Token]) -> Node:
        left_tree, options = self._children(tree)
        left = self.read(left_tree)
        found = tuple(self._against(left, option).node for option in self._children(options))
        return OneOf(left.node, found, negated=tree.data == "none_of")

    _none_of = _one_of

    def _arithmetic(self, tree: Tree[Token]) -> Node:
        left, right = (self.read(child) for child in self._children(tree))
        sign = _sign(tree)
        type_ = types.result(left.type, sign, right.type)
        if type_ is None:
            found = f"{in_words(left.type)} {sign} {in_words(right.type)}"
            message = f"{found} has no meaning."
            hint = "a date moves by a number of days: due_on + 30" if "date" in found else None
            raise ExpressionError(message[0].upper() + message[1:], hint, left.at)
        return Arithmetic(sign, left.node, right.node, type_)  # type: ignore[arg-type]

    def _signed(self, tree: Tree[Token]) -> Node | _Typed:
        operand = self.read(self._children(tree)[0])
        if operand.type not in (*NUMBER_TYPES, "duration"):
            message = f"A sign stands before a number; {shown(operand.text)} is not one."
            raise ExpressionError(message, None, operand.at)
        return operand if _sign(tree) == "+" else Negative(operand.node, operand.type)

    def _numeral(self, tree: Tree[Token]) -> Node:
        text = str(tree.children[0])
        if len(text) > 18:  # noqa: PLR2004  (what a bigint and a numeric column can hold)
            raise ExpressionError("A number has at most 18 digits.", None, _start(tree))
        return Literal(text, "decimal") if "." in text else Literal(int(text), "integer")

    def _quoted(self, tree: Tree[Token]) -> Node:
        return Literal(str(tree.children[0])[1:-1], "text")

    def _truth(self, tree: Tree[Token]) -> Node:
        return Literal(str(tree.children[0]) in ("yes", "true"), "yes_no")

    def _today(self, tree: Tree[Token]) -> Node:
        return Clock("today")

    def _now(self, tree: Tree[Token]) -> Node:
        return Clock("now")

    def _my(self, tree: Tree[Token]) -> _Typed:
        return self._named(self.scope.my(str(tree.children[-1]), _start(tree)), tree)

    def _path(self, tree: Tree[Token]) -> _Typed:
        return self._named(self.scope.path(str(tree.children[0]), _start(tree)), tree)

    def _named(self, value: Value, tree: Tree[Token]) -> _Typed:
        place = value.place
        return _Typed(value.node, _start(tree), self._source(tree), place.choices, place.target)

    def _sum_of(self, tree: Tree[Token]) -> Node:
        word = tree.children[-1]
        part, place = self.scope.part_field(str(word), _start(word))
        if place.type not in (*NUMBER_TYPES, "duration"):
            message = f"A sum is of numbers; {shown(str(word))} is {in_words(place.type)}."
            raise ExpressionError(message, None, _start(word))
        return SumOf(str(word).split(".")[0], part, place.name, place.type)

    def _number_of(self, tree: Tree[Token]) -> Node:
        word = str(tree.children[-1])
        return NumberOf(word, self.scope.part(word, _start(tree.children[-1])))


def _start(found: Tree[Token] | Token) -> int:
    return (found.start_pos if isinstance(found, Token) else found.meta.start_pos) or 0


def _sign(tree: Tree[Token]) -> str:
    return next(str(child) for child in tree.children if isinstance(child, Token))


def _conversion(left: str, right: str) -> str | None:
    if {left, right} == {"date", "datetime"}:
        return "compare a date with today, a datetime with now"
    return None


def in_words(type_: str) -> str:
    """A type as it stands in a sentence."""
    article = "an" if type_[0] in "aeiou" else "a"
    known = {
        "yes_no": "a condition",
        "money": "an amount of money",
        "record": "a relation",
        "text": "text",
        "json": "json",
    }
    return known.get(type_, f"{article} {type_}")
