"""The tests of moves that tell somebody."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.platform.access import POLICIES, column_of, target_of
from app.platform.messages.models import Message
from app.platform.messages.texts import faults_in, path_of
from app.platform.references import links_of
from dev.samples import entity_of
from tests.calling import Caller
from tests.clockwork import Clockwork
from tests.preparing import put

ADDRESS = "told-{}@example.com"


class TellingTests(Clockwork):
    """A move that tells somebody tells exactly those whom it names."""

    def test_a_move_tells_those_whom_it_names_and_nobody_else(
        self, everyone: Caller, telling: str
    ) -> None:
        row = self.ready(everyone, telling)
        wanted = {
            path: self.named(everyone, row, path, ADDRESS.format(at))
            for at, path in enumerate(self.moves[telling].tells)
        }
        self.done(everyone, row, telling)
        asked = select(Message).where(Message.record_id == row.id, Message.move == telling)
        told = [
            message.address.open()
            for message in everyone.samples.session.scalars(asked)
            if message.address is not None
        ]
        assert sorted(told) == sorted({who for path in wanted.values() for who in path})

    def test_the_text_of_a_move_is_there_and_can_be_filled(self, telling: str) -> None:
        policy = POLICIES[self.table]
        assert list(faults_in(policy, path_of(policy, telling))) == []

    def done(self, caller: Caller, row: Any, move: str) -> None:
        """Make a move that somebody may make, or the clock."""
        if self.moves[move].by:
            answer = self.make(caller, row, move)
            if answer.status_code == 409 and answer.json()["code"] == "condition":
                pytest.skip("whom it tells does not go with its condition")
            assert answer.status_code == 200
        else:
            self.strike(caller, row, move, late=True)

    def named(self, caller: Caller, row: Any, path: str, address: str) -> list[str]:
        """Let a path lead to somebody, and give the addresses at its end."""
        samples = caller.samples
        *before, last = path.split(".")
        for step in before:
            row = self.pointed_to(caller, row, step)
        links = links_of(type(row))
        if last in links:
            people = [samples.make("users") for _ in range(2)]
            put(samples.session, row, **{last: [person.id for person in people]})
            return sorted({person.email for person in people})
        if column_of(row.__table__, last).foreign_keys:
            return [self.pointed_to(caller, row, last).email]
        put(samples.session, row, **{last: address})
        return [address]

    def pointed_to(self, caller: Caller, row: Any, step: str) -> Any:
        """Give what a row points to, and let it point to something if it does not yet."""
        column = column_of(row.__table__, step)
        target = target_of(column).name
        if getattr(row, column.name) is None:
            put(caller.samples.session, row, **{column.name: caller.samples.make(target).id})
        return caller.samples.session.get_one(entity_of(target), getattr(row, column.name))
