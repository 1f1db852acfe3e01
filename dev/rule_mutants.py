"""What each rule of a model or a schema would be if it were left out, turned round or replaced.

A mutant is the text of a `models.py` without one check, unique group or bound, with a check that
says the opposite, with a relation that is let go where it was held, or with a field that is not
calculated; or the text of a `schemas.py` without one bound.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from dev.mutants import Mutant

BOUNDS = ("min", "max", "pattern", "choices", "unique")
OTHERWISE = {"refuse": "leave_blank", "delete_too": "refuse", "leave_blank": "refuse"}
IN_MODELS = ("c.field", "c.decimal_places", "c.digest", "c.relation")
IN_SCHEMAS = ("v.text", "v.whole", "v.amount", "v.days", "v.times", "v.moments", "v.durations")


def changed(source: str) -> Iterator[Mutant]:
    """Change one rule after the other."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if name == "c.checks":
                yield from _checks(tree, node.args[0])
            if name == "c.calculated":
                yield from _calculated(tree, node)
            if name in (*IN_MODELS, *IN_SCHEMAS):
                yield from _bounds(tree, node)
        if isinstance(node, ast.Tuple):
            yield from _groups(tree, node)


def _checks(tree: ast.Module, said: ast.expr) -> Iterator[Mutant]:
    if not isinstance(said, ast.Dict):
        return
    keys, values = said.keys, said.values
    for at, (key, value) in enumerate(zip(keys, values, strict=True)):
        words = ast.unparse(key) if key else ""
        said.keys, said.values = keys[:at] + keys[at + 1 :], values[:at] + values[at + 1 :]
        yield Mutant("check", words, ast.unparse(tree))
        said.keys, said.values = keys, list(values)
        said.values[at] = ast.Constant(f"NOT ({ast.literal_eval(value)})")
        yield Mutant("check, negated", words, ast.unparse(tree))
        said.values = values


def _calculated(tree: ast.Module, call: ast.Call) -> Iterator[Mutant]:
    for keyword in call.keywords:
        if keyword.arg == "of":
            before = keyword.value
            text = ast.literal_eval(before)
            keyword.value = ast.Constant(f"CASE WHEN false THEN {text} END")
            yield Mutant("calculated", text, ast.unparse(tree))
            keyword.value = before


def _bounds(tree: ast.Module, call: ast.Call) -> Iterator[Mutant]:
    for keyword in list(call.keywords):
        if keyword.arg in BOUNDS:
            before = call.keywords
            call.keywords = [other for other in before if other is not keyword]
            yield Mutant(keyword.arg, ast.unparse(call), ast.unparse(tree))
            call.keywords = before
        if keyword.arg == "if_deleted":
            held = keyword.value
            keyword.value = ast.Constant(OTHERWISE[ast.literal_eval(held)])
            yield Mutant("if_deleted", ast.unparse(call), ast.unparse(tree))
            keyword.value = held


def _groups(tree: ast.Module, found: ast.Tuple) -> Iterator[Mutant]:
    before = found.elts
    for item in before:
        if isinstance(item, ast.Call) and ast.unparse(item.func) == "unique":
            found.elts = [other for other in before if other is not item]
            yield Mutant("unique", ast.unparse(item), ast.unparse(tree))
            found.elts = before
