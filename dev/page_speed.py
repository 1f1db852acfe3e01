"""How fast a page of the console is beside the API, for the same rows."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from dev.projects import generate
from dev.serving import answering, free_port, inside
from dev.speed import EXAMPLE, ONE_CORE, load, need

ROWS = 60
SHOWN = 25
LISTS = ("households", "visits")
TURNS = 5


def measure() -> Iterator[tuple[str, float]]:
    """Give for each list how many times the API's time its page takes, on a core of its own.

    Raises RuntimeError without `wrk` or `taskset`.
    """
    need("wrk", "wrk")
    need("taskset", "util-linux")
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        generate(EXAMPLE, project)
        env, port = inside() | {"SERVER_UNDER": ONE_CORE}, free_port()
        with answering(project, port, env, ROWS, *LISTS) as token:
            for name in LISTS:
                yield name, _beside_the_api(f"http://127.0.0.1:{port}", name, f"session={token}")


def _beside_the_api(address: str, name: str, cookie: str) -> float:
    found = []
    for turn in range(TURNS + 1):
        listed = load(f"{address}/api/v1/{name}?limit={SHOWN}", cookie)
        page = load(f"{address}/records/{name}", cookie)
        if turn:  # the first one warms both up
            found.append(listed.rate / page.rate)
    return median(found)
