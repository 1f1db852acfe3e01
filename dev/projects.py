"""Projects that are generated to be measured, without what only their users need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def command(blueprint: Path, into: Path) -> list[str]:
    """The words that make a project, without git and without a lock."""
    options = ("--blueprint", str(blueprint), "--defaults", "--no-git", "--no-lock")
    return [sys.executable, "-m", "scaffold", "new", str(into), *options]


def generate(blueprint: Path, into: Path) -> None:
    """Make the project. Raises RuntimeError with what `scaffold` said."""
    words = command(blueprint, into)
    made = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if made.returncode:
        raise RuntimeError(made.stderr.strip())
