"""How fast a project answers with a million rows, beside the same SQL statement over psycopg.

A request looks up who asks and what they may do, checks what was sent, and writes JSON; the
statement beside it is the one of those that it sends which reads the page or adds the row, word by
word. Two figures say how they compare. Under load, from as many connections for each worker: how
many a second. And one at a time: after how long, as a median.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from dev.projects import ROOT, generate
from dev.serving import inside, working
from dev.speed import load, need
from dev.stating import Statement, sent

EXAMPLE = ROOT / "examples" / "field_service.yml"
FILLS = Path(__file__).with_name("filling.py")
ROWS = 1_000_000
WORKERS = (1, 2, 4)
CONNECTIONS = 4
"""For each worker, and for each process that sends the statement."""
SECONDS = 2
TURNS = 3
POST = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = [==[{body}]==]
"""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Beside:
    """What requests and the statement did in turn: a second under load, and ms one at a time."""

    requests: float
    statements: float
    request_ms: float
    statement_ms: float

    @property
    def load(self) -> float:
        """How many statements are answered in the time of one request, under load."""
        return self.statements / self.requests

    @property
    def alone(self) -> float:
        """How many times as long one request takes as the statement, with nothing else to do."""
        return self.request_ms / self.statement_ms


@dataclass(frozen=True, slots=True)
class Filled:
    """A project whose database is filled: what to ask, and the statements that it sends."""

    project: Path
    env: Mapping[str, str]
    token: str
    asked: Mapping[str, tuple[str, Any]]
    sent: Mapping[str, tuple[str, Any]]

    def statement(self, name: str) -> Statement:
        """Give what the application sends to answer a request."""
        sql, values = self.sent[name]
        url = self.env["APP_DATABASE_URL"].replace("+psycopg", "")
        return Statement(url, sql, values)


def measure(say: Say, rows: int = ROWS, seconds: int = SECONDS) -> Iterator[tuple[str, Beside]]:
    """Yield a figure for each request and number of workers; `say` is told what goes on.

    Raises RuntimeError without `wrk`.
    """
    need("wrk", "wrk")
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        generate(EXAMPLE, project)
        say(f"filling a database with {rows:,} visits …")
        with filled(project, Path(folder), rows) as found:
            for workers in WORKERS:
                with working(project, found.env, workers) as url:
                    for name in found.asked:
                        said = f"{name}, {workers} worker{'s' * (workers > 1)}"
                        say(f"{said} …")
                        yield said, beside(found, name, url, workers, seconds)


@contextmanager
def filled(project: Path, folder: Path, rows: int) -> Iterator[Filled]:
    """Fill a project's database; it is there until the end. Raises RuntimeError if that fails."""
    file = folder / "filled"
    words = [sys.executable, "-m", "dev.env", "--", sys.executable, str(FILLS), str(file)]
    filling = subprocess.Popen(
        [*words, str(rows)],
        cwd=project,
        env=inside(),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    try:
        while not file.exists():
            if filling.poll() is not None:
                raise RuntimeError("the database could not be filled")
            time.sleep(0.2)
        yield Filled(project, **pickle.loads(file.read_bytes()))  # noqa: S301  -- we wrote it
    finally:
        filling.communicate()


def beside(found: Filled, name: str, url: str, workers: int, seconds: int) -> Beside:
    """Ask and send in turn, and give the median of each figure."""
    path, body = found.asked[name]
    statement, cookie = found.statement(name), f"session={found.token}"
    script = None if body is None else found.project / "post.lua"
    if script is not None:
        script.write_text(POST.format(body=json.dumps(body)), encoding="utf-8")
    many = CONNECTIONS * workers
    turns = []
    for turn in range(TURNS + 1):
        asked = load(url + path, cookie, connections=many, seconds=seconds, script=script)
        stated = sent(statement, workers, CONNECTIONS, seconds)
        one = load(url + path, cookie, connections=1, seconds=seconds, script=script)
        alone = sent(statement, 1, 1, seconds)
        if turn:  # the first one warms both up
            turns.append((asked.rate, stated.rate, one.p50, alone.p50))
    return Beside(*(median(figures) for figures in zip(*turns, strict=True)))
