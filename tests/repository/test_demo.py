"""`make demo`, on this machine: it answers, and leaves nothing running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
PORT = "8731"
SECONDS = 300
MORE_THAN_A_PIPE_HOLDS = 65_536


def processes_in(folder: Path) -> list[str]:
    """The command lines that name the folder."""
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    return [line for line in listed.stdout.splitlines() if f"{folder}/" in line]


def ask_often() -> None:
    """Ask the demo more often than what it says of it would fit into a pipe that nobody reads."""
    for _ in range(400):
        with pytest.raises(HTTPError, match="401"):
            urlopen(f"http://127.0.0.1:{PORT}/api/v1/session", timeout=20)


@pytest.mark.full
@pytest.mark.parametrize("example", ["quotes", "field_service"])
def test_the_demo_answers_and_leaves_nothing_running(tmp_path: Path, example: str) -> None:
    """The first with passwords, the second with a provider of single sign-on beside it."""
    place, log = tmp_path / "demo", tmp_path / "log"
    surroundings = {k: v for k, v in os.environ.items() if k != "DEVELOPMENT_STATE"}
    surroundings["PYTHONUNBUFFERED"] = "1"
    options = ("--blueprint", f"examples/{example}.yml", "--dir", str(place), "--port", PORT)
    with log.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "dev.demo", *options],
            cwd=ROOT,
            stderr=file,
            stdout=file,
            env=surroundings,
        )
        deadline = time.monotonic() + SECONDS
        while "Stop with Ctrl-C." not in log.read_text().split("It answers:")[-1]:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.5)
        assert "→ 200" in log.read_text()
        assert processes_in(place)
        ask_often()
        assert (place / ".dev/demo.log").stat().st_size > MORE_THAN_A_PIPE_HOLDS
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    assert processes_in(place) == []
