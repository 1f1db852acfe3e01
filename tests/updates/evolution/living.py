"""Runs inside a generated project: people work with it through its API, or every row is told.

    python living.py work SEED
    python living.py rows

It is no part of our package: it uses the project's own.
"""

from __future__ import annotations

import json
import os
import random
import sys
from contextlib import closing
from importlib import import_module
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import create_engine, inspect, text

API = "/api/v1"
EACH = 3
"""So many of each record are added."""
TRIES = 20
TOUCHED = {"households": "remarks", "boilers": "label", "visits": "summary"}
"""What is written once more, so that a history has something to tell."""


def work(seed: int) -> None:
    """Add rows, change some, and move some on. Every request is one that people could make."""
    os.environ["APP_ALLOWED_HOSTS"] = '["testserver"]'
    calling: Any = import_module("tests.calling")
    samples: Any = import_module("dev.samples")
    database = import_module("app.platform.db").Database(os.environ["APP_DATABASE_URL"])
    roles = import_module("app.registry").ROLES
    with closing(database), database.session() as session, calling.application() as shell:
        made = samples.Samples(session, seed, start=1000 * seed)
        made.begin()
        headers = {"Sec-Fetch-Site": "same-origin"}
        client = TestClient(shell, base_url="https://testserver", headers=headers)
        caller = calling.Caller.sign_in(client, made, list(roles), {})
        People(caller, random.Random(seed)).work()  # noqa: S311


class People:
    """Somebody who may do all that anybody may, and does it."""

    def __init__(self, caller: Any, chance: random.Random) -> None:
        self.caller = caller
        self.chance = chance
        self.policies = import_module("app.platform.access").POLICIES
        self.there: dict[str, list[str]] = {"users": [str(caller.actor.id)]}
        self.moving: list[tuple[str, Any, Any]] = []
        self.moved = 0
        self.refused = ""

    def work(self) -> None:
        """Add to every record, what is pointed to first; then move on what moves."""
        tables = import_module("app.platform.db").Base.metadata.sorted_tables
        for table in [table for table in tables if table.name in self.policies]:
            for _ in range(EACH):
                self.add(table)
        for url, row, policy in self.moving:
            self.move(url, row.get("stage"), policy)
        assert self.moved >= EACH, "nothing was moved on"

    def add(self, table: Any) -> None:
        """Add a row with every field, and write in it once more."""
        name = table.name
        added = next(filter(None, (self.added(table) for _ in range(TRIES))), None)
        assert added is not None, f"no row of {name} was taken: {self.refused}"
        url, row = added
        self.there.setdefault(name, []).append(row["id"])
        if name in TOUCHED:
            changed = self.caller.patch(url, {TOUCHED[name]: f"{row[TOUCHED[name]]} (again)"})
            assert changed.status_code == 200, changed.text
        self.moving.append((url, row, self.policies[name]))

    def added(self, table: Any) -> tuple[str, Any] | None:
        """Add a row and give where it is; nothing where what it points to takes no more."""
        pointing = {
            column.name: self.one_of(next(iter(column.foreign_keys)).column.table.name)
            for column in table.columns
            if column.foreign_keys and not column.info.get("system")
        }
        prefix = import_module(f"app.domains.{table.name}.router").router.prefix
        home = f"{API}{prefix}".replace(":uuid", "").format(**pointing)
        body = self.caller.samples.full_body(table.name, **pointing)
        self.caller.samples.session.commit()  # the files that it names
        added = self.caller.post(home, body)
        assert added.status_code in (201, 409), f"{home}: {added.text}"
        row, self.refused = added.json(), added.text
        return (f"{home}/{row['id']}", row) if added.status_code == 201 else None

    def one_of(self, table: str) -> str | None:
        """Give a row to point to: none where there is none yet."""
        found = self.there.get(table)
        return self.chance.choice(found) if found else None

    def move(self, url: str, stage: str | None, policy: Any) -> None:
        """Make moves until there is none that may be made, or three were."""
        for _ in range(3):
            moves = [(n, m) for n, m in policy.workflow.moves.items() if stage in m.stages and m.by]
            self.chance.shuffle(moves)
            for name, move in moves:
                answers = dict.fromkeys(move.asks, "Because it has to be.") or None
                done = self.caller.post(f"{url}/{name.replace('_', '-')}", answers)
                assert done.status_code in (200, 403, 409), done.text
                if done.status_code == 200:
                    stage = done.json()["stage"]
                    self.moved += 1
                    break


def rows() -> None:
    """Print every row of every table, by its id; of a table without ids by all that it holds."""
    engine = create_engine(os.environ["APP_OWNER_DATABASE_URL"])
    found: dict[str, dict[str, Any]] = {}
    with engine.connect() as connection:
        for table in sorted(inspect(connection).get_table_names()):
            if not table.startswith(("alembic_", "procrastinate_")):
                asked = text(f'SELECT to_jsonb(t) FROM "{table}" AS t')  # noqa: S608
                told = connection.execute(asked).scalars().all()
                found[table] = {row.get("id") or json.dumps(row): row for row in told}
    sys.stdout.write(f"\n{json.dumps(found)}\n")


if __name__ == "__main__":
    rows() if sys.argv[1] == "rows" else work(int(sys.argv[2]))
