"""How fast a generated project answers, beside a bare Starlette on the same server."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "field_service.yml"
TABLE, PATH = "households", "/households"


@dataclass(frozen=True, slots=True)
class Served:
    """Requests a second as a share of what the bare server answers, and the p99 in ms."""

    ratio: float
    p99: float
    rate: float


def measure() -> Served:
    """Generate a project, fill it, and load it. Raises RuntimeError without `wrk`."""
    if shutil.which("wrk") is None:
        raise RuntimeError("this measurement needs wrk (Debian: apt-get install wrk)")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "project"
        options = ("--blueprint", str(EXAMPLE), "--defaults", "--no-git", "--no-lock")
        made = [sys.executable, "-m", "scaffold", "new", str(place), *options]
        subprocess.run(made, cwd=ROOT, check=True, capture_output=True)
        told = _inside(place, str(ROOT / "dev" / "load.py"), TABLE, PATH)
    both = json.loads(told.strip().splitlines()[-1])
    ratio = both["list"]["rate"] / both["hello"]["rate"]
    return Served(ratio=ratio, p99=both["list"]["p99"], rate=both["list"]["rate"])


def _inside(place: Path, *script: str) -> str:
    """Run a script with the project's modules, on a database of its own; gives what it printed."""
    migrated = "python -m alembic upgrade heads >/dev/null && exec python"
    command = ["sh", "-c", f'{migrated} "$@"', "sh", *script]
    env = os.environ | {
        "PYTHONPATH": "src:.",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    done = subprocess.run(
        [sys.executable, "-m", "dev.env", "--", *command],
        cwd=place,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return done.stdout
