"""Gives a generated project people with one role each, and serves it; run inside the project.

    python -m dev.env -- python staffing.py PORT FILE

Each has the address ROLE@example.com and the password in the file. It is no part of our package:
`dev/serving.py` runs it with the project's own modules on the path.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

from app import registry
from app.platform.access import table_of
from app.platform.db import Database
from app.platform.identity import accounts
from app.settings import settings

from dev.samples import Samples, entity_of, schema_of

NAMES = ("Maja Ek", "Erik Lund", "Ines Holm", "Oskar Berg", "Tove Dahl", "Nils Alm")

POINTING = [
    c.name
    for c in table_of(entity_of("users")).columns
    if c.foreign_keys and c.name in schema_of(entity_of("users")).model_fields
]
"""What a person points to, such as a depot: all of them work at the same place."""


def hire(password: str) -> None:
    """Make one person for each role, all of one depot where there are depots."""
    database = Database(settings().database_url)
    with database.session() as session:
        samples = Samples(session)
        samples.begin()
        place = {}
        for role, name in zip(registry.ROLES, NAMES, strict=False):
            login = f"{role}@example.com"
            principal = accounts.principal_for(session, login)
            accounts.set_roles(session, principal, [role])
            person = samples.make("users", email=login, name=name, **place)
            place = {one: getattr(person, one) for one in POINTING}
            accounts.accept(session, accounts.invite(session, principal), password)
        session.commit()
    database.close()


if __name__ == "__main__":
    port, file = sys.argv[1:]
    subprocess.run([sys.executable, "-m", "alembic", "upgrade", "heads"], check=True)
    password = secrets.token_urlsafe(18)
    hire(password)
    Path(file).write_text(password, encoding="utf-8")
    words = [sys.executable, "-m", "uvicorn", "app.main:create_app", "--factory", "--port", port]
    quiet = ["--no-access-log", "--no-proxy-headers", "--log-level", "warning"]
    os.execv(words[0], [*words, *quiet])  # noqa: S606
