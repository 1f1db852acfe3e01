"""How long a reading may take: as a ratio, because a slow machine is slow at everything."""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path

from scaffold.blueprint import check

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "field_service.yml"
AT_MOST = 20
"""So many times as long as an ordinary blueprint; that is a second where one takes 50 ms."""


@cache
def longest() -> float:
    """The seconds of processor time that any input may take on this machine."""
    text = EXAMPLE.read_text(encoding="utf-8")
    return AT_MOST * min(_spent(text) for _ in range(5))


def _spent(text: str) -> float:
    began = time.process_time()
    assert check(text, EXAMPLE.name) == []
    return time.process_time() - began
