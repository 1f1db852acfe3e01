"""Running other programs to their end."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from scaffold.errors import InputError


def run(
    words: Sequence[str], *, at: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a program, and give how it ended and what it said.

    InputError where it is not on this machine.
    """
    try:
        return subprocess.run(  # noqa: S603
            words,
            cwd=at,
            env=environment,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except FileNotFoundError as error:
        name = Path(words[0]).name
        raise InputError(
            f"{name} is not installed, or not on the PATH.", f"install {name}"
        ) from error
