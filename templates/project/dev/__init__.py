"""What development needs and production does not: a database, an environment, the gate.

Nothing under `src/app` imports this package, and nothing here is shipped.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
STATE = Path(os.environ.get("DEVELOPMENT_STATE") or PROJECT / ".dev").absolute()
"""Everything that development keeps on this machine. Ignored by git; may be deleted."""


class DevelopmentError(Exception):
    """Something about this machine that a person has to change; the text says what."""


def exit_code(check: Callable[[], None]) -> int:
    """Run a check; 1 if it raises DevelopmentError, after saying what that says."""
    try:
        check()
    except DevelopmentError as error:
        print(error, flush=True)
        return 1
    return 0
