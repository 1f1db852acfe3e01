"""Under which account PostgreSQL's programs run: it refuses to be root."""

from __future__ import annotations

import contextlib
import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dev import DevelopmentError

SECONDS_TO_WAIT = 120


@dataclass(frozen=True, slots=True)
class Account:
    """A user of this machine that is not root."""

    uid: int
    gid: int


def unprivileged(folder: Path) -> Account | None:
    """The account to become, or None when this process is not root.

    It is the owner of `folder` (a checkout that a container has mounted), else `nobody`. An
    account that this machine has no name for will not do: PostgreSQL looks the name up.
    """
    if os.geteuid() != 0:
        return None
    owner = folder.stat()
    with contextlib.suppress(KeyError):
        if owner.st_uid != 0 and pwd.getpwuid(owner.st_uid):
            return Account(owner.st_uid, owner.st_gid)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise DevelopmentError(
            "PostgreSQL does not run as root, and this machine has no user `nobody`. "
            "Work as another user, or set DATABASE_URL to a server that is already there."
        ) from None
    return Account(nobody.pw_uid, nobody.pw_gid)


def run(command: Sequence[str | Path], account: Account | None) -> subprocess.CompletedProcess[str]:
    """Run a program as `account` and return how it went, with its output as text.

    Raises OSError when the account cannot reach the program.
    """
    return subprocess.run(
        [str(word) for word in command],
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        cwd="/",
        env=_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=SECONDS_TO_WAIT,
        check=False,
    )


def can_write(folder: Path, account: Account | None) -> bool:
    """Whether `account` can reach `folder`, through all its parents, and write there."""
    asked = run(["/bin/sh", "-c", 'test -w "$0" && test -x "$0"', folder], account)
    return asked.returncode == 0


def give(path: Path, account: Account | None) -> None:
    """Make `account` the owner of `path`; nothing to do when we are not root."""
    if account:
        os.chown(path, account.uid, account.gid, follow_symlinks=False)


def like_parent(path: Path) -> Path:
    """Give what root has made in somebody's checkout to them, so that they can use it too."""
    if os.geteuid() == 0:
        owner = path.parent.stat()
        os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)
    return path


def state_folder(state: Path) -> Path:
    """The folder of what development keeps, made if it is missing."""
    if not state.exists():
        state.mkdir(mode=0o755, parents=True, exist_ok=True)
        like_parent(state)
    return state


def private_folder(path: Path, account: Account | None) -> Path:
    """A folder that only `account` can open. Refuses one that somebody else has put there."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = path.lstat()
    expected = account.uid if account else os.geteuid()
    if path.is_symlink() or found.st_uid not in {expected, os.geteuid()}:
        raise DevelopmentError(
            f"{path} belongs to somebody else (user {found.st_uid}), so it is not safe to use. "
            "Remove it, or work as that user."
        )
    path.chmod(0o700)
    give(path, account)
    return path


def _environment() -> dict[str, str]:
    """Our environment without what would lead PostgreSQL's programs elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C", "LANG": "C"}
