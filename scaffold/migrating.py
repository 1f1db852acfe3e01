"""The migration of an update: written and tried by the project itself, with its own tools."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from scaffold.changing import Change
from scaffold.errors import InputError
from scaffold.lock import find_uv
from scaffold.programs import run

VERSIONS = Path("migrations/versions")
HOOK = Path("migrations/gently.py")
LONGEST_NAME = 60


def needs_migration(root: Path, changed: Sequence[str]) -> bool:
    """Whether an update touched what tables are made of."""
    return (root / HOOK).is_file() and any(path.endswith("models.py") for path in changed)


def name_of(changes: Sequence[Change]) -> str:
    """What to call a migration: the first change of rows, in words that a file's name can hold."""
    found = [change for change in changes if change.where.startswith("records.")]
    if not found:
        return "the models of a new version"
    first = found[0]
    place = re.sub(r"^records\.|\.fields|\.workflow", "", first.where).replace(".", " ")
    words = f"{first.kind.replace('-', ' ')} {place}"
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    return re.sub(r"[^A-Za-z0-9_ ]", "", words)[:LONGEST_NAME] + more


def write_migration(root: Path, name: str) -> list[str]:
    """Write it, and give its files: none where the tables stay as they are.

    InputError says what the project's tools said.
    """
    before = _versions(root)
    _make(root, "migration", f"NAME={name}")
    return sorted(str(VERSIONS / path) for path in _versions(root) - before)


def prove_migration(root: Path) -> str:
    """Try it on rows, up, down and up; look for drift and for SQL that stops a system.

    Gives what was said about the rows. InputError says what does not hold.
    """
    said = _make(root, "prove")
    _make(root, "check", "ARGS=migrations migration-sql")
    return next((line for line in said.splitlines() if "rows" in line or "rule" in line), "")


def _versions(root: Path) -> set[str]:
    return {path.name for path in (root / VERSIONS).glob("*.py")}


def _make(root: Path, target: str, *words: str) -> str:
    """What `make` says. InputError with the last lines, if it ends badly."""
    environment = {"UV": find_uv(), **os.environ}
    environment.pop("VIRTUAL_ENV", None)
    done = run(["make", "--no-print-directory", target, *words], at=root, environment=environment)
    if done.returncode:
        lines = [*done.stdout.splitlines(), *done.stderr.splitlines()]
        kept = [line for line in lines if line.strip() and not _NOISE.match(line)]
        raise InputError("\n".join(f"  {line}" for line in kept[-LAST_LINES:]))
    return done.stdout


LAST_LINES = 20
_NOISE = re.compile(r"INFO |make(\[\d+\])?: \*\*\*|Generating ")
