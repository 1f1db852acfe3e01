"""How fast a generated project answers, beside a bare Starlette on the same server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from dev.serving import answering, free_port, greeting

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "field_service.yml"
TABLE, PATH = "households", "/households"
ROWS = 60
CONNECTIONS = 16
SECONDS = 8
TURNS = 3


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a server did under load: requests a second, and the p99 in ms."""

    rate: float
    p99: float


@dataclass(frozen=True, slots=True)
class Served:
    """Requests a second as a share of what the bare server answers, and the p99 in ms."""

    ratio: float
    p99: float


def measure() -> Served:
    """Generate a project, fill it, and load it. Raises RuntimeError without `wrk`."""
    if shutil.which("wrk") is None:
        raise RuntimeError("this measurement needs wrk (Debian: apt-get install wrk)")
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        options = ("--blueprint", str(EXAMPLE), "--defaults", "--no-git", "--no-lock")
        made = [sys.executable, "-m", "scaffold", "new", str(project), *options]
        subprocess.run(made, cwd=ROOT, check=True, capture_output=True)
        return _beside_hello(project)


def _beside_hello(project: Path) -> Served:
    """Load both servers in turn; of the turns, give the one whose ratio is in the middle."""
    env = os.environ | {
        "PYTHONPATH": "src:.",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    ours, bare = free_port(), free_port()
    with (
        answering(project, ours, env, ROWS, TABLE) as token,
        greeting(project, bare, env),
    ):
        found = []
        for turn in range(TURNS + 1):
            listed = load(f"http://127.0.0.1:{ours}/api/v1{PATH}?limit=20", f"session={token}")
            hello = load(f"http://127.0.0.1:{bare}/")
            if turn:  # the first one warms both up
                found.append(Served(listed.rate / hello.rate, listed.p99))
    return sorted(found, key=lambda served: served.ratio)[TURNS // 2]


def load(url: str, cookie: str = "") -> Loaded:
    """Send as many requests as are answered, from so many connections.

    Raises RuntimeError when one was refused.
    """
    words = ["-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", "-H", f"Cookie: {cookie}"]
    told = subprocess.run(["wrk", *words, url], capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([0-9.]+)", told)
    late = re.search(r"99%\s+([0-9.]+)(us|ms|s)", told)
    if "Non-2xx" in told or rate is None or late is None:
        raise RuntimeError(f"Not every request was answered:\n{told}")
    milliseconds = float(late[1]) * {"us": 0.001, "ms": 1, "s": 1000}[late[2]]
    return Loaded(float(rate[1]), milliseconds)
