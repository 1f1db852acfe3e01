"""The API of each example holds against requests made from its own description."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.generated.making import Projects, surroundings

EXAMPLES = os.environ.get("SOLIDGROUND_REQUESTS", "60")
"""Made-up requests for each operation and phase: 60 come to 9,000 and more in all."""
LEAST_CASES = 40 * int(EXAMPLES)
SERVER = Path(__file__).with_name("answering.py")


@contextmanager
def answering(project: Path, port: int) -> Iterator[str]:
    """The project's API on a database of its own; gives the session of somebody with all roles."""
    command = [sys.executable, "-m", "dev.env", "--", sys.executable, str(SERVER), str(port)]
    more = {"APP_LOG_LEVEL": "ERROR", "APP_SIGN_IN_TRIES": "1000000"}
    more |= {"DEVELOPMENT_STATE": str(project / ".dev")}
    env = surroundings(project) | more
    server = subprocess.Popen(command, cwd=project, env=env, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        token = server.stdout.readline().strip()
        assert token, "the server did not start"
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield token
    finally:
        server.terminate()
        server.communicate()


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.mark.full
@pytest.mark.parametrize("name", ["quotes", "clinic_intake", "field_service"])
def test_no_request_is_answered_against_the_description(
    projects: Projects, tmp_path: Path, took: list[str], name: str
) -> None:
    project = projects.copy(name, tmp_path / "project")
    port = free_port()
    with answering(project, port) as session:
        command = [
            *(str(Path(sys.executable).with_name("st")), "--config-file", "schemathesis.toml"),
            *("run", f"http://127.0.0.1:{port}/openapi.json", "--checks", "all"),
            *("--max-examples", EXAMPLES, "--exclude-path-regex", "/api/v1/session$"),
            *("--no-color", "--continue-on-failure", "--generation-database", "none"),
        ]
        env = surroundings(project) | {"SESSION": session}
        done = subprocess.run(
            command, cwd=project, env=env, capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stdout[-8_000:] + done.stderr
    found = re.search(r"([0-9]+) generated, ([0-9]+) passed", done.stdout)
    assert found is not None, done.stdout[-2_000:]
    assert int(found[1]) == int(found[2]) >= LEAST_CASES
    took.append(f"{name}: {found[1]} made-up requests, all answered as described")
