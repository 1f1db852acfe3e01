"""A private PostgreSQL server of this project: started, found again, and stopped.

It listens on a Unix socket in a folder that only its owner can open, and on no network address.
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import shutil
import signal
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from dev import DevelopmentError
from dev.account import Account, can_write, give, private_folder, run, state_folder, unprivileged
from dev.processes import is_server_of, recorded_process, version_of
from dev.programs import Programs, find

PORT = 5432
SUPERUSER = "postgres"
LONGEST_SOCKET_PATH = 103  # bytes; macOS allows 103, Linux 107
SECONDS_TO_ANSWER = 15
OPTIONS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "shared_buffers": "64MB",
    "synchronous_commit": "off",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


@dataclass(frozen=True, slots=True)
class Server:
    """Where a private server lives, and under which account it runs."""

    folder: Path
    socket_folder: Path
    account: Account | None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def is_running(self) -> bool:
        """Whether a live process of ours owns the data folder."""
        return is_server_of(recorded_process(self.data), self.data)

    def start(self) -> None:
        """Start the server, making its data folder first if there is none.

        Raises DevelopmentError with the end of the server's log when it does not come up.
        """
        programs = find(self.account, self.folder, version_of(self.data))
        if not self.data.exists():
            self._make_data(programs)
        self._forget_the_dead()
        deadline = time.monotonic() + SECONDS_TO_ANSWER
        while self._pg_ctl(programs, "start", "-l", self.log, "-o", self._options()) != 0:
            # Children of a server that was killed need a moment to notice and leave.
            if "still in use" not in self._end_of_log() or time.monotonic() > deadline:
                raise DevelopmentError(
                    f"PostgreSQL did not start. The end of {self.log}:\n{self._end_of_log()}"
                )
            time.sleep(0.2)

    def stop(self) -> None:
        """Stop the server if it runs; open connections are ended."""
        process = recorded_process(self.data)
        deadline = time.monotonic() + SECONDS_TO_ANSWER
        if process and self.is_running():
            os.kill(process, signal.SIGINT)  # PostgreSQL's "fast" shutdown
        while self.is_running():
            if time.monotonic() > deadline:
                raise DevelopmentError(f"PostgreSQL (process {process}) did not stop: {self.log}")
            time.sleep(0.02)

    def remove(self) -> None:
        """Delete the stopped server with all its data."""
        for folder in (self.folder, self.socket_folder):
            shutil.rmtree(folder, ignore_errors=True)

    def _pg_ctl(self, programs: Programs, verb: str, *words: str | Path) -> int:
        command = [programs.folder / "pg_ctl", verb, "-D", self.data, "-w", "-t", "60", *words]
        return run(command, self.account).returncode

    def _options(self) -> str:
        options = OPTIONS | {"unix_socket_directories": str(self.socket_folder)}
        return " ".join(shlex.quote(f"--{name}={value}") for name, value in options.items())

    def _make_data(self, programs: Programs) -> None:
        """Build the data folder beside its place and move it there whole."""
        unfinished, said = self.folder / "data.unfinished", ""
        for locale in _locales(programs):
            run(["rm", "-rf", unfinished], self.account)
            made = run(
                [
                    *(programs.folder / "initdb", "-D", unfinished, "-U", SUPERUSER),
                    *("--auth=trust", "--encoding=UTF8", "--no-sync", *locale),
                ],
                self.account,
            )
            if made.returncode == 0:
                unfinished.rename(self.data)
                return
            said = made.stderr.strip()
        raise DevelopmentError(f"PostgreSQL could not make {self.data}:\n{said}")

    def _forget_the_dead(self) -> None:
        """Clear what a killed server left, where PostgreSQL itself would not dare to.

        It takes any live process with the recorded number for a server, also one that only
        inherited the number, or a zombie. Naming ourselves instead makes it look further: it
        still refuses while children of the old server hold its memory.
        """
        record = self.data / "postmaster.pid"
        if record.exists() and not self.is_running():
            _, _, rest = record.read_text().partition("\n")
            record.unlink()
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
            with open(os.open(record, flags, 0o600), "w", encoding="utf-8") as renewed:
                renewed.write(f"{os.getpid()}\n{rest}")
            give(record, self.account)
        (self.socket_folder / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)

    def _end_of_log(self) -> str:
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])
        except FileNotFoundError:
            return "(the log is empty)"


def private_server(state: Path) -> Server:
    """The private server that keeps its data under `state`.

    As root, where the server's account cannot reach `state`, the data goes under /var/tmp.
    """
    account = unprivileged(state_folder(state))
    folder = private_folder(state / "postgres", account)
    if not can_write(folder, account):
        if account is None:
            raise DevelopmentError(f"{folder} cannot be written to. Is it another user's?")
        folder = private_folder(Path("/var/tmp") / _short_name(state), account)  # noqa: S108  # nosec B108
    return Server(folder, private_folder(_socket_folder(folder), account), account)


def _socket_folder(folder: Path) -> Path:
    """Beside the data, unless its path is too long or too odd for a socket."""
    beside = folder / "socket"
    length = len(os.fsencode(beside / f".s.PGSQL.{PORT}"))
    if length <= LONGEST_SOCKET_PATH and re.fullmatch(r"[\w./-]+", str(beside), re.ASCII):
        return beside
    return Path(tempfile.gettempdir()) / _short_name(folder)


def _short_name(path: Path) -> str:
    return f"postgres-{hashlib.sha256(os.fsencode(path)).hexdigest()[:16]}"


def _locales(programs: Programs) -> list[tuple[str, ...]]:
    """Ways to ask for letters beyond ASCII that do not depend on the machine's language."""
    if programs.major >= 17:  # noqa: PLR2004 - the first version with a locale of its own
        return [("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")]
    return [("--locale=C.UTF-8",), ("--locale=en_US.UTF-8",), ("--locale=C",)]
