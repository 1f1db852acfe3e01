"""The language of a blueprint's expressions, read and worked out in plain Python.

The application has them as SQL. Tests work them out a second time, over the values of rows, and
compare. Blank is None: what is compared with it is unknown, and an unknown is None as well.
"""

from __future__ import annotations

import datetime as dt
import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any, Protocol

from tests.arithmetic import added, denied, either, multiplied

TOKEN = re.compile(
    r"\"[^\"]*\"|'[^']*'|<=|>=|!=|[-+*/<>=(),\[\]]|[0-9]+(?:\.[0-9]+)?|[a-z][a-z0-9_.]*"
)
SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "is": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class Held:
    """A value; whether it is a percentage, and what it is chosen from."""

    value: Any
    percent: bool = False
    choices: Sequence[str] = ()

    def number(self) -> Any:
        """Give the value for a product: a percentage counts as a fraction."""
        return self.value if self.value is None or not self.percent else self.value / Decimal(100)


class Names(Protocol):
    """What gives names their values: `customer.email`, `my limit`, `sum of lines.net`, `today`."""

    def held(self, name: str) -> Held:
        """Give the value that a name stands for."""
        ...


def worked_out(text: str, names: Names) -> Any:
    """Give the value of an expression."""
    with localcontext(prec=60):
        return Reader(TOKEN.findall(text), names).condition().value


class Reader:
    """Reads an expression from left to right and works it out on the way."""

    def __init__(self, tokens: list[str], names: Names) -> None:
        self.tokens = tokens
        self.names = names

    def took(self, *words: str) -> bool:
        """Whether these tokens come next; they are passed by if so."""
        if tuple(self.tokens[: len(words)]) != words:
            return False
        del self.tokens[: len(words)]
        return True

    def condition(self) -> Held:
        """Read `rule unless exception`."""
        found = self.either()
        while self.took("unless"):
            found = Held(either(found.value, self.either().value))
        return found

    def either(self) -> Held:
        """Read `a or b`."""
        found = self.both()
        while self.took("or"):
            found = Held(either(found.value, self.both().value))
        return found

    def both(self) -> Held:
        """Read `a and b`."""
        found = self.denial()
        while self.took("and"):
            found = Held(denied(either(denied(found.value), denied(self.denial().value))))
        return found

    def denial(self) -> Held:
        """Read `not a`."""
        return Held(denied(self.denial().value)) if self.took("not") else self.comparison()

    def comparison(self) -> Held:
        """Read `a < b`, `a is blank` and `a in [b, c]`."""
        left = self.total()
        for words, blank in ((("is", "blank"), True), (("is", "not", "blank"), False)):
            if self.took(*words):
                return Held((left.value in (None, "")) is blank)
        if self.took("in"):
            return Held(self.one_of(left))
        if self.took("not", "in"):
            return Held(denied(self.one_of(left)))
        if not self.tokens or self.tokens[0] not in SIGNS:
            return left
        sign = self.tokens.pop(0)
        other = sign == "is" and self.took("not")
        right = self.against(left).value
        if left.value is None or right is None:
            return Held(None)
        return Held(SIGNS["!=" if other else sign](left.value, right))

    def one_of(self, left: Held) -> bool | None:
        """Read the options and say whether the value is one of them."""
        self.tokens.pop(0)
        found: bool | None = False
        while True:
            option = self.against(left).value
            known = left.value is not None and option is not None
            found = either(found, left.value == option if known else None)
            if self.tokens.pop(0) != ",":
                return found

    def against(self, left: Held) -> Held:
        """Read what a value is compared with; a word after a choice is a choice first."""
        if self.tokens[0] in left.choices:
            return Held(self.tokens.pop(0))
        right = self.total()
        if type(left.value) is dt.date and isinstance(right.value, str):
            return Held(dt.date.fromisoformat(right.value))
        return right

    def total(self) -> Held:
        """Read `a + b - c`."""
        left = self.product()
        while self.tokens and self.tokens[0] in "+-":
            sign, right = self.tokens.pop(0), self.product()
            percent = left.percent and right.percent
            left = Held(added(left.value, sign, right.value), percent)
        return left

    def product(self) -> Held:
        """Read `a * b / c`."""
        left = self.signed()
        while self.tokens and self.tokens[0] in "*/":
            sign, right = self.tokens.pop(0), self.signed()
            left = Held(multiplied(left.number(), sign, right.number()))
        return left

    def signed(self) -> Held:
        """Read `-a`."""
        if self.took("+"):
            return self.signed()
        if not self.took("-"):
            return self.atom()
        found = self.signed()
        return Held(None if found.value is None else -found.value, found.percent)

    def atom(self) -> Held:
        """Read a value, a name, or what stands in brackets."""
        token = self.tokens.pop(0)
        if token == "(":
            found = self.condition()
            self.tokens.pop(0)
            return found
        if token[0] in "\"'":
            return Held(token[1:-1])
        if token[0].isdigit():
            return Held(Decimal(token) if "." in token else int(token))
        if token in ("yes", "true", "no", "false"):
            return Held(token in ("yes", "true"))
        return self.names.held(self.name(token))

    def name(self, token: str) -> str:
        """Read the rest of a name: `my limit`, `sum of lines.net`."""
        if token == "my":
            return f"my {self.tokens.pop(0)}"
        if token in ("sum", "number") and self.took("of"):
            return f"{token} of {self.tokens.pop(0)}"
        return token
