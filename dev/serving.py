"""A generated project and a bare Starlette, served so that somebody can ask them things."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

QUIET = ("--no-access-log", "--no-proxy-headers", "--log-level", "warning")
FILLS_AND_ANSWERS = Path(__file__).with_name("answering.py")
HIRES_AND_ANSWERS = Path(__file__).with_name("staffing.py")
SECONDS_TO_START = 180
HELLO = """
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
async def hello(request): return PlainTextResponse("hello")
app = Starlette(routes=[Route("/", hello)])
"""


@contextmanager
def answering(project: Path, port: int, env: Mapping[str, str], *what: str | int) -> Iterator[str]:
    """Serve a project's API from a database of its own; gives a session with all roles.

    `what` says how many rows, and of which records if not of all. `SERVER_UNDER` in `env` is a
    command to run the server with. Raises RuntimeError when the server does not start.
    """
    with tempfile.TemporaryDirectory() as folder:
        session = Path(folder) / "session"
        inside = [sys.executable, str(FILLS_AND_ANSWERS), str(port), str(session), *map(str, what)]
        with _running([sys.executable, "-m", "dev.env", "--", *inside], project, env, port):
            yield session.read_text(encoding="utf-8")


@contextmanager
def staffed(project: Path, port: int, env: Mapping[str, str]) -> Iterator[None]:
    """Serve a project whose staff have single sign-on, with one person for each role."""
    hired = [sys.executable, str(HIRES_AND_ANSWERS), str(port)]
    with _running([sys.executable, "-m", "dev.env", "--", *hired], project, env, port):
        yield


@contextmanager
def greeting(folder: Path, port: int, env: Mapping[str, str]) -> Iterator[None]:
    """Serve the least that a server can answer; `SERVER_UNDER` in `env` as for `answering`."""
    (folder / "hello.py").write_text(HELLO, encoding="utf-8")
    command = [sys.executable, "-m", "uvicorn", "hello:app", "--port", str(port), *QUIET]
    with _running([*env.get("SERVER_UNDER", "").split(), *command], folder, env, port):
        yield


@contextmanager
def working(project: Path, env: Mapping[str, str], workers: int) -> Iterator[str]:
    """Serve a project's API from the database that `env` names; gives its address."""
    port = free_port()
    words = ["app.main:create_app", "--factory", "--port", str(port), "--workers", str(workers)]
    with _running([sys.executable, "-m", "uvicorn", *words, *QUIET], project, env, port):
        yield f"http://127.0.0.1:{port}/api/v1"


def inside() -> dict[str, str]:
    """Give the environment in which a project's own modules are found."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return os.environ | {"PYTHONPATH": "src:.", "PATH": path}


def free_port() -> int:
    """Give a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def _running(command: list[str], folder: Path, env: Mapping[str, str], port: int) -> Iterator[None]:
    server = subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port, server)
        yield
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"the server on port {port} did not start")
