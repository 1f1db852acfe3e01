"""Rows that are ready for a move, for the tests of moves."""

from __future__ import annotations

from collections.abc import Set
from random import Random
from typing import Any, ClassVar
from uuid import UUID

import pytest

from app.platform.access import POLICIES, Grant, target_of
from app.platform.db import Session, new_id
from app.platform.workflow import Move, Moved
from dev.fulfilling import settle
from dev.samples import schema_of
from tests.asking import Around
from tests.calling import Caller
from tests.records import Record


class Preparing(Record):
    """Brings rows to where a move begins, and makes it."""

    moves: ClassVar[dict[str, Move]]
    conditions: ClassVar[dict[str, str]] = {}

    def granted(self, caller: Caller, verb: str) -> list[Grant]:
        """Give the grants of a verb; a move is granted by the move itself."""
        step = self.moves.get(verb)
        if step is None:
            return super().granted(caller, verb)
        return [Grant(verb, own=step.only_owner)] * bool(caller.actor.roles & set(step.by))

    def ready(self, caller: Caller, move: str) -> Any:
        """Make a row on which the caller may make a move, as far as its roles go."""
        return self.prepared(caller, self.row(caller, move), move)

    def prepared(self, caller: Caller, row: Any, move: str) -> Any:
        """Bring a row to the stage that a move begins with, and fill in what it needs."""
        session, step = caller.samples.session, self.moves[move]
        known = {name: getattr(row, name) for name in step.needs}
        blank = [name for name, value in known.items() if value in (None, [])]
        body = caller.samples.full_body(self.table)
        values = schema_of(self.entity).model_validate(body)
        links = POLICIES[self.table].table.c
        filled = {n: getattr(values, n) if n in links else self.linked(caller, n) for n in blank}
        put(session, row, stage=step.stages[0], **filled)
        self.fulfil(caller, row, move)
        return row

    def fulfil(self, caller: Caller, row: Any, move: str) -> None:
        """Make the condition of a move true, and keep every check where it leads."""
        said = [*self.checks.values(), *filter(None, [self.conditions.get(move)])]
        if said and not self.brought(caller, row, move, {True}):
            pytest.skip(f"no row was found that could be moved so: {said}")

    def brought(self, caller: Caller, row: Any, move: str, wanted: Set[bool | None]) -> bool:
        """Change values until a move's condition comes to what is wanted, and checks are kept."""
        around = Around(caller.samples, row, caller.actor.id, self.moves[move].needs)
        condition, step = self.conditions.get(move), self.moves[move]

        def found() -> bool:
            around.stage = None
            fits = condition is None or around.verdict(condition) in wanted
            around.stage = step.to
            return fits and all(around.verdict(c) is not False for c in self.checks.values())

        scope = {name.removesuffix("_id") for name in self.mine(caller, "see", move)}
        text = " ".join([*self.checks.values(), condition or ""])
        return around.find(found, text, scope | {"stage"})

    def linked(self, caller: Caller, name: str) -> list[UUID]:
        """Make a row for a field that points to any number of rows, and give its id."""
        link = getattr(self.entity, f"_{name}").property.mapper.class_
        return [caller.samples.make(target_of(link.__table__.c.target_id).name).id]

    def made(self, row: Any, move: str, actor_id: UUID) -> Moved:
        """Give the note that somebody made a move."""
        stages = {"from_stage": row.stage, "to_stage": row.stage, "answers": {}}
        who = {"actor_id": actor_id, "at": row.created_at, "reference": "a test"}
        return Moved(id=new_id(), record=self.table, record_id=row.id, move=move, **stages, **who)

    def make(self, caller: Caller, row: Any, move: str, **headers: str) -> Any:
        """Make a move, with an answer to whatever it asks."""
        answers = dict.fromkeys(self.moves[move].asks, "because")
        return caller.post(self.move_url(row, move), answers or None, **headers)

    def move_url(self, row: Any, move: str) -> str:
        """Give the address of a move."""
        return f"{self.url(row)}/{move.replace('_', '-')}"


def put(session: Session, row: Any, **values: Any) -> Any:
    """Set values on a row as it is now, past all rules but its checks."""
    session.refresh(row)
    with session.no_autoflush:
        for name, value in values.items():
            setattr(row, name, value)
        settle(session, Random(5), row, values)
    session.commit()
    return row
