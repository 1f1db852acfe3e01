"""People and rows of a generated project, for random operations. This runs in the project."""

from __future__ import annotations

import random
from typing import Any

from app.platform.identity.cookie import cookie_name
from dev.samples import Samples
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from tests.calling import Caller
from tests.operations.granting import Granting, Person, Row

from dev import PROJECT


class World:
    """Rows, people, and what they may do."""

    def __init__(self, client: TestClient, samples: Samples, connection: Connection) -> None:
        self.client = client
        self.samples = samples
        self.granting = Granting.of(PROJECT, connection)
        self.people: list[Person] = []
        self.random = random.Random(1)  # noqa: S311  -- the same rows each time

    def populate(self) -> None:
        """Two people with each role, one with two, and rows that belong to some of them."""
        roles = self.granting.roles
        for held in [*((role,) for role in roles for _ in range(2)), tuple(roles[:2])]:
            caller = Caller.sign_in(self.client, self.samples, held, {})
            token = self.client.cookies[cookie_name()]
            facts = self.granting.row("User", caller.actor.id)
            self.people.append(Person(caller.actor.id, frozenset(held), token, facts))
        for record in self.granting.records:
            if record != "User":
                for _ in range(3):
                    self.row_for(record)
        self.samples.session.commit()

    def row_for(self, record: str) -> None:
        """Make a row whose relations lead to people, and to what people have."""
        values: dict[str, Any] = {}
        for column, target in self.granting.relations(record).items():
            person = self.random.choice(self.people)
            if target == "User":
                values[column] = person.id
            elif column in person.facts:
                values[column] = person.facts[column]
        self.samples.make(self.granting.table(record), **values)

    def picked(self, who: int, what: int) -> tuple[Person, str]:
        """A person and a record, by any numbers."""
        records = sorted(self.granting.records)
        return self.people[who % len(self.people)], records[what % len(records)]

    def ask(self, person: Person, method: str, path: str, **more: Any) -> Any:
        """Send a request as somebody."""
        self.client.cookies.set(cookie_name(), person.token)
        return self.client.request(method, f"/api/v1{path}", **more)

    def home(self, record: str, row: Row) -> str:
        """The address of the list that a row is in."""
        return str(self.granting.names[record]["path"]).format(**row)
