"""Makes single values within the bounds of their fields."""

from __future__ import annotations

import datetime as dt
import decimal
import random
from collections import Counter
from collections.abc import Mapping
from typing import Any

import rstr

from app.platform import forms
from dev.fields import FIRST_DAY, STEPS, USUAL, nth, short, within
from dev.words import TITLES, text_for

REPEATS = (8, 2, 40, 1, 200)
ROOMY = 30


class Patterns(rstr.Rstr):
    """Makes texts that match a pattern, with at most so many repeats of what may be repeated."""

    most = REPEATS[0]

    def _handle_repeat(self, start_range: int, end_range: int, value: str) -> str:
        most = min(end_range, max(start_range, self.most))
        return super()._handle_repeat(start_range, most, value)


class Values:
    """Makes values. The same seed gives the same ones in the same order.

    They are numbered from `start` on, so that they are others than those that are there.
    """

    def __init__(self, seed: int, start: int = 0) -> None:
        self.random = random.Random(seed)  # noqa: S311  (examples, not secrets)
        self.patterns = Patterns(self.random)
        self.count = self.start = start
        self.about = ""
        """What the record is called whose values are made, unless it holds people."""
        self.named: Counter[str] = Counter()

    def another(self, name: str, kind: Any, rules: Mapping[str, Any], places: int) -> Any:
        """Make a value that is none of those before, as far as there is room."""
        self.count += 1
        if kind in STEPS:
            return nth(self.count, kind, rules, places)
        if kind is str and not roomy(rules):
            return short(rules.get("pattern"), self.count, rules["max_length"])
        return self.scalar(name, kind, rules)

    def scalar(self, name: str, kind: Any, rules: Mapping[str, Any]) -> Any:
        """Make a believable value."""
        low, high = rules.get("ge"), rules.get("le")
        if kind is str:
            return self._text(name, rules)
        if kind is bool:
            return self.random.random() < 0.3  # noqa: PLR2004  (less often than not)
        if kind in (int, decimal.Decimal):
            first = 1 if low is None else low
            last = first + 90 if high is None else high
            return kind(min(max(self.random.randint(0, 90), first), last))
        if kind is dt.date:
            return within(FIRST_DAY + dt.timedelta(days=self.random.randint(0, 200)), low, high)
        return within(USUAL[kind], low, high) if kind in USUAL else {"note": "as it came"}

    def _text(self, name: str, rules: Mapping[str, Any]) -> str:
        self.count += 1
        pattern = rules.get("pattern")
        if pattern and pattern not in forms.KNOWN:
            return self._matching(pattern, rules)
        longest = rules.get("max_length")
        text = self._title(name, rules) or text_for(name, pattern, self.random, self.count)
        if longest and len(text) > longest:
            text = (
                text[:longest]
                if pattern == forms.NOT_BLANK
                else short(pattern, self.count, longest)
            )
        return text.ljust(rules.get("min_length") or 0, "x")

    def _title(self, name: str, rules: Mapping[str, Any]) -> str:
        """Give what a row is called after its record; nothing, where that does not fit."""
        plain = rules.get("pattern") in (None, forms.NOT_BLANK)
        if not self.about or name not in TITLES or not plain:
            return ""
        self.named[self.about] += 1
        title = f"{self.about} {self.start + self.named[self.about]}"
        return title if len(title) <= (rules.get("max_length") or len(title)) else ""

    def _matching(self, pattern: str, rules: Mapping[str, Any]) -> str:
        shortest, longest = rules.get("min_length") or 0, rules.get("max_length") or 200
        for attempt in range(1000):
            self.patterns.most = REPEATS[attempt % len(REPEATS)]
            text = self.patterns.xeger(pattern)
            if shortest <= len(text) <= longest and text.isprintable():
                return text
        raise ValueError(f"no text of that length was found for the pattern {pattern}")


def roomy(rules: Mapping[str, Any]) -> bool:
    """Whether there is room for a text that says something, and that differs in each row."""
    own = rules.get("pattern") not in (None, *forms.KNOWN)
    return own or (rules.get("max_length") or ROOMY) >= ROOMY
