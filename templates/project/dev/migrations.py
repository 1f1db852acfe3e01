"""Checks the migrations on an empty database: they run, go back, and match the models."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

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
    print("\\f", end="")
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
    """Raises DevelopmentError for SQL that would stop a running system.

    Each migration is looked at by itself: to one that also made the table, nothing locks.
    """
    program = Path(sys.executable).with_name("squawk")
    if not program.exists():
        raise DevelopmentError("squawk is not installed, so nothing was checked: `make install`.")
    spans = _spans()
    address = "postgresql+psycopg://owner@/app?host=/nowhere"
    env = os.environ | own_secrets() | dict.fromkeys(ADDRESSES, address)
    env["APP_ENVIRONMENT"] = "development"
    pages = _alembic([f"upgrade {span} --sql" for span in spans.values()], env)
    with TemporaryDirectory() as folder:
        files = [Path(folder, f"{name}.sql") for name in spans]
        for file, page in zip(files, pages, strict=True):
            file.write_text(page, encoding="utf-8")
        if subprocess.run([program, *files], cwd=PROJECT, check=False).returncode:
            raise DevelopmentError("squawk found SQL that locks or loses something, see above.")


def _spans() -> dict[str, str]:
    """Every migration, oldest first, and what alembic calls the step to it."""
    scripts = ScriptDirectory.from_config(Config(str(PROJECT / "alembic.ini")))
    spans = {}
    for script in reversed(list(scripts.walk_revisions())):
        before = script.down_revision or script.dependencies
        first = before if isinstance(before, str) or not before else before[0]
        spans[script.revision] = f"{first}:{script.revision}" if first else script.revision
    return spans


def _alembic(commands: list[str], env: dict[str, str]) -> list[str]:
    """Run commands of alembic, one after the other in one process; what each of them prints."""
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
    return done.stdout.split("\f")[:-1]
