"""The API of each example holds against requests made from its own description."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dev.serving import answering, free_port
from tests.generated.making import Projects, surroundings

EXAMPLES = os.environ.get("SOLIDGROUND_REQUESTS", "60")
"""Made-up requests for each operation and phase: 60 come to 9,000 and more in all."""
LEAST_CASES = 40 * int(EXAMPLES)
ROWS = 5
MORE = {"APP_LOG_LEVEL": "ERROR", "APP_SIGN_IN_TRIES": "1000000"}


@pytest.mark.full
@pytest.mark.parametrize("name", ["quotes", "clinic_intake", "field_service"])
def test_no_request_is_answered_against_the_description(
    projects: Projects, tmp_path: Path, took: Callable[[str], None], name: str
) -> None:
    project = projects.copy(name, tmp_path / "project")
    port = free_port()
    env = surroundings(project) | MORE | {"DEVELOPMENT_STATE": str(project / ".dev")}
    with answering(project, port, env, ROWS) as session:
        command = [
            *(str(Path(sys.executable).with_name("st")), "--config-file", "schemathesis.toml"),
            *("run", f"http://127.0.0.1:{port}/openapi.json", "--checks", "all"),
            *("--max-examples", EXAMPLES, "--exclude-path-regex", "/api/v1/session$"),
            *("--no-color", "--continue-on-failure", "--generation-database", "none"),
        ]
        known = surroundings(project) | {"SESSION": session}
        done = subprocess.run(
            command, cwd=project, env=known, capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stdout[-8_000:] + done.stderr
    found = re.search(r"([0-9]+) generated, ([0-9]+) passed", done.stdout)
    assert found is not None, done.stdout[-2_000:]
    assert int(found[1]) == int(found[2]) >= LEAST_CASES
    took(f"{name}: {found[1]} made-up requests, all answered as described")
