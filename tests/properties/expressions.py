"""Random expressions that the language allows: what is calculated, checked and asked of a move."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from scaffold.blueprint.expressions import types
from scaffold.blueprint.expressions.parse import LONGEST
from scaffold.blueprint.words import NUMBER_TYPES
from tests.properties.words import chance

CLOCK = {"today": "date", "now": "datetime"}
SIGNS = ("<", "<=", ">", ">=", "=", "!=", "is", "is not")
DEEPEST = 3
BARE = ("file", "json", "record")
NOT_MADE = (*BARE, "choice", "uuid")
"""Types of which an expression only says whether they are blank."""


@dataclass(frozen=True, slots=True)
class Term:
    """A value in an expression: how it is written, its type, and the level it is shown at."""

    text: str
    type: str
    level: int = 0
    choices: tuple[str, ...] = ()


def condition(r: Random, terms: Iterable[Term]) -> str:
    """A condition over some of these values, short enough for the language."""
    known = tuple(terms)
    while True:
        found = _condition(r, known, r.randint(0, DEEPEST))
        if len(found) <= LONGEST:
            return found


def calculation(r: Random, terms: Iterable[Term]) -> Term:
    """A value made of some of these, of a type that a field may have."""
    known = [term for term in terms if term.type not in NOT_MADE]
    while True:
        some_of = r.sample(known, min(3, len(known)))
        found = _value(r, tuple(some_of), r.randint(1, DEEPEST))
        if chance(r, 0.2):
            found = Term(_condition(r, tuple(some_of), 1), "yes_no")
        if len(found.text) <= LONGEST:
            level = max((term.level for term in some_of), default=0)
            return Term(found.text, found.type, level)


def _condition(r: Random, terms: tuple[Term, ...], depth: int) -> str:
    if depth == 0 or chance(r, 0.2):
        return _comparison(r, terms)
    parts = [_condition(r, terms, depth - 1) for _ in range(r.choice((2, 2, 3)))]
    parts = [f"({part})" for part in parts]
    kind = r.choice(("and", "or", "unless", "not"))
    if kind == "not":
        return f"not {parts[0]}"
    return f" {kind} ".join(parts[:2] if kind == "unless" else parts)


def _comparison(r: Random, terms: tuple[Term, ...]) -> str:
    one = r.choice(terms) if terms and chance(r, 0.7) else _value(r, terms, 1)
    if one.type in BARE or chance(r, 0.15):
        return f"{one.text} is {r.choice(('', 'not '))}blank"
    if one.type == "yes_no" and chance(r, 0.5):
        return one.text
    if one.type == "choice" or chance(r, 0.15):
        options = [_other(r, one, terms) for _ in range(r.randint(1, 3))]
        listed = ", ".join(options)
        return f"{one.text} {r.choice(('', 'not '))}in {r.choice(('[{}]', '({})')).format(listed)}"
    signs = SIGNS if types.ordered(one.type) else ("is", "is not", "=", "!=")
    return f"{one.text} {r.choice(signs)} {_other(r, one, terms)}"


def _other(r: Random, one: Term, terms: tuple[Term, ...]) -> str:
    """What one value may be compared with."""
    if one.choices:
        return r.choice(one.choices)
    family = types.family(one.type)
    alike = [term.text for term in terms if types.family(term.type) == family]
    return r.choice([*alike, one.text, *_literals(family)])


def _literals(family: str) -> tuple[str, ...]:
    return {
        "number": ("0", "5", "2.50", "-7", "999999999999999999"),
        "text": ('"a b"', "'it says \"x\"'", '""', '"{{ x }} é %s"'),
        "date": ("today", '"2027-06-30"', "today + 30"),
        "datetime": ("now",),
        "yes_no": ("yes", "no", "true", "false"),
    }.get(family, ())


def _value(r: Random, terms: tuple[Term, ...], depth: int) -> Term:
    """A value: one of these, a literal, or what arithmetic makes of them."""
    plain = [term for term in terms if term.type not in NOT_MADE]
    clock = [Term(word, type_) for word, type_ in CLOCK.items()]
    one = r.choice([*plain, *plain, Term("7", "integer"), Term("0.5", "decimal"), *clock])
    if depth == 0:
        return one
    for _ in range(5):
        other, sign = _value(r, terms, depth - 1), r.choice("+-*/")
        if made := types.result(one.type, sign, other.type):
            bare = other.text.isalnum()
            return Term(f"{one.text} {sign} {other.text if bare else f'({other.text})'}", made)
    if one.type in NUMBER_TYPES and chance(r, 0.3):
        return Term(f"-{one.text}", one.type)
    return one
