"""A worker process that knows the records of the tests, and sends their texts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from app.cli import main
from app.platform.access import POLICIES
from app.platform.messages import texts
from tests.platform.jobs import letters


def work() -> None:
    """Work until somebody ends it."""
    POLICIES.update(letters.RULES)
    texts.FOLDER = Path(os.environ["TEXTS"])
    sys.argv = ["app", "work"]
    main()
