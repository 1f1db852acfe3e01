"""`make demo`, on this machine: it answers, and leaves nothing running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PORT = "8731"
SECONDS = 300


def processes_in(folder: Path) -> list[str]:
    """The command lines that name the folder."""
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    return [line for line in listed.stdout.splitlines() if f"{folder}/" in line]


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
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    assert processes_in(place) == []
