"""A project in which `make` works with this environment, on a server of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.generated.making import python, shared_database, surroundings


@contextmanager
def working_in(project: Path, state: Path) -> Iterator[None]:
    """Let `make`, and updates that call it, work in a project as in one that is installed."""
    with shared_database(state, project), pytest.MonkeyPatch.context() as patch:
        for name, value in surroundings(project).items():
            patch.setenv(name, value)
        patch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
        patch.setenv("MAKEFLAGS", " -- RUN=")
        yield


def in_development(project: Path, *words: str) -> str:
    """Run a command with the development database, and give the last line that it says."""
    done = python(project, "-m", "dev.env", "--", *words)
    assert done.returncode == 0, done.stderr[-4000:]
    return "".join(done.stdout.splitlines()[-1:])


def make(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `make` as people do."""
    return subprocess.run(
        ["make", "--no-print-directory", *words],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
