"""What a typed line means as an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scaffold.interview.words import Choice, Wording

STAYS_OPEN = frozenset(("keep",))
"""Questions whose default only puts the answer off."""


class Back(Exception):  # noqa: N818  (a wish, not an error)
    """The person wants to see the question before this one."""


class Mistyped(Exception):  # noqa: N818
    """The line is no answer; the text says what is."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A value, and whether it is a guess that somebody has to settle."""

    value: Any
    unsure: bool = False


def read_typed(wording: Wording, typed: str, default: Any) -> Answer:
    """The answer in a line; nothing means the default. Back and Mistyped are raised."""
    line = typed.strip()
    if line.lower() == "back":
        raise Back
    if line == "?":
        safest = wording.safest
        return Answer(default if safest is None else safest, unsure=True)
    if not line:
        return Answer(default, unsure=wording.name in STAYS_OPEN)
    if not wording.choices:
        return Answer(line)
    if wording.several and line.lower() == "none":
        return Answer([])
    chosen = [_choice(wording, part) for part in line.split(",")]
    if wording.several:
        values = {choice.value for choice in chosen}
        return Answer([c.value for c in wording.choices if c.value in values])
    if len(chosen) > 1:
        raise Mistyped("Choose one of them.")
    return Answer(chosen[0].value, chosen[0].unsure)


def _choice(wording: Wording, part: str) -> Choice:
    word = part.strip()
    if word.isdecimal() and 1 <= int(word) <= len(wording.choices):
        return wording.choices[int(word) - 1]
    for choice in wording.choices:
        if word == choice.value:
            return choice
    raise Mistyped(f"Type a number from 1 to {len(wording.choices)}, ? or back; not {word!r}.")
