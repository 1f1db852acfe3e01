"""Reads the tables in `tables/`: an edit of the small blueprint, then what the checker says.

    -|staff: google
    +|staff: gogle
    6:19 shape: `staff` takes …; this is 'gogle'.
      hint: did you mean google?

Blocks are parted by blank lines. A block without a message is a legal edit.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from scaffold.blueprint import check
from tests.language.small_blueprint import SMALL

TABLES = Path(__file__).parent / "tables"


class Edit(NamedTuple):
    """One change of the small blueprint, and the lines the checker answers with."""

    where: str
    old: str
    new: str
    expected: list[str]


def edits(name: str) -> list[Edit]:
    """Every block of one table."""
    blocks = (TABLES / f"{name}.txt").read_text(encoding="utf-8").strip().split("\n\n")
    return [_edit(f"{name}-{count}", block.splitlines()) for count, block in enumerate(blocks, 1)]


def _edit(where: str, lines: list[str]) -> Edit:
    old = [line[2:] for line in lines if line.startswith("-|")]
    new = [line[2:] for line in lines if line.startswith("+|")]
    rest = [line for line in lines if line[:2] not in ("-|", "+|")]
    return Edit(where, "\n".join(old), "\n".join(new), rest)


def answers(old: str, new: str) -> list[str]:
    """What the checker says when `old`, which stands there once, becomes `new`."""
    assert SMALL.count(old) == 1, f"{old!r} stands {SMALL.count(old)} times in the blueprint"
    lines: list[str] = []
    for fault in check(SMALL.replace(old, new), "small.yml"):
        lines.append(f"{fault.line}:{fault.column} {fault.code}: {fault.message}")
        if fault.hint is not None:
            lines.append(f"  hint: {fault.hint}")
    return lines
