"""Fills a generated project's database and serves its API; run inside the project.

    python -m dev.env -- python answering.py PORT

Prints the session of somebody who has every role, and then is the server.
"""

from __future__ import annotations

import os
import subprocess
import sys

from app import registry
from app.platform.db import Database
from app.platform.identity import accounts, sessions
from app.settings import settings
from dev.samples import Samples, tables

ROWS = 5


def fill() -> str:
    """Make a few rows of every record, and give the session of somebody with all roles."""
    database = Database(settings().database_url)
    with database.session() as session:
        samples = Samples(session)
        for table in tables():
            for _ in range(ROWS):
                samples.make(table)
        person = samples.make("users", email="everyone@example.com")
        principal = accounts.principal_for(session, "everyone@example.com")
        accounts.set_roles(session, principal, registry.ROLES)
        token = sessions.begin(session, person.id)
        session.commit()
    database.close()
    return token


if __name__ == "__main__":
    subprocess.run([sys.executable, "-m", "alembic", "upgrade", "heads"], check=True)
    sys.stdout.write(f"{fill()}\n")
    sys.stdout.flush()
    words = ["uvicorn", "app.main:create_app", "--factory", "--port", sys.argv[1]]
    quiet = ["--no-access-log", "--no-proxy-headers", "--log-level", "warning"]
    os.execv(sys.executable, [sys.executable, "-m", *words, *quiet])  # noqa: S606
