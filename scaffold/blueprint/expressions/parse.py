"""From the text of an expression to a parse tree, within bounds."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from scaffold.blueprint.faults import shown

LONGEST = 500
DEEPEST = 30
_VALUES = frozenset(("WORD", "NUMERAL", "QUOTED"))
_INSTEAD = {
    "<>": "write != or is not",
    "&": "write and",
    "|": "write or",
    "!": "write not",
    "{": "write [ and ] around a list",
}


class ExpressionError(Exception):
    """What is wrong with an expression, and at which character of it."""

    def __init__(self, message: str, hint: str | None = None, at: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.at = at


@cache
def _parser() -> Lark:
    grammar = Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    return Lark(
        grammar, parser="lalr", lexer="basic", propagate_positions=True, maybe_placeholders=False
    )


def parse(text: str) -> Tree[Token]:
    """The parse tree. Raises ExpressionError."""
    if len(text) > LONGEST:
        message = f"An expression has at most {LONGEST} characters; this has {len(text)}."
        raise ExpressionError(message, "calculate a part of it in a field of its own")
    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        raise _explained(error, text) from None
    if _depth(tree) > DEEPEST:
        message = f"An expression is nested at most {DEEPEST} levels deep."
        raise ExpressionError(message, "calculate a part of it in a field of its own")
    return tree


def _depth(tree: Tree[Token]) -> int:
    deepest, waiting = 0, [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting.extend((child, depth + 1) for child in node.children if isinstance(child, Tree))
    return deepest


def _explained(error: UnexpectedInput, text: str) -> ExpressionError:
    if isinstance(error, UnexpectedCharacters):
        at = error.pos_in_stream or 0
        message = f"An expression has no {shown(text[at : at + 20].split(' ', maxsplit=1)[0])}."
        return ExpressionError(message, _hint(text, at), at)
    at, found = len(text.rstrip()), "the end"
    expected: set[str] = set()
    if isinstance(error, UnexpectedToken):
        expected = set(error.accepts or error.expected)
        if error.token.type != "$END":
            at, found = error.token.start_pos or 0, shown(str(error.token))
    wants = "a value" if expected & _VALUES else _closing(expected)
    message = f"In an expression, {wants} comes here; this is {found}."
    return ExpressionError(message, _hint(text, at), at)


def _closing(expected: set[str]) -> str:
    if "RPAR" in expected:
        return "a closing bracket"
    if "RSQB" in expected:
        return "a comma or a closing bracket"
    if "OF" in expected:
        return "`of`"
    if "$END" in expected:
        return "`and`, `or`, `unless`, a comparison or the end"
    return "a list, such as [low, high]," if "LSQB" in expected else "a name"


def _hint(text: str, at: int) -> str | None:
    rest = text[at:]
    if rest.startswith("=") and at and text[at - 1] == "=":
        return "write = or is"
    for sign, hint in _INSTEAD.items():
        if rest.startswith(sign):
            return hint
    before = text[:at].split()
    word = rest.split(" ")[0]
    if before and before[-1] in ("sum", "number") and word:
        return f"write {before[-1]} of {word}"
    return f"write {word.lower()}" if word.lower() in ("and", "or", "not", "unless", "is") else None
