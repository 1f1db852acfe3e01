"""How the text of an expression is taken apart: `{due_on} >= {issued_on}`."""

from __future__ import annotations

import re
from collections.abc import Callable

PIECE = re.compile(r"'(?:[^']|'')*'|\{[^{}]+\}|[^'{]+")
"""A text in quotes, a name in braces, or anything else."""


def names_in(text: str) -> list[str]:
    """Give the names that stand in braces, each once."""
    found = (piece[1:-1] for piece in PIECE.findall(text) if piece.startswith("{"))
    return list(dict.fromkeys(found))


def replaced(text: str, mean: Callable[[str], str]) -> str:
    """Give the text with every name replaced by what it means."""
    return "".join(
        mean(piece[1:-1]) if piece.startswith("{") else piece for piece in PIECE.findall(text)
    )
