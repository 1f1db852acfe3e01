"""What an expression means, once names are resolved and types are known.

A type is the name of a field type; a condition is `yes_no`. Every compiler keeps these rules:
- blank (null) makes a comparison unknown; an unknown check passes, an unknown `if` fails;
- a `percent` that is multiplied or divided by counts as a fraction: 7.5 counts as 0.075;
- a date plus or minus an integer moves by days, and date - date is a number of days;
- `sum of` over no parts is 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Literal as OneWordOf


@dataclass(frozen=True, slots=True)
class Literal:
    """A value as written. Decimals are text ("0.25"), so that nothing is rounded."""

    value: str | int | bool
    type: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the choices (or stages) of the field that it is compared with."""

    value: str
    type: str = "choice"


@dataclass(frozen=True, slots=True)
class _Reached:
    steps: tuple[str, ...]
    owner: str
    type: str
    target: str | None = None


class FieldPath(_Reached):
    """A field of the record at hand, or one reached over relations: `customer.email`.

    All `steps` but the last are relations. `owner` is the record that has the last; `target` the
    record that a relation points to. `stage`, `number`, `currency`, a part's parent and a
    user's `name` and `email` are fields here too.
    """


class My(_Reached):
    """A field of the user who acts: `my approval_limit`. Its steps start at User."""


@dataclass(frozen=True, slots=True)
class Clock:
    """`today` (a date in the system's time zone) or `now` (a datetime)."""

    name: OneWordOf["today", "now"]

    @property
    def type(self) -> str:
        """`date` or `datetime`."""
        return "date" if self.name == "today" else "datetime"


@dataclass(frozen=True, slots=True)
class SumOf:
    """The sum of one field over the parts of a record: `sum of lines.amount`."""

    collection: str
    record: str
    field: str
    type: str


@dataclass(frozen=True, slots=True)
class NumberOf:
    """How many parts a record has: `number of lines`."""

    collection: str
    record: str
    type: str = "integer"


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two values and a sign between them."""

    sign: OneWordOf["+", "-", "*", "/"]
    left: Node
    right: Node
    type: str


@dataclass(frozen=True, slots=True)
class Negative:
    """A number or a duration, with its sign turned."""

    operand: Node
    type: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """`=` also stands for `is`, `!=` for `is not`."""

    sign: OneWordOf["=", "!=", "<", "<=", ">", ">="]
    left: Node
    right: Node
    type: str = "yes_no"


@dataclass(frozen=True, slots=True)
class Blank:
    """`x is blank`, or `x is not blank` when negated. Never unknown."""

    operand: Node
    negated: bool = False
    type: str = "yes_no"


@dataclass(frozen=True, slots=True)
class OneOf:
    """`x in [a, b]`, or `x not in [a, b]` when negated."""

    operand: Node
    options: tuple[Node, ...]
    negated: bool = False
    type: str = "yes_no"


@dataclass(frozen=True, slots=True)
class _Joined:
    operands: tuple[Node, ...]
    type: str = "yes_no"


class All(_Joined):
    """`a and b and c`."""


class Some(_Joined):
    """`a or b or c`."""


@dataclass(frozen=True, slots=True)
class Not:
    """`not a`."""

    operand: Node
    type: str = "yes_no"


@dataclass(frozen=True, slots=True)
class Unless:
    """`rule unless exception`: the same as `rule or exception`."""

    rule: Node
    exception: Node
    type: str = "yes_no"


Node = (
    Literal | Choice | FieldPath | My | Clock | SumOf | NumberOf | Arithmetic | Negative
    | Comparison | Blank | OneOf | All | Some | Not | Unless
)  # fmt: skip


_Sort = type[Node]


def walk(node: Node) -> Iterator[Node]:
    """The node itself and everything in it, from the outside in."""
    yield node
    for item in fields(node):
        value = getattr(node, item.name)
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, Node):
                yield from walk(child)


@dataclass(frozen=True, slots=True)
class Expression:
    """One expression of a blueprint: its text, with every path in full, and what it means."""

    text: str
    root: Node

    @property
    def type(self) -> str:
        """The type of its value."""
        return self.root.type

    def uses(self, *sorts: _Sort) -> bool:
        """Whether any node of these sorts stands in it: `uses(My)`, `uses(Clock)`."""
        return any(isinstance(node, sorts) for node in walk(self.root))

    def paths(self) -> tuple[FieldPath, ...]:
        """Every field of the record, or reached from it, that it reads."""
        return tuple(node for node in walk(self.root) if isinstance(node, FieldPath))
