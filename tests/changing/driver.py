"""Runs inside a generated project: rows, a migration, and its way up, down and up again.

    python driver.py DATABASE TEMPLATE STEP...

What it saw is printed as JSON, one line. It is no part of our package: it uses the project's own.
"""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from contextlib import redirect_stdout
from importlib import import_module
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

BEFORE = "records@0001_initial"
FILES = "platform_files"
UNVERSIONED = {FILES, "row_id"}
"""A table without versions, and a column that only tables without versions have."""

RETIRED = {"x": ""}
"""What `-x retired=` says on the command line: the words behind the colon of a step."""


def main(database: str, template: str, steps: list[str]) -> None:
    """Make the database from another one, and go through the steps."""
    seen: dict[str, Any] = {}
    environment: Any = import_module("dev.env")
    with import_module("dev.postgres").ensure_cluster() as cluster:
        cluster.create_database(database, template)
        os.environ |= environment.own_secrets() | environment.addresses(cluster, database)
        os.environ |= {"APP_ENVIRONMENT": "development"}
        with redirect_stdout(sys.stderr):
            for step in steps:
                name, _, RETIRED["x"] = step.partition(":")
                STEPS[name](seen)
    sys.stdout.write(f"\n{json.dumps(seen, default=str)}\n")


def config() -> Config:
    """Alembic, as the command line would call it."""
    found = Config("alembic.ini")
    said = [f"retired={RETIRED['x']}"] if RETIRED["x"] else None
    found.cmd_opts = Namespace(autogenerate=True, x=said)
    return found


def seed(_: dict[str, Any]) -> None:
    """The tables of today, and rows in them; what is sealed is sealed."""
    sealed: Any = import_module("app.platform.sealed")
    command.upgrade(config(), "heads")
    rows: list[tuple[str, dict[str, Any]]] = json.load(sys.stdin)
    with engine().begin() as connection:
        for table, values in rows:
            row = dict(values) if UNVERSIONED & {table, *values} else {"version": 1, **values}
            for name, value in list(row.items()):
                if isinstance(value, dict):  # {"sealed": value}
                    plain, place = value["sealed"], f"{table}.{name}"
                    row[name] = sealed.keyring().seal(place, json.dumps(plain).encode())
                    if value.get("found"):
                        row[f"{name}_digest"] = sealed.blind(place, plain)
            names = ", ".join(f'"{name}"' for name in row)
            held = ", ".join(f":{name}" for name in row)
            statement = f'INSERT INTO "{table}" ({names}) VALUES ({held})'  # noqa: S608
            connection.execute(text(statement), row)


def nothing(_: dict[str, Any]) -> None:
    """The tables of before, and no rows."""
    command.upgrade(config(), "heads")


def write(seen: dict[str, Any]) -> None:
    """Write the migration, or keep why not."""
    before = migrations()
    try:
        command.revision(
            config(),
            message="change",
            autogenerate=True,
            head="records@head",
            version_path="migrations/versions",
        )
    except CommandError as error:
        seen["refused"] = str(error)
    seen["written"] = len(migrations() - before)


def migrations() -> set[Path]:
    """The migrations that are written."""
    return set(Path("migrations/versions").glob("*.py"))


def up(seen: dict[str, Any]) -> None:
    """Go up and back and up again, and look at every row each time."""
    seen["first"] = dump()
    try:
        command.upgrade(config(), "heads")
    except DBAPIError as error:
        seen["stopped"] = str(error.orig).splitlines()[0]
        seen["after"] = dump()
        return
    seen["after"], seen["drift"] = dump(), drift()
    command.downgrade(config(), BEFORE)
    seen["back"] = dump()
    command.upgrade(config(), "heads")
    seen["again"] = dump()


def drift() -> str:
    """What the models say that the database does not."""
    try:
        command.check(Config("alembic.ini"))
    except CommandError as error:
        return str(error)
    return ""


def dump() -> dict[str, list[dict[str, Any]]]:
    """Every row of every record, with what is sealed opened."""
    connection = engine().connect()
    found: dict[str, list[dict[str, Any]]] = {}
    with connection:
        for table in sorted(inspect(connection).get_table_names()):
            if table.startswith(("platform_", "alembic_")) and table != FILES:
                continue
            names = [column["name"] for column in inspect(connection).get_columns(table)]
            order = "id" if "id" in names else ", ".join(sorted(names))
            statement = f'SELECT * FROM "{table}" ORDER BY {order}'  # noqa: S608
            rows = connection.execute(text(statement)).mappings()
            found[table] = [{n: shown(table, n, row[n]) for n in names} for row in rows]
    return found


def shown(table: str, name: str, value: Any) -> Any:
    """A value, opened if it is sealed; a digest as what it finds."""
    if not isinstance(value, bytes | memoryview):
        return value
    if name.endswith("_digest"):
        return f"digest {bytes(value).hex()[:16]}"
    return "sealed " + str(
        json.loads(
            import_module("app.platform.sealed").keyring().open(f"{table}.{name}", bytes(value))
        )
    )


def engine() -> Any:
    """A way into the database, as the owner."""
    return create_engine(os.environ["APP_OWNER_DATABASE_URL"])


def noted(seen: dict[str, Any]) -> None:
    """Every field of the history of changes, before and after; with a change of plain values."""
    with engine().begin() as connection:
        connection.execute(text("UPDATE tools SET colour = 'green' WHERE colour IS NOT NULL"))
    seen["noted_before"] = history()
    command.upgrade(config(), "heads")
    seen["noted"] = history()


def history() -> list[list[Any]]:
    """What the history holds of tools: a field, and what it was or became."""
    fields = "SELECT key, value FROM platform_changes, jsonb_each(fields) WHERE record = 'tools'"
    with engine().connect() as connection:
        return [[row.key, row.value] for row in connection.execute(text(fields))]


STEPS = {"seed": seed, "seed_nothing": nothing, "write": write, "up": up, "noted": noted}

if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
