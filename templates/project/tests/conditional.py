"""The tests of moves that have a condition (`if`)."""

from __future__ import annotations

from typing import ClassVar

from tests.calling import Caller
from tests.moving import MovingTests


class ConditionalTests(MovingTests):
    """Some moves wait until something is true of the row and of whoever makes them."""

    conditions: ClassVar[dict[str, str]]

    def test_a_move_waits_for_its_condition(self, everyone: Caller, move: str) -> None:
        if move not in self.conditions:
            return
        row = self.ready(everyone, move)
        if self.brought(everyone, row, move, {False, None}):
            answer = self.make(everyone, row, move)
            assert (answer.status_code, answer.json()["code"]) == (409, "condition")
        if self.brought(everyone, row, move, {True}):
            assert self.make(everyone, row, move).status_code == 200
