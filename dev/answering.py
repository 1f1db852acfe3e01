"""Fills a generated project's database and serves its API; run inside the project.

    python -m dev.env -- python answering.py PORT FILE ROWS [TABLE …]

Writes the session of somebody who has every role into the file, and then is the server. Without
tables, every record gets its rows. `SERVER_UNDER` is a command to run the server with, such as
`taskset -c 0`. It is no part of our package: `dev/serving.py` runs it with the
project's own modules on the path.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from app import registry
from app.platform.db import Database
from app.platform.identity import accounts, sessions
from app.settings import settings

from dev.samples import Samples, tables

LOGIN = "everyone@example.com"


def fill(rows: int, wanted: list[str]) -> str:
    """Make rows of the wanted records, and give the session of somebody with all roles."""
    database = Database(settings().database_url)
    with database.session() as session:
        samples = Samples(session)
        samples.begin()  # for one customer, where the system keeps its customers apart
        for table in wanted or tables():
            for _ in range(rows):
                samples.make(table)
        token = everyone(samples)
        session.commit()
    database.close()
    return token


def everyone(samples: Samples) -> str:
    """Give the session of somebody with all roles."""
    session, person = samples.session, samples.make("users", email=LOGIN)
    accounts.set_roles(session, accounts.principal_for(session, LOGIN), registry.ROLES)
    return sessions.begin(session, person.id)


if __name__ == "__main__":
    port, file, rows, *wanted = sys.argv[1:]
    subprocess.run([sys.executable, "-m", "alembic", "upgrade", "heads"], check=True)
    Path(file).write_text(fill(int(rows), wanted), encoding="utf-8")
    under = os.environ.get("SERVER_UNDER", "").split()
    words = [*under, sys.executable, "-m", "uvicorn", "app.main:create_app", "--factory"]
    quiet = ["--no-access-log", "--no-proxy-headers", "--log-level", "warning"]
    os.execvp(words[0], [*words, "--port", port, *quiet])  # noqa: S606
