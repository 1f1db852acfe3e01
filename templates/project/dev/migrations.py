"""Checks the migrations on an empty database: they run, go back, and match the models."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

from dev import PROJECT, DevelopmentError
from dev.env import ADDRESSES, own_secrets
from dev.postgres import ensure_cluster
from dev.roles import APP, OWNER

ONE_AFTER_THE_OTHER = """
import sys
from alembic.config import main
for command in sys.argv[1:]:
    print("alembic", command, file=sys.stderr)
    main(argv=command.split())
"""


def check() -> None:
    """Raises DevelopmentError when a migration fails, two are last, or the models say more."""
    scripts = ScriptDirectory.from_config(Config(str(PROJECT / "alembic.ini")))
    lasts, firsts = scripts.get_heads(), scripts.get_bases()
    if len(lasts) > len(firsts):
        raise DevelopmentError(
            f"Several migrations claim to be the last one: {', '.join(lasts)}. "
            "Join them: `make alembic ARGS='merge heads'`."
        )
    with ensure_cluster() as cluster, cluster.scratch_database() as name:
        addresses = (cluster.url(name, APP), cluster.url(name, OWNER))
        env = os.environ | own_secrets() | dict(zip(ADDRESSES, addresses, strict=True))
        env["APP_ENVIRONMENT"] = "development"
        _alembic(["upgrade heads", "check", "downgrade base", "upgrade heads"], env)


def check_sql() -> None:
    """Raises DevelopmentError for SQL that would stop a running system."""
    address = "postgresql+psycopg://owner@/app?host=/nowhere"
    env = os.environ | own_secrets() | dict.fromkeys(ADDRESSES, address)
    env["APP_ENVIRONMENT"] = "development"
    statements = _alembic(["upgrade heads --sql"], env)
    program = Path(sys.executable).with_name("squawk")
    if not program.exists():
        raise DevelopmentError("squawk is not installed, so nothing was checked: `make install`.")
    checked = subprocess.run(
        [program, "--stdin-filepath", "migrations.sql"],
        cwd=PROJECT,
        input=statements,
        text=True,
        check=False,
    )
    if checked.returncode:
        raise DevelopmentError("squawk found SQL that locks or loses something, see above.")


def _alembic(commands: list[str], env: dict[str, str]) -> str:
    """Run commands of alembic, one after the other in one process, and return what they print."""
    done = subprocess.run(
        [sys.executable, "-c", ONE_AFTER_THE_OTHER, *commands],
        env=env,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DevelopmentError(f"{done.stdout}{done.stderr}")
    return done.stdout
