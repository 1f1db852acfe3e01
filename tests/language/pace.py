"""How much a reading may do: counted in calls, of which every machine makes as many."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scaffold.blueprint import check

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "field_service.yml"
AT_MOST = 20
"""So many times as much as for an ordinary blueprint; that is a second where one takes 50 ms."""


@contextmanager
def at_once() -> Iterator[None]:
    """Fails when what is done inside makes more calls than any input may cause."""
    allowed = _most()
    with _counted() as calls:
        yield
    assert calls.made <= allowed, f"{calls.made:,} calls; {allowed:,} are allowed"


@cache
def _most() -> int:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert check(text, EXAMPLE.name) == []  # what is read once in a run is read now
    with _counted() as calls:
        check(text, EXAMPLE.name)
    return AT_MOST * calls.made


@dataclass(slots=True)
class _Calls:
    """How many calls were made, and returned from, in Python and in C."""

    made: int = 0

    def note(self, *_: object) -> None:
        self.made += 1


@contextmanager
def _counted() -> Iterator[_Calls]:
    calls, before = _Calls(), sys.getprofile()
    sys.setprofile(calls.note)
    try:
        yield calls
    finally:
        sys.setprofile(before)
