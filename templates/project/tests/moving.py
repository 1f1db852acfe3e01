"""The tests of records that go from stage to stage."""

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
from tests.paging import look, page_of, send
from tests.records import Record
from tests.scopes import inside


class MovingTests(Record):
    """Each move is for its roles, from its stages, with what it needs, and it is kept."""

    moves: ClassVar[dict[str, Move]]
    conditions: ClassVar[dict[str, str]] = {}

    def granted(self, caller: Caller, verb: str) -> list[Grant]:
        """Give the grants of a verb; a move is granted by the move itself."""
        step = self.moves.get(verb)
        if step is None:
            return super().granted(caller, verb)
        return [Grant(verb, own=step.only_owner)] * bool(caller.actor.roles & set(step.by))

    def test_a_move_is_for_its_roles(self, caller: Caller, move: str) -> None:
        row = self.ready(caller, move)
        assert self.make(caller, row, move).status_code == self.expected(caller, move, 200)

    def test_a_page_offers_a_move_to_its_roles(self, caller: Caller, move: str) -> None:
        row, asks = self.ready(caller, move), self.moves[move].asks
        status, path = self.expected(caller, move, 303), f"{self.url(row)}/moves/{move}"
        seen = look(caller, self.url(row))
        assert (f'action="{page_of(path)}"' in seen.text) == (status == 303)
        form = {"shown-version": str(row.version), **dict.fromkeys(asks, "because")}
        assert send(caller, path, form).status_code == status

    def test_a_move_leads_to_its_stage_and_is_kept(self, everyone: Caller, move: str) -> None:
        row, step = self.ready(everyone, move), self.moves[move]
        assert self.make(everyone, row, move).json()["stage"] == step.to
        (kept,) = everyone.get(f"{self.url(row)}/history").json()["items"]
        assert (kept["move"], kept["from_stage"], kept["to_stage"]) == (
            move,
            step.stages[0],
            step.to,
        )
        assert kept["answers"] == dict.fromkeys(step.asks, "because")
        assert kept["actor_id"] == str(everyone.actor.id)

    def test_a_move_begins_in_its_stages_alone(self, everyone: Caller, move: str) -> None:
        row, step = self.ready(everyone, move), self.moves[move]
        for stage in POLICIES[self.table].table.c.stage.info["choices"]:
            put(everyone.samples.session, row, stage=stage)
            answer = self.make(everyone, row, move)
            if stage not in step.stages:
                assert (answer.status_code, answer.json()["code"]) == (409, "wrong_stage"), stage
            else:  # a condition may speak of the stage
                code = answer.json().get("code")
                assert answer.status_code == 200 or code == "condition", stage

    def test_a_move_waits_for_what_it_needs(self, everyone: Caller, move: str) -> None:
        row, columns = self.ready(everyone, move), POLICIES[self.table].table.c
        for name in self.moves[move].needs:
            if name in columns and not columns[name].nullable:
                continue  # it is never blank
            before = getattr(row, name)
            put(everyone.samples.session, row, **{name: None if name in columns else []})
            answer = self.make(everyone, row, move)
            assert answer.status_code == 409, name
            assert name in [error["field"] for error in answer.json()["errors"]]
            put(everyone.samples.session, row, **{name: before})

    def test_a_move_brings_what_it_needs(self, everyone: Caller, move: str) -> None:
        policy, step = POLICIES[self.table], self.moves[move]
        for name in step.needs:
            column = policy.table.c.get(name)
            fixed = column is not None and (not column.nullable or "file_types" in column.info)
            row = self.ready(everyone, move)
            known = everyone.get(self.url(row)).json()
            if fixed or known[name] is None:
                continue  # it is never blank, comes on a way of its own, or is not shown
            put(everyone.samples.session, row, **{name: [] if column is None else None})
            blank = [one for one in step.needs if getattr(row, one) in (None, "", [])]
            change = super().granted(everyone, "change")
            scoped = all(grant.own or grant.same for grant in change)
            mine = not scoped or inside(everyone, row, self.through, self.owner, change)
            answers = dict.fromkeys(step.asks, "because") | {one: known[one] for one in blank}
            answer = everyone.post(self.move_url(row, move), answers)
            assert answer.status_code == (200 if change and mine else 403), name
            if answer.status_code == 200:
                assert (answer.json()["stage"], answer.json()[name]) == (step.to, known[name])

    def test_a_move_wants_its_questions_answered(self, everyone: Caller, move: str) -> None:
        row, asks = self.ready(everyone, move), self.moves[move].asks
        for question in asks:
            others = {name: "because" for name in asks if name != question}
            for said in (others, others | {question: "  "}):
                answer = everyone.post(self.move_url(row, move), said)
                assert answer.status_code == 422
                assert [error["field"] for error in answer.json()["errors"]] == [question]

    def test_only_the_owner_makes_what_only_owners_make(self, everyone: Caller, move: str) -> None:
        step = self.moves[move]
        row = self.prepared(everyone, everyone.samples.make(self.table), move)
        see = super().granted(everyone, "see")
        scoped = all(grant.own or grant.same for grant in see)
        seen = not scoped or inside(everyone, row, self.through, self.owner, see)
        own = inside(everyone, row, [], self.owner, [Grant(move, own=True)])
        status = 200 if own or not step.only_owner else 403
        assert self.make(everyone, row, move).status_code == (status if seen else 404)

    def test_nobody_makes_both_of_two_separate_moves(self, everyone: Caller, move: str) -> None:
        other = self.moves[move].not_same_person_as
        if other is not None:
            for maker, status in ((everyone.samples.person(), 200), (everyone.actor.id, 403)):
                row = self.ready(everyone, move)
                everyone.samples.session.add(self.made(row, other, maker))
                everyone.samples.session.commit()
                assert self.make(everyone, row, move).status_code == status

    def test_a_stage_changes_by_moves_alone(self, everyone: Caller) -> None:
        row = self.row(everyone, "change")
        home, body = self.body(everyone)
        assert everyone.post(home, body | {"stage": row.stage}).status_code == 422
        assert everyone.patch(self.url(row), {"stage": row.stage}).status_code == 422

    def test_a_move_of_another_version_is_refused(self, everyone: Caller, move: str) -> None:
        row = self.ready(everyone, move)
        answer = self.make(everyone, row, move, If_Match='"0"')
        assert answer.status_code == 412

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
