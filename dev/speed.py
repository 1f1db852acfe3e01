"""How fast a generated project answers, beside a bare Starlette on the same server."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import median

from dev.projects import ROOT, generate
from dev.serving import answering, free_port, greeting, inside

EXAMPLE = ROOT / "examples" / "field_service.yml"
TABLE, PATH = "households", "/households"
ROWS = 60
CONNECTIONS = 16
SECONDS = 4
TURNS = 5
EVEN_RATE = 29_500
"""What the bare server answers a second on the machine that the limit of the p99 is from."""
ONE_CORE = "taskset -c 0"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a server did under load: requests a second, and the median and the p99 in ms."""

    rate: float
    p50: float
    p99: float


@dataclass(frozen=True, slots=True)
class Speed:
    """The project beside the bare server: each kept to one core, and left to the scheduler."""

    kept: Served
    free: Served


@dataclass(frozen=True, slots=True)
class Served:
    """What the project does beside a bare server.

    `ratio` is its requests a second as a share of the bare server's, `p99` its p99 in ms, and
    `even_p99` that p99 on a machine on which the bare server answers `EVEN_RATE` a second.
    """

    ratio: float
    p99: float
    even_p99: float


def measure() -> Speed:
    """Generate a project, fill it, and load it. Raises RuntimeError without `wrk` or `taskset`.

    One worker of Python has work for one core. Where it shares two with the load and the
    database, the scheduler moves its threads to and fro, and much of what is measured is the
    filling of caches: so each server is also measured on a core that it keeps.
    """
    need("wrk", "wrk")
    need("taskset", "util-linux")
    return Speed(_beside_hello(ONE_CORE), _beside_hello(""))


def need(tool: str, package: str) -> None:
    """Refuse to measure without a tool; raises RuntimeError."""
    if shutil.which(tool) is None:
        raise RuntimeError(f"this measurement needs {tool} (Debian: apt-get install {package})")


def _beside_hello(under: str) -> Served:
    """Load a new project and a bare server in turn; give the median of each figure."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        generate(EXAMPLE, project)
        found = _loaded_in_turn(project, under)
    return Served(*(median(figures) for figures in zip(*map(astuple, found), strict=True)))


def _loaded_in_turn(project: Path, under: str) -> list[Served]:
    env = inside() | {"SERVER_UNDER": under}
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
                even = listed.p99 * hello.rate / EVEN_RATE
                found.append(Served(listed.rate / hello.rate, listed.p99, even))
    return found


def load(
    url: str,
    cookie: str = "",
    *,
    connections: int = CONNECTIONS,
    seconds: int = SECONDS,
    script: Path | None = None,
) -> Loaded:
    """Send as many requests as are answered, from so many connections; `script` says what.

    Raises RuntimeError when one was refused.
    """
    words = ["-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-H", f"Cookie: {cookie}"]
    words += ["-s", str(script)] if script else []
    told = subprocess.run(["wrk", *words, url], capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([0-9.]+)", told)
    if "Non-2xx" in told or rate is None:
        raise RuntimeError(f"Not every request was answered:\n{told}")
    return Loaded(float(rate[1]), _percentile(told, 50), _percentile(told, 99))


def _percentile(told: str, percent: int) -> float:
    """Read how many ms so many of the requests took at most."""
    late = re.search(rf"{percent}%\s+([0-9.]+)(us|ms|s)", told)
    if late is None:
        raise RuntimeError(f"There is no {percent} % in:\n{told}")
    return float(late[1]) * {"us": 0.001, "ms": 1, "s": 1000}[late[2]]
