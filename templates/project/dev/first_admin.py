"""Invites the first person of the development system, with every role unless some are named.

python -m dev.first_admin EMAIL [ROLE...]
"""

from __future__ import annotations

import subprocess
import sys

from app.registry import ROLES


def main(words: list[str]) -> int:
    """Run the application's own command, and return its exit code."""
    if not words:
        print("usage: python -m dev.first_admin EMAIL [ROLE...]", file=sys.stderr)
        return 2
    email, *roles = words
    given = [part for role in roles or ROLES for part in ("--role", role)]
    command = [sys.executable, "-m", "app", "admin", "first", email, *given]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
