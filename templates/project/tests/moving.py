"""The tests of records that go from stage to stage."""

from __future__ import annotations

from app.platform.access import POLICIES, Grant
from tests.calling import Caller
from tests.paging import look, page_of, send
from tests.preparing import Preparing, put
from tests.scopes import inside


class MovingTests(Preparing):
    """Each move is for its roles, from its stages, with what it needs, and it is kept."""

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
