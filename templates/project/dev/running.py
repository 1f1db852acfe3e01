"""Programs that run side by side, and whose words come in order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

from dev import PROJECT

SECONDS_BETWEEN_LOOKS = 0.05
SECONDS_TO_END = 10
PIECE = 65_536
# What programs that print into a file need to be told, where a person reads it in the end.
COLOURS = {"CLICOLOR_FORCE": "1", "MYPY_FORCE_COLOR": "1", "PY_COLORS": "1"}


@dataclass(slots=True)
class Running:
    """A program under way; what it prints is kept until it is this program's turn."""

    process: subprocess.Popen[bytes]
    printed: IO[bytes]
    began: float = field(default_factory=time.monotonic)
    shown: int = 0
    seconds: float = 0.0

    @classmethod
    def start(cls, command: Sequence[str]) -> Running:
        """Start a program in the project's folder; `end` it in the end."""
        printed = tempfile.TemporaryFile()  # noqa: SIM115  (`end` closes it)
        process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
        return cls(process, printed)

    def goes_on(self) -> bool:
        """Whether it has not ended yet; notes how long it took when it has."""
        if self.process.returncode is None and self.process.poll() is not None:
            self.seconds = time.monotonic() - self.began
        return self.process.returncode is None

    def show(self) -> None:
        """Hand on what it has printed since the last time."""
        sys.stdout.flush()
        while piece := os.pread(self.printed.fileno(), PIECE, self.shown):
            self.shown += len(piece)
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()

    def end(self) -> None:
        """Ask it to end as Ctrl-C does, so that it can put its things away, and wait for that."""
        if self.goes_on():
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.printed.close()


def processors() -> int:
    """How many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)  # Linux has it
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _environment() -> Mapping[str, str]:
    if sys.stdout.isatty() and "NO_COLOR" not in os.environ:
        return os.environ | COLOURS
    return os.environ
