"""Fills a generated project's database with very many visits; run inside the project.

    python -m dev.env -- python filling.py FILE ROWS

Then it writes into the file, as a pickle, what is needed to ask for them: the environment, a
session, and the statements that the application itself sends. It waits until its input ends, and
the database is there until then. It is no part of our package: `dev/million.py` runs it with the
project's own modules on the path.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
from answering import everyone  # it lies beside this file, which runs as a program
from app.main import create_app
from app.platform.db import Database
from app.settings import settings
from fastapi.testclient import TestClient
from sqlalchemy import event

from dev import STATE
from dev.postgres import DATABASE, ensure_cluster
from dev.samples import Samples

ROWS_IN_SQL = Path(__file__).with_name("million.sql")
FEW = {"depots": 12, "users": 60, "spare_parts": 20, "certificates": 6}
LIST = "/visits?limit=20&stage=billed&sort=-planned_for"
FILTERED = f"{LIST}&planned_for__gte=2025-03-01T00:00:00Z&planned_for__lte=2025-09-30T00:00:00Z"
DEEP = "/visits?limit=20&sort=-planned_for&after={}"


def main(file: Path, rows: int) -> None:
    """Fill the database and say what there is to ask."""
    subprocess.run([sys.executable, "-m", "alembic", "upgrade", "heads"], check=True)
    database = Database(settings().database_url)
    token = few_rows(database)
    database.close()
    with ensure_cluster(STATE) as cluster:
        ids = many_rows(cluster.url(DATABASE, "admin"), rows)
    body = {
        "boiler_id": ids["boiler"],
        "depot_id": ids["depot"],
        "summary": "No hot water since this morning",
        "urgency": "high",
        "planned_for": "2030-03-31T08:00:00Z",
        "offered": "1250.00",
        "report": "The caller hears it drip.",
        "currency": "SEK",
    }
    asked: dict[str, tuple[str, Any]] = {
        "filtered list": (FILTERED, None),
        "one page deep in": (DEEP.format(ids["middle"]), None),
        "create": ("/visits", body),
    }
    sent = {name: statement_of(token, path, body) for name, (path, body) in asked.items()}
    found = {"env": dict(os.environ), "token": token, "asked": asked, "sent": sent}
    file.with_suffix(".part").write_bytes(pickle.dumps(found))
    file.with_suffix(".part").rename(file)


def few_rows(database: Database) -> str:
    """Make what there is little of, and give the session of somebody with all roles."""
    with database.session() as session:
        samples = Samples(session)
        for table, number in FEW.items():
            for _ in range(number):
                samples.make(table)
        token = everyone(samples)
        session.commit()
    return token


def many_rows(url: str, rows: int) -> dict[str, str]:
    """Make the visits, and give some ids; past triggers and indexes, which would take an hour."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"SET fill.rows = {rows}")
        for setting in ("session_replication_role = replica", "maintenance_work_mem = '512MB'"):
            connection.execute(f"SET {setting}")
        asked = "SELECT indexname, indexdef FROM pg_indexes WHERE indexname LIKE 'ix__visits%'"
        indexes = connection.execute(asked).fetchall()
        for name, _ in indexes:
            connection.execute(f'DROP INDEX "{name}"')
        for statement in ROWS_IN_SQL.read_text(encoding="utf-8").split(";\n\n"):
            connection.execute(statement)
        for _, definition in indexes:
            connection.execute(definition)
        connection.execute("VACUUM ANALYZE")
        middle = (
            "SELECT id, boiler_id, depot_id FROM visits WHERE archived_at IS NULL AND "
            "planned_for IS NOT NULL ORDER BY planned_for, id LIMIT 1 OFFSET %s"
        )
        found = connection.execute(middle, [rows * 3 // 10]).fetchone() or ()
    return dict(zip(("middle", "boiler", "depot"), map(str, found), strict=True))


def statement_of(token: str, path: str, body: Any) -> tuple[str, Any]:
    """Give the statement by which the application reads or makes visits, as it goes to psycopg."""
    shell = create_app()
    sent = []

    def note(_: Any, cursor: Any, statement: str, parameters: Any, *rest: Any) -> None:
        sent.append((statement, parameters))

    with TestClient(shell, base_url="http://127.0.0.1", cookies={"session": token}) as client:
        database = shell.api.state.database
        for engine in (database.engine, database._reading):
            event.listen(engine, "before_cursor_execute", note)
        method = "GET" if body is None else "POST"
        client.request(method, f"/api/v1{path}", json=body).raise_for_status()
    begins, holds = ("SELECT visits.", "ORDER BY") if body is None else ("INSERT INTO visits (", "")
    (found,) = [one for one in sent if one[0].startswith(begins) and holds in one[0]]
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
    sys.stdin.read()
