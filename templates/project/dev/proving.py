"""Tries the newest migrations on rows: up, down and up again.

    python -m dev.proving [REVISION]

The rows are examples that the code of REVISION (of git, HEAD by itself) makes, at its migrations.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import create_engine, func, inspect, select, table, text
from sqlalchemy.exc import DBAPIError

from app.platform.db import Base
from app.settings import Settings, use
from dev import PROJECT, DevelopmentError, exit_code
from dev.env import addresses, own_secrets
from dev.postgres import Cluster, ensure_cluster

ROWS = "4"
"""So many examples of each record are made."""
GUARDED = "Nothing was changed"
"""What a migration says that looks at rows before it changes them, and stops."""

Counts = dict[str, int]


def prove(revision: str = "HEAD") -> None:
    """Raises DevelopmentError where a migration since the revision loses a row or does not hold."""
    with ensure_cluster() as cluster, former(revision) as tree:
        refusal = tried(cluster, tree, rows=True)
        if refusal:
            print(f"Examples of before do not hold to a new rule, and it says so:\n  {refusal}")
            tried(cluster, tree, rows=False)


def tried(cluster: Cluster, tree: Path, *, rows: bool) -> str:
    """Go up, down and up on a database of its own; give what a migration says of its rows."""
    with cluster.scratch_database() as name:
        env = own_secrets() | addresses(cluster, name) | {"APP_ENVIRONMENT": "development"}
        run_before(tree, env, "-m", "alembic", "upgrade", "heads")
        at = versions(env)
        if at == sorted(ScriptDirectory.from_config(config()).get_heads()):
            print("There is no migration since then.")
            return ""
        if rows:
            run_before(tree, env, "-m", "dev.seed", ROWS)
        os.environ |= env
        use(Settings())  # the second try has a database of its own
        before = counted(env)
        try:
            up(before, env)
            for version in at:
                command.downgrade(config(), version)
            compare(before, counted(env), "going back")
            up(before, env)
            command.check(config())
        except CommandError as error:
            raise DevelopmentError(str(error)) from None
        except DBAPIError as error:
            words = str(error.orig).splitlines()[0]
            if rows and GUARDED in words:
                compare(before, counted(env), "being stopped")
                return words
            raise DevelopmentError(f"A migration did not work: {words}") from None
    if rows:
        print(f"{sum(before.values())} rows went up, down and up again.")
    return ""


def up(before: Counts, env: Mapping[str, str]) -> None:
    """Go to the newest migrations; raises DevelopmentError where rows are missing then."""
    command.upgrade(config(), "heads")
    compare(before, counted(env), "the migration")


def compare(before: Counts, after: Counts, what: str) -> None:
    """Raises DevelopmentError where a table that the models still have has fewer rows.

    It may have more: what a migration changes is noted in the history, and one that people write
    may add rows.
    """
    kept = (name for name in mapped() if name in before and name in after)
    wrong = [
        f"{name}: {before[name]} → {after[name]}" for name in kept if after[name] < before[name]
    ]
    if wrong:
        raise DevelopmentError(f"Rows are lost after {what}: {', '.join(wrong)}.")


def mapped() -> list[str]:
    """The tables of the models. What was retired is none of them: its rows go because they may."""
    import_module("app.registry")  # brings the models, and needs the settings
    return sorted(Base.metadata.tables)


@contextmanager
def former(revision: str) -> Iterator[Path]:
    """The project as it was at a revision, in a folder of its own."""
    with TemporaryDirectory() as folder:
        tree = Path(folder).resolve() / "before"
        done = git("worktree", "add", "--detach", "--quiet", str(tree), revision)
        if done.returncode:
            raise DevelopmentError(f"git does not give the project at {revision}: {done.stderr}")
        inside = git("rev-parse", "--show-prefix").stdout.strip()
        try:
            yield tree / inside
        finally:
            git("worktree", "remove", "--force", str(tree))


def git(*words: str) -> subprocess.CompletedProcess[str]:
    """Run git in the project."""
    return subprocess.run(
        ["git", *words], cwd=PROJECT, capture_output=True, text=True, check=False
    )  # fmt: skip


def run_before(tree: Path, env: Mapping[str, str], *words: str) -> None:
    """Run what the project was, with this environment's packages."""
    paths = {"PYTHONPATH": f"{tree / 'src'}{os.pathsep}{tree}"}
    done = subprocess.run(
        [sys.executable, *words],
        cwd=tree,
        env=os.environ | env | paths,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise DevelopmentError(f"The project as it was did not run `{' '.join(words)}`: {said}")


def counted(env: Mapping[str, str]) -> Counts:
    """How many rows each table has, of all customers where they are kept apart."""
    everybody = {"options": "-c app.migrating=on"}
    engine = create_engine(env["APP_OWNER_DATABASE_URL"], connect_args=everybody)
    with engine.connect() as connection:
        names = [n for n in inspect(connection).get_table_names() if n != "alembic_version"]
        count = select(func.count())
        found = {n: connection.execute(count.select_from(table(n))).scalar_one() for n in names}
    engine.dispose()
    return found


def versions(env: Mapping[str, str]) -> list[str]:
    """The migrations that the database is at."""
    engine = create_engine(env["APP_OWNER_DATABASE_URL"])
    with engine.connect() as connection:
        found = list(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())
    engine.dispose()
    return sorted(found)


def config() -> Config:
    """Alembic, as the project has it."""
    return Config(PROJECT / "alembic.ini")


if __name__ == "__main__":
    sys.exit(exit_code(lambda: prove(*sys.argv[1:2])))
