"""A fault in a blueprint: where it is, what is allowed, what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from scaffold.errors import InputError

Path = tuple[str | int, ...]
"""Where something is in the document: keys, and positions in lists."""

MOST_FAULTS = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `code` is a stable word, `path` dotted; line and column count from 1."""

    code: str
    path: str
    line: int
    column: int
    message: str
    hint: str | None = None


class BlueprintError(InputError):
    """A blueprint cannot be used; `faults` says why, in the order of the text."""

    def __init__(self, faults: Sequence[Fault], source: str = "blueprint.yml") -> None:
        super().__init__(faults_as_text(faults, source))
        self.faults = tuple(faults)
        self.source = source


def faults_as_text(faults: Iterable[Fault], source: str) -> str:
    """`blueprint.yml:12:5: message`, each followed by its hint, one fault after another."""
    lines: list[str] = []
    for fault in faults:
        lines.append(f"{source}:{fault.line}:{fault.column}: {fault.message}")
        if fault.hint is not None:
            lines.append(f"  hint: {fault.hint}")
    return "\n".join(lines)


def dotted(path: Path) -> str:
    """The path as people write it: keys joined by dots, positions in lists left out."""
    return ".".join(step for step in path if isinstance(step, str))


def listed(words: Iterable[str], last: str = "or") -> str:
    """`a, b or c`."""
    items = list(words)
    if len(items) < 2:  # noqa: PLR2004  (a list of one needs no joint)
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant, or None."""
    by_lower = {item.lower(): item for item in known}
    found = get_close_matches(word[:60].lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None


def meant(word: str, known: Iterable[str]) -> str | None:
    """A hint with the nearest known word, or else with all of them if they are few."""
    names = list(known)
    best = nearest(word, names)
    if best is not None:
        return f"did you mean {best}?"
    return f"choose {listed(names)}" if 0 < len(names) <= 12 else None  # noqa: PLR2004


def shown(text: str) -> str:
    """What was found, short enough to stand in a message."""
    flat = " ".join(text.split())
    return f"'{flat}'" if len(flat) <= 60 else f"'{flat[:57]}…'"  # noqa: PLR2004
