"""The steps of a migration: each knows its way back, and when its turn comes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any


class Turn(IntEnum):
    """What comes after what. The last two are a migration of their own, after the first."""

    LOOK = 0
    DROP = 1
    RENAME = 2
    MAKE = 3
    FILL = 4
    CHANGE = 5
    LOOK_AGAIN = 6
    HOLD = 7
    GO = 8
    ALONE = 9
    AFTER = 10


@dataclass(frozen=True, slots=True)
class Step:
    """Operations of one turn, and those that undo them."""

    turn: Turn
    up: Sequence[Any] = ()
    down: Sequence[Any] = ()

    @property
    def late(self) -> bool:
        """Whether it belongs to the second migration."""
        return self.turn >= Turn.ALONE


def upwards(steps: Iterable[Step]) -> list[Any]:
    """Give the operations in their turn."""
    return [op for step in sorted(steps, key=lambda step: step.turn) for op in step.up]


def backwards(steps: Iterable[Step]) -> list[Any]:
    """Give the operations of the way back."""
    ordered = sorted(steps, key=lambda step: step.turn)
    return [op for step in reversed(ordered) for op in step.down]
