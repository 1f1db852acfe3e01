"""Checks the migrations on an empty database: they run, go back, and match the models.

    python -m dev.migrations [sql]

With `sql`, looks for statements that would stop a running system instead.
"""

from __future__ import annotations

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from dev import PROJECT, DevelopmentError, exit_code
from dev.env import ADDRESSES, addresses, own_secrets
from dev.postgres import ensure_cluster

NOWHERE = dict.fromkeys(ADDRESSES, "postgresql+psycopg://owner@/app?host=/nowhere")


def check() -> None:
    """Raises DevelopmentError when two migrations are last, or the models say more.

    What a migration itself raises comes as it is: it says where.
    """
    config = _config()
    scripts = ScriptDirectory.from_config(config)
    lasts, firsts = scripts.get_heads(), scripts.get_bases()
    if len(lasts) > len(firsts):
        raise DevelopmentError(
            f"Several migrations claim to be the last one: {', '.join(lasts)}. "
            "Join them: `make alembic ARGS='merge heads'`."
        )
    with ensure_cluster() as cluster, cluster.scratch_database() as name:
        _use(addresses(cluster, name))
        try:
            command.upgrade(config, "heads")
            command.check(config)
            command.downgrade(config, "base")
            command.upgrade(config, "heads")
        except CommandError as error:
            raise DevelopmentError(str(error)) from None


def check_sql() -> None:
    """Raises DevelopmentError for SQL that would stop a running system.

    Each migration is looked at by itself: to one that also made the table, nothing locks.
    """
    program = Path(sys.executable).with_name("squawk")
    if not program.exists():
        raise DevelopmentError("squawk is not installed, so nothing was checked: `make install`.")
    _use(NOWHERE)
    spans = _spans()
    with TemporaryDirectory() as folder:
        files = [Path(folder, f"{name}.sql") for name in spans]
        for file, span in zip(files, spans.values(), strict=True):
            file.write_text(_sql(span), encoding="utf-8")
        if subprocess.run([program, *files], cwd=PROJECT, check=False).returncode:
            raise DevelopmentError("squawk found SQL that locks or loses something, see above.")


def _spans() -> dict[str, str]:
    """Every migration, oldest first, and what alembic calls the step to it."""
    scripts = ScriptDirectory.from_config(_config())
    spans = {}
    for script in reversed(list(scripts.walk_revisions())):
        before = script.down_revision or script.dependencies
        first = before if isinstance(before, str) or not before else before[0]
        spans[script.revision] = f"{first}:{script.revision}" if first else script.revision
    return spans


def _sql(span: str) -> str:
    """The statements that make this step."""
    page = StringIO()
    command.upgrade(_config(page), span, sql=True)
    return page.getvalue()


def _config(page: StringIO | None = None) -> Config:
    return Config(PROJECT / "alembic.ini", output_buffer=page)


def _use(urls: dict[str, str]) -> None:
    """Let the migrations run with a database of ours, whatever the environment says."""
    os.environ |= own_secrets() | urls | {"APP_ENVIRONMENT": "development"}


if __name__ == "__main__":
    sys.exit(exit_code(check_sql if sys.argv[1:] == ["sql"] else check))
