"""The tests of moves that have a condition (`if`)."""

from __future__ import annotations

from collections.abc import Set
from typing import Any, ClassVar

import pytest

from tests.asking import Around
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

    def fulfil(self, caller: Caller, row: Any, move: str) -> None:
        """Make the condition of a move true."""
        if move in self.conditions and not self.brought(caller, row, move, {True}):
            pytest.skip(f"no row was found for which this is true: {self.conditions[move]}")

    def brought(self, caller: Caller, row: Any, move: str, wanted: Set[bool | None]) -> bool:
        """Change values until the condition of a move comes to what is wanted, if that is found."""
        around = Around(caller.samples, row, caller.actor.id, self.moves[move].needs)
        scope = {name.removesuffix("_id") for name in self.mine(caller, "see", move)}
        return around.find(self.conditions[move], wanted, scope | {"stage"})
