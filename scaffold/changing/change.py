"""One difference between two blueprints, in words, with a verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["safe", "asks", "breaks"]
SAFE: Verdict = "safe"
ASKS: Verdict = "asks"
BREAKS: Verdict = "breaks"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `kind` for programs, `where` as a dotted path, and `words` for people.

    `safe` needs nothing more. `asks` needs a word in the blueprint (`was`, `backfill`, `retired`,
    `renamed`), and `breaks` has to be said in another way; for both the hint says what to write.
    """

    kind: str
    where: str
    verdict: Verdict
    words: str
    hint: str | None = None


def safe(kind: str, where: str, words: str) -> Change:
    """A difference that keeps every row, and of which the migration knows what to do."""
    return Change(kind, where, SAFE, words)


def asks(kind: str, where: str, words: str, hint: str) -> Change:
    """A difference that could lose something, until the blueprint says what is meant."""
    return Change(kind, where, ASKS, words, hint)


def breaks(kind: str, where: str, words: str, hint: str) -> Change:
    """A difference that rows cannot follow; the hint says what to write instead."""
    return Change(kind, where, BREAKS, words, hint)


def listed(names: Iterable[str]) -> str:
    """Names as people list them."""
    found = list(names)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"


def from_to(before: object, after: object) -> str:
    """Both values, where there are any: `200 → 100`."""
    return f"{_shown(before)} → {_shown(after)}"


def _shown(value: object) -> str:
    if value is None or value in ((), ""):
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(_shown(item) for item in value)
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"  # noqa: PLR2004
