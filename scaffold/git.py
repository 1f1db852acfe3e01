"""Git, as far as projects and the template need it."""

from __future__ import annotations

import os
from pathlib import Path
from subprocess import CompletedProcess

from scaffold.errors import InputError
from scaffold.programs import run

NEUTRAL_NAME = "Solidground"
NEUTRAL_EMAIL = "solidground@localhost"


def git(*arguments: str, at: Path) -> str:
    """What git prints, without the last line end. InputError says what git said."""
    done = _run(arguments, at)
    if done.returncode:
        said = (done.stderr or done.stdout).strip() or f"it ended with {done.returncode}"
        raise InputError(f"git {arguments[0]} did not work in {at}: {said}")
    return done.stdout.rstrip("\n")


def works(*arguments: str, at: Path) -> bool:
    """Whether git says yes: its exit code is 0."""
    return _run(arguments, at).returncode == 0


def _run(arguments: tuple[str, ...], at: Path) -> CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in _OF_ANOTHER_REPOSITORY}
    environment["LC_ALL"] = "C"
    return run(["git", *arguments], at=at, environment=environment)


_OF_ANOTHER_REPOSITORY = frozenset(
    ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY")
)


def has_identity(at: Path) -> bool:
    """Whether commits would carry somebody's name."""
    if os.environ.get("GIT_AUTHOR_EMAIL") and os.environ.get("GIT_AUTHOR_NAME"):
        return True
    return works("config", "user.name", at=at) and works("config", "user.email", at=at)


def first_commit(at: Path, message: str) -> bool:
    """Make a repository with everything in one commit; whether it carries somebody's name.

    No hook of the machine runs and nothing is signed: nobody wrote this commit.
    """
    git("init", "-q", "-b", "main", at=at)
    named = has_identity(at)
    neutral = ("-c", f"user.name={NEUTRAL_NAME}", "-c", f"user.email={NEUTRAL_EMAIL}")
    git("add", "-A", at=at)
    quiet = ("commit", "-q", "--no-verify", "--no-gpg-sign", "-m", message)
    git(*(() if named else neutral), *quiet, at=at)
    return named
