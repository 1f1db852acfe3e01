"""The project's own uv.lock, which must be committed before its first update."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from scaffold.errors import InputError
from scaffold.programs import run


def find_uv() -> str:
    """The uv that came with this package, else the one on the PATH."""
    try:
        from uv import find_uv_bin  # noqa: PLC0415

        return str(find_uv_bin())
    except (ImportError, FileNotFoundError):
        found = shutil.which("uv")
    if found is None:
        raise InputError(
            "uv is not installed, and it makes the lock of the project's dependencies.",
            "run `python -m pip install uv`, or pass --no-lock",
        )
    return found


def make_lock(root: Path) -> None:
    """Write or refresh uv.lock. InputError says what uv said, and what to do without a network."""
    environment = {"UV_PYTHON_DOWNLOADS": "never", **os.environ}
    environment.pop("VIRTUAL_ENV", None)
    words = [find_uv(), "lock", "--quiet", "--python", sys.executable]
    done = run(words, at=root, environment=environment)
    if done.returncode:
        said = "\n".join(f"  {line}" for line in done.stderr.strip().splitlines()[:12])
        raise InputError(
            f"The lock of the project's dependencies could not be made:\n{said}",
            "connect to a package index (UV_INDEX_URL names another one), "
            "or pass --no-lock and run `uv lock` in the project later",
        )
