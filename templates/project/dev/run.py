"""Starts everything: `make run`. Ctrl-C ends everything.

The database is brought up and migrated, then the application answers on this machine only and
starts again whenever its code changes. A worker runs beside it, with the code as it was at the
start, and whatever else signing in needs. PORT chooses the port; the next free one is taken.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from types import FrameType

from dev import PROJECT, DevelopmentError
from dev.entering import beside, welcome
from dev.env import environment

HOST = "127.0.0.1"
FIRST_PORT = 8000
PORTS_TO_TRY = 20
SECONDS_TO_START = 30
SECONDS_TO_END = 10


class _Ended(BaseException):
    """Somebody asked us to end."""


def main() -> int:
    """Run until somebody ends it; 0 then, 1 when it could not start or broke down."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    try:
        with environment() as env:
            _migrate(env)
            return _serve(_free_port(), env)
    except DevelopmentError as error:
        print(error, file=sys.stderr)
        return 1
    except _Ended:
        return 0


def _end(number: int, frame: FrameType | None) -> None:
    for again in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(again, signal.SIG_IGN)  # so that what follows can finish
    raise _Ended


def _migrate(env: Mapping[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "alembic", "upgrade", "heads"],
        env=env,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DevelopmentError(
            f"The database could not be migrated.\n{done.stdout}{done.stderr}\n"
            "`make database-remove` starts again with an empty one."
        )


def _serve(port: int, env: Mapping[str, str]) -> int:
    """Run the server until it ends or we are asked to; nothing that runs beside it outlives us."""
    command = [
        *(sys.executable, "-m", "uvicorn", "dev.being:create_app", "--factory"),
        *("--host", HOST, "--port", str(port), "--reload", "--reload-dir", "src"),
        *("--no-server-header", "--no-access-log", "--no-proxy-headers", "--log-level", "warning"),
    ]
    work = [sys.executable, "-m", "app", "work"]
    address = f"http://{HOST}:{port}"
    env = {"APP_PUBLIC_URL": address, **env}
    others = beside(address)
    # Sessions of their own: Ctrl-C reaches us alone, and we end them in order.
    server = subprocess.Popen(command, env=env, cwd=PROJECT, start_new_session=True)
    worker = subprocess.Popen(work, env=env, cwd=PROJECT, start_new_session=True)
    running = (server, worker, *others)
    try:
        if _answers(server, port):
            _welcome(address, welcome(env))
        return 1 if server.wait() else 0
    finally:
        for process in running:
            process.terminate()
        for process in running:
            _await_end(process)


def _await_end(process: subprocess.Popen[bytes]) -> None:
    """Wait until a process has put its things away; one that takes too long is ended."""
    try:
        process.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _answers(server: subprocess.Popen[bytes], port: int) -> bool:
    """Whether the server accepts connections before it ends or the time is over."""
    deadline = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and time.monotonic() < deadline:
        with socket.socket() as client:
            if client.connect_ex((HOST, port)) == 0:
                return True
        time.sleep(0.05)
    return False


def _welcome(address: str, how: str) -> None:
    print(f"\n  Running on {address}   (its API: {address}/docs)")
    print(f"  {how}\n  Stop with Ctrl-C.\n", flush=True)


def _free_port() -> int:
    wanted = os.environ.get("PORT", str(FIRST_PORT))
    if not wanted.isdigit() or not 0 < int(wanted) < 65_536:  # noqa: PLR2004
        raise DevelopmentError(f"PORT is a number from 1 to 65535, not {wanted!r}.")
    first = int(wanted)
    for port in range(first, min(first + PORTS_TO_TRY, 65_536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise DevelopmentError(f"Ports {first} to {first + PORTS_TO_TRY - 1} are all taken; set PORT.")


if __name__ == "__main__":
    sys.exit(main())
