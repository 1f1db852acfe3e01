"""A generated project, run as its user would: with its own Makefile."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scaffold.errors import InputError
from scaffold.lock import find_uv

SECONDS_TO_END = 30
_RUNNING = re.compile(r"Running on (http://\S+)")


@contextmanager
def running(place: Path, port: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The project's own `make run`, and its address; ended with everything that it started."""
    server = subprocess.Popen(
        ["make", "--no-print-directory", "run"],
        cwd=place,
        env=_environment() | {"PORT": port},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield server, _address(server)
    finally:
        _end(server)


def _address(server: subprocess.Popen[str]) -> str:
    for line in server.stdout or ():
        found = _RUNNING.search(line)
        if found:
            return found[1]
    raise InputError(f"The project did not start: `make run` ended with {server.wait()}.")


def kept_log(server: subprocess.Popen[str], file: Path) -> int:
    """Write down what the project says until it ends; gives how it ended.

    Somebody has to read it: a full pipe stops whoever writes into it.
    """
    file.parent.mkdir(mode=0o700, exist_ok=True)  # the cluster may be kept elsewhere
    with file.open("w", encoding="utf-8") as log:
        for line in server.stdout or ():
            log.write(line)
            log.flush()
    return server.wait()


def _end(server: subprocess.Popen[str]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # so that what follows can finish
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGTERM)
    try:
        server.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)


def _environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    kept.pop("VIRTUAL_ENV", None)
    return kept | {"UV": find_uv(), "PYTHONUNBUFFERED": "1"}


def made(place: Path, *words: str) -> str:
    """Run a target of the project's Makefile, and give what it says."""
    done = subprocess.run(
        ["make", "--no-print-directory", *words],
        cwd=place,
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise InputError(f"`make {words[0]}` did not work:\n{done.stderr.strip()}")
    return done.stdout
