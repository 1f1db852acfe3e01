"""What the budgets are counted in: tagged lines, ifs, lengths, repetitions."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

TAG = re.compile(r"\{\{|\{%|\{#")
BRANCH = re.compile(r"\{%-?\s*(if|elif|endif)\b|\{\{[^}]*\sif\s")
IMPORTS = (ast.Import, ast.ImportFrom)
RUN = 6


@dataclass(frozen=True, slots=True)
class Function:
    """One function and how many lines it has."""

    place: str
    lines: int


def tagged(text: str) -> int:
    """How many lines hold a tag."""
    return sum(1 for line in text.splitlines() if TAG.search(line))


def share(texts: Iterable[str]) -> float:
    """Which part of all lines holds a tag."""
    found = list(texts)
    lines = sum(len(text.splitlines()) for text in found)
    return sum(map(tagged, found)) / max(lines, 1)


def branches(text: str) -> tuple[int, int]:
    """How many ifs there are, and how deep they stand in each other."""
    count = depth = deepest = 0
    for match in BRANCH.finditer(text):
        count += match[1] != "endif"
        depth += {"if": 1, "endif": -1}.get(match[1] or "", 0)
        deepest = max(deepest, depth)
    return count, deepest


def functions(path: Path) -> Iterator[Function]:
    """Every function of a module, methods too; a function's decorators count."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = min([node.lineno, *(item.lineno for item in node.decorator_list)])
            yield Function(f"{path}:{node.name}", (node.end_lineno or first) - first + 1)


def ninth_tenth(sizes: Iterable[int]) -> int:
    """What nine of ten are not above."""
    ordered = sorted(sizes)
    return ordered[int(len(ordered) * 0.9)] if ordered else 0


def substance(path: Path) -> list[str]:
    """The lines of a module that somebody wrote: no imports, blank lines or docstrings."""
    text = path.read_text(encoding="utf-8")
    passed: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        said = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if isinstance(node, ast.stmt) and (said or isinstance(node, IMPORTS)):
            passed |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines = enumerate(text.splitlines(), 1)
    return [line.strip() for at, line in lines if line.strip() and at not in passed]


def repeated(folders: Iterable[Path]) -> list[str]:
    """Runs of six lines that two of the folders share."""
    runs = {folder: dict(_runs(folder)) for folder in folders}
    return [
        f"{runs[one][run]} and {runs[other][run]}: {run[0]}"
        for one, other in combinations(runs, 2)
        for run in runs[one].keys() & runs[other].keys()
    ]


def _runs(folder: Path) -> Iterator[tuple[tuple[str, ...], Path]]:
    for path in sorted(folder.rglob("*.py")):
        lines = substance(path)
        for at in range(len(lines) - RUN + 1):
            yield tuple(lines[at : at + RUN]), path
