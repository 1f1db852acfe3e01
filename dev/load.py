"""Loads a generated project and a bare Starlette with the same requests; run inside the project.

Prints one line of JSON: requests a second and the 99th percentile in milliseconds, of both.
It is no part of our package: `dev/serving.py` runs it with the project's own modules on the path.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from app import registry
from app.platform.db import Database
from app.platform.identity import accounts, sessions
from app.settings import settings

from dev.samples import Samples

ROWS = 60
CONNECTIONS = 16
SECONDS = 8
HELLO = """
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
async def hello(request): return PlainTextResponse("hello")
app = Starlette(routes=[Route("/", hello)])
"""


def main(table: str, path: str) -> None:
    """Load both servers in turn and print what they did."""
    token = fill(table)
    with open("hello.py", "w", encoding="utf-8") as file:
        file.write(HELLO)
    with serving("app.main:create_app", "--factory") as ours, serving("hello:app") as bare:
        listed = f"http://127.0.0.1:{ours}/api/v1{path}?limit=20"
        cookie = f"Cookie: session={token}"
        load(listed, cookie)  # warms both up
        load(f"http://127.0.0.1:{bare}/", cookie)
        found = [
            (load(listed, cookie), load(f"http://127.0.0.1:{bare}/", cookie)) for _ in range(3)
        ]
    best = sorted(found, key=lambda pair: pair[0]["rate"] / pair[1]["rate"])[1]
    sys.stdout.write(json.dumps({"list": best[0], "hello": best[1]}) + "\n")


def fill(table: str) -> str:
    """Make rows and a person who sees them, and give the token of their session."""
    database = Database(settings().database_url)
    with database.session() as session:
        samples = Samples(session)
        for _ in range(ROWS):
            samples.make(table)
        person = accounts.principal_for(session, "load@example.com")
        accounts.set_roles(session, person, registry.ROLES)
        token = sessions.begin(session, person.id)
        session.commit()
    database.close()
    return token


@contextmanager
def serving(*what: str) -> Iterator[int]:
    """Run one worker of a server; gives its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    words = ("--port", str(port), "--no-access-log", "--log-level", "warning", "--no-proxy-headers")
    command = [sys.executable, "-m", "uvicorn", *what, *words]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ)
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port
    finally:
        server.terminate()
        server.wait()


def load(url: str, header: str) -> dict[str, float]:
    """Send as many requests as are answered, from so many connections."""
    words = ["-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", "-H", header, url]
    told = subprocess.run(["wrk", *words], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told:
        raise SystemExit(f"Not every request was answered:\n{told}")
    rate = float(re.search(r"Requests/sec:\s+([0-9.]+)", told)[1])  # type: ignore[index]
    late, unit = re.search(r"99%\s+([0-9.]+)(us|ms|s)", told).groups()  # type: ignore[union-attr]
    return {"rate": rate, "p99": float(late) * {"us": 0.001, "ms": 1, "s": 1000}[unit]}


if __name__ == "__main__":
    main(*sys.argv[1:])
