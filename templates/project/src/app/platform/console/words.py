"""What people read: records, fields, stages and moves in plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

LONGEST_NUMBER = 20
DIGITS = re.compile(r"([0-9]+)")


@dataclass(frozen=True, slots=True)
class Words:
    """What a record is called, what it is about, and what is said of its fields by their names."""

    one: str
    many: str
    about: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


def label(name: str) -> str:
    """Give a name as people read it: `scheduled_for` is "Scheduled for", `site_id` is "Site"."""
    words = name.removesuffix("_id").replace("__gte", ", from").replace("__lte", ", to")
    words = words.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def listed(words: list[str]) -> str:
    """Give words as a list in a sentence: "a, b and c"; nothing, where there are none."""
    *most, last = words or [""]
    return f"{', '.join(most)} and {last}" if most else last


def numbered(name: str) -> tuple[str, str]:
    """Give what a row is called as its number, which no line is to be cut in, and the rest."""
    number, dot, rest = name.partition(" · ")
    return ("", name) if " " in number or len(number) > LONGEST_NUMBER else (number, dot + rest)


def counted(name: str) -> list[tuple[int, str]]:
    """Give what names are put in order by: the numbers in them count as numbers, case does not."""
    parts = DIGITS.split(name.casefold())
    return [(int(part), "") if at % 2 else (0, part) for at, part in enumerate(parts)]
