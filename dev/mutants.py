"""What each sentence of a policy would be if somebody had left it out.

A mutant is the text of a `policy.py` without one thing that it says: a grant, a role of a move, a
stage, a field that is needed, a question, `only_owner`, `not_same_person_as`, a condition,
`once_past`, somebody whom it tells, a locked stage, a role of `seen_by` or `set_by`, a masked
field, a limit; or with a condition turned round.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

SAID_ONCE = ("only_owner", "not_same_person_as", "if_", "once_past")
LISTS = ("by", "needs", "asks", "tells", "locked", "masked", "limits")
NARROWED = ("seen_by", "set_by")


@dataclass(frozen=True, slots=True)
class Mutant:
    """What is left out: its kind, such as `needs`, the words, and the text without them."""

    kind: str
    words: str
    text: str


def mutants(source: str) -> Iterator[Mutant]:
    """Leave out one thing after the other."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _keywords(tree, node)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "w.Move":
            yield from _items(tree, node.args[0], "from")
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "w.If":
            yield _negated(tree, node)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "access.Policy":
            yield from _listed(tree, node.args[1:], "may")


def _keywords(tree: ast.Module, call: ast.Call) -> Iterator[Mutant]:
    for keyword in list(call.keywords):
        if keyword.arg in LISTS:
            yield from _items(tree, keyword.value, keyword.arg)
        if keyword.arg in NARROWED:
            yield from _listed(tree, [keyword.value], keyword.arg)
        if keyword.arg in SAID_ONCE:
            before = call.keywords
            call.keywords = [other for other in before if other is not keyword]
            yield Mutant(keyword.arg, ast.unparse(keyword.value), ast.unparse(tree))
            call.keywords = before


def _negated(tree: ast.Module, condition: ast.Call) -> Mutant:
    before = condition.args
    said = ast.literal_eval(before[1])
    condition.args = [before[0], ast.Constant(f"NOT ({said})")]
    found = Mutant("if_, negated", said, ast.unparse(tree))
    condition.args = before
    return found


def _listed(tree: ast.Module, found: list[ast.expr], kind: str) -> Iterator[Mutant]:
    for each in found:
        for value in each.values if isinstance(each, ast.Dict) else ():
            yield from _items(tree, value, kind)


def _items(tree: ast.Module, found: ast.expr, kind: str) -> Iterator[Mutant]:
    if isinstance(found, ast.List):
        before = found.elts
        for item in before:
            found.elts = [other for other in before if other is not item]
            yield Mutant(kind, ast.unparse(item), ast.unparse(tree))
        found.elts = before
