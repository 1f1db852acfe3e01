"""Random people do random things, and each answer is what the blueprint's text grants.

This file is copied into a generated project, and runs there.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from copy import copy, deepcopy
from typing import Any, ClassVar

from dev.samples import Samples
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import Connection
from tests.operations.granting import Granting, Person, Row, listed
from tests.operations.world import World

OPERATIONS = int(os.environ.get("OPERATIONS", "300"))
STEPS = 50
SEEN: Counter[str] = Counter()
NUMBERS = st.integers(0, 10_000)


def denied(granting: Granting, person: Person, record: str, verb: str, row: Row) -> int | None:
    """The status of what the blueprint does not grant; None for what it does."""
    if not granting.granted(person, record, verb):
        return 403
    if not granting.holds(person, record, "see", row):
        return 404
    return None if granting.holds(person, record, verb, row) else 403


def deepcopy_of_lists(rows: Any) -> Any:
    """The rows by their table, in lists of their own."""
    found = copy(rows)
    found.update({table: copy(listed) for table, listed in rows.items()})
    return found


class Operations(RuleBasedStateMachine):
    """Requests of random people about random rows; every one is undone in the end."""

    world: ClassVar[World]

    @initialize()
    def begin(self) -> None:
        samples = self.world.samples
        self.taken, samples.taken = samples.taken, deepcopy(samples.taken)
        self.rows, samples.rows = samples.rows, deepcopy_of_lists(samples.rows)
        self.undo = self.world.granting.connection.begin_nested()

    def teardown(self) -> None:
        self.world.samples.session.rollback()
        self.world.samples.taken, self.world.samples.rows = self.taken, self.rows
        self.undo.rollback()

    def pick(self, record: str, number: int) -> Row | None:
        rows = sorted(self.world.granting.rows(record), key=lambda row: str(row["id"]))
        return rows[number % len(rows)] if rows else None

    def check(self, kind: str, answer: Any, wanted: set[int], why: str) -> None:
        SEEN[f"{kind} {answer.status_code}"] += 1
        assert answer.status_code in wanted, f"{kind} {why}: {answer.status_code} {answer.text}"

    @rule(who=NUMBERS, what=NUMBERS, number=NUMBERS)
    def see(self, who: int, what: int, number: int) -> None:
        person, record = self.world.picked(who, what)
        granting = self.world.granting
        if (row := self.pick(record, number)) is not None:
            answer = self.world.ask(person, "GET", f"{self.world.home(record, row)}/{row['id']}")
            wanted = denied(granting, person, record, "see", row) or 200
            self.check("see", answer, {wanted}, f"{record} {sorted(person.roles)}")

    @rule(who=NUMBERS, what=NUMBERS, number=NUMBERS)
    def browse(self, who: int, what: int, number: int) -> None:
        person, record = self.world.picked(who, what)
        granting = self.world.granting
        if (row := self.pick(record, number)) is None:
            return
        home = self.world.home(record, row)
        answer = self.world.ask(person, "GET", home, params={"limit": 100})
        if not granting.granted(person, record, "see"):
            self.check("list", answer, {403}, f"{record} {sorted(person.roles)}")
            return
        if (parent := granting.parent(record)) and not granting.sees(
            person, parent[0], granting.row(parent[0], row[parent[1]])
        ):
            self.check("list", answer, {404, 409}, f"{record} {sorted(person.roles)}")
            return
        self.check("list", answer, {200}, f"{record} {sorted(person.roles)}")
        shown = {item["id"] for item in answer.json()["items"]}
        there = [r for r in granting.rows(record) if r["archived_at"] is None]
        there = [r for r in there if parent is None or r[parent[1]] == row[parent[1]]]
        assert shown == {str(r["id"]) for r in there if granting.holds(person, record, "see", r)}, (
            f"{record} {sorted(person.roles)}"
        )

    @rule(who=NUMBERS, what=NUMBERS, number=NUMBERS)
    def change(self, who: int, what: int, number: int) -> None:
        person, record = self.world.picked(who, what)
        granting = self.world.granting
        if (row := self.pick(record, number)) is None:
            return
        path = f"{self.world.home(record, row)}/{row['id']}"
        match = {"If-Match": f'"{row["version"]}"'}
        answer = self.world.ask(person, "PATCH", path, json={}, headers=match)
        at_rest = row["archived_at"] is not None or granting.locked(record, row)
        wanted = denied(granting, person, record, "change", row) or (409 if at_rest else 200)
        self.check("change", answer, {wanted}, f"{record} {sorted(person.roles)}")

    @rule(who=NUMBERS, what=NUMBERS, number=NUMBERS)
    def archive(self, who: int, what: int, number: int) -> None:
        person, record = self.world.picked(who, what)
        granting = self.world.granting
        row = self.pick(record, number)
        if row is None or record == "User":  # who goes is signed out, and the rest stands still
            return
        path = f"{self.world.home(record, row)}/{row['id']}"
        match = {"If-Match": f'"{row["version"]}"'}
        answer = self.world.ask(person, "DELETE", path, headers=match)
        if granting.records[record].get("delete") == "forbid":
            self.check("archive", answer, {405}, record)
            return
        fine = {409} if row["archived_at"] is not None else {204, 409}
        refused = denied(granting, person, record, "archive", row)
        wanted = fine if refused is None else {refused}
        self.check("archive", answer, wanted, f"{record} {sorted(person.roles)}")

    @rule(who=NUMBERS, what=NUMBERS, number=NUMBERS)
    def move(self, who: int, what: int, number: int) -> None:
        person, record = self.world.picked(who, what)
        granting = self.world.granting
        flow = granting.records[record].get("workflow") or {}
        moves = (flow.get("moves") or {}).items()
        made = {name: said for name, said in moves if said.get("by")}
        row = self.pick(record, number)
        if row is None or not made:
            return
        name = sorted(made)[number % len(made)]
        said, path = made[name], f"{self.world.home(record, row)}/{row['id']}"
        body = dict.fromkeys(listed(said.get("asks")), "because")
        words = {"json": body} if body else {}
        answer = self.world.ask(person, "POST", f"{path}/{name.replace('_', '-')}", **words)
        why = f"{name} of {record} {sorted(person.roles)}"
        if (refused := denied(granting, person, record, name, row)) is not None:
            self.check("move", answer, {refused}, why)
            return
        starts = listed(said["from"])
        if row["archived_at"] is not None or row["stage"] not in starts:
            self.check("move", answer, {409}, why)
            return
        other = said.get("not_same_person_as")
        if other is not None and granting.made(row["id"], other, person):
            self.check("move", answer, {403}, why)
            return
        may_wait = {409} if said.get("needs") or said.get("if") else set()
        self.check("move", answer, {200} | may_wait, why)

    @rule(who=NUMBERS, what=NUMBERS, number=NUMBERS)
    def add(self, who: int, what: int, number: int) -> None:
        person, record = self.world.picked(who, what)
        granting = self.world.granting
        if (near := self.pick(record, number)) is None:
            return
        relations = granting.relations(record)
        table = granting.table(record)
        before = {str(row["id"]) for row in granting.rows(record)}
        body = self.world.samples.body(table)
        for column, target in relations.items():
            if column in body and (found := self.pick(target, number)) is not None:
                body[column] = str(found["id"])
        answer = self.world.ask(person, "POST", self.world.home(record, near), json=body)
        why = f"{record} {sorted(person.roles)}"
        if not granting.granted(person, record, "add"):
            self.check("add", answer, {403}, why)
            return
        new = [r for r in granting.rows(record) if str(r["id"]) not in before]
        if answer.status_code == 201:
            SEEN["add 201"] += 1
            (row,) = new
            assert granting.holds(person, record, "add", row), f"add {why}"
            assert not set(granting.narrowed(person, record)) & body.keys(), f"add {why}"
            for column, target in relations.items():
                if column in body:
                    assert granting.sees(person, target, granting.row(target, row[column])), (
                        f"add {why}"
                    )
            return
        assert new == [], f"add {why}"
        self.check("add", answer, self.refusals(person, record, near, body), why)

    def refusals(self, person: Person, record: str, near: Row, body: Row) -> set[int]:
        """The ways in which an addition that is granted may be refused all the same."""
        granting, wanted = (
            self.world.granting,
            {409, 422},
        )  # taken, or not visible, or a part of what is locked
        if set(granting.narrowed(person, record)) & body.keys():
            wanted.add(403)
        scopes = granting.granted(person, record, "add")
        if "" not in scopes and granting.parent(record) is None:
            wanted.add(403)
        if (parent := granting.parent(record)) is not None:
            above = granting.row(parent[0], near[parent[1]])
            if not granting.sees(person, parent[0], above):
                wanted.add(404)
            if not granting.holds(person, parent[0], "change", above):
                wanted.add(403)
        return wanted


def test_every_operation_is_answered_as_the_blueprint_grants(
    client: TestClient, samples: Samples, connection: Connection
) -> None:
    Operations.world = World(client, samples, connection)
    Operations.world.populate()
    run_state_machine_as_test(
        Operations,
        settings=settings(
            max_examples=max(OPERATIONS // STEPS, 1),
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    sys.stdout.write(f"operations: {dict(sorted(SEEN.items()))}\n")
    assert SEEN.total() >= OPERATIONS // 2
