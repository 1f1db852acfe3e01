"""Gives a generated project people with one role each, and serves it; run inside the project.

    python -m dev.env -- python staffing.py PORT

They get in at the provider of single sign-on, which runs beside the application. It is no part of
our package: `dev/serving.py` runs it with the project's own modules on the path.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from types import FrameType

from app import registry
from app.platform.access import table_of
from app.platform.db import Database
from app.settings import settings

from dev import provider
from dev.addresses import login_of
from dev.people import standing_for
from dev.samples import Samples, entity_of, schema_of

NAMES = ("Maja Ek", "Erik Lund", "Ines Holm", "Oskar Berg", "Tove Dahl", "Nils Alm")

POINTING = [
    c.name
    for c in table_of(entity_of("users")).columns
    if c.foreign_keys and c.name in schema_of(entity_of("users")).model_fields
]
"""What a person points to, such as a depot: all of them work at the same place."""


def hire() -> None:
    """Make one person for each role, all of one depot where there are depots."""
    database = Database(settings().database_url)
    with database.session() as session:
        samples = Samples(session)
        samples.begin()
        place = {}
        for role, name in zip(registry.ROLES, NAMES, strict=False):
            standing_for(session, role, login_of(role))
            person = samples.make("users", email=login_of(role), name=name, **place)
            place = {one: getattr(person, one) for one in POINTING}
        session.commit()
    database.close()


def serve(port: str) -> int:
    """Serve until somebody asks to end it; the provider ends with it."""
    address = f"http://127.0.0.1:{port}"
    words = [sys.executable, "-m", "uvicorn", "app.main:create_app", "--factory", "--port", port]
    quiet = ["--no-access-log", "--no-proxy-headers", "--log-level", "warning"]
    beside = provider.start(address)
    server = subprocess.Popen([*words, *quiet], env=os.environ | {"APP_PUBLIC_URL": address})

    def end(_number: int, _frame: FrameType | None) -> None:
        server.terminate()

    signal.signal(signal.SIGTERM, end)
    try:
        return server.wait()
    finally:
        beside.terminate()
        beside.wait()


if __name__ == "__main__":
    subprocess.run([sys.executable, "-m", "alembic", "upgrade", "heads"], check=True)
    hire()
    sys.exit(serve(sys.argv[1]))
