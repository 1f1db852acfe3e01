"""What a data folder says about its server, and whether that is still true."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def version_of(data: Path) -> int | None:
    """The major version of PostgreSQL that made a data folder; None if there is none."""
    try:
        return int((data / "PG_VERSION").read_text())
    except (FileNotFoundError, ValueError):
        return None


def recorded_process(data: Path) -> int | None:
    """The number of the process that last claimed the data folder, alive or not."""
    try:
        return int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def is_server_of(process: int | None, data: Path) -> bool:
    """Whether `process` is a server over `data`: alive, not a zombie, not a reused number."""
    if process is None or process == os.getpid():
        return False
    if Path("/proc/self").exists():
        try:
            command = Path(f"/proc/{process}/cmdline").read_bytes()  # empty for a zombie
        except OSError:
            return False
        return os.fsencode(data) in command.split(b"\0")
    listed = subprocess.run(
        ["/bin/ps", "-o", "command=", "-p", str(process)],
        capture_output=True,
        text=True,
        check=False,
    )
    return str(data) in listed.stdout
