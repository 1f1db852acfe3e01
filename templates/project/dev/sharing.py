"""Several processes use one private server; the last one to let go stops it.

Who uses it is told by locks on files, which the system releases when a process dies, however it
dies. `keep` (the command `start`) leaves the server running without a user.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dev import DevelopmentError
from dev.account import like_parent, state_folder
from dev.server import Server, private_server

SECONDS_TO_WAIT_FOR_ANOTHER_START = 90


@dataclass(slots=True)
class Share:
    """One user's part in keeping a private server running.

    `started` tells whether taking it is what started the server.
    """

    server: Server
    state: Path
    started: bool = False
    _in_use: int | None = field(default=None, repr=False)

    @classmethod
    def take(cls, state: Path) -> Share:
        """Start the server of `state` unless it runs, and count as one of its users."""
        with _turn(state):
            share = cls(private_server(state), state)
            if not share.server.is_running():
                share.server.start()
                share.started = True
            share._in_use = _open(state / "postgres.users")
            fcntl.flock(share._in_use, fcntl.LOCK_SH)
        atexit.register(share.release)
        return share

    def release(self) -> None:
        """Stop counting as a user; stop the server if nobody else does. Twice is fine."""
        atexit.unregister(self.release)
        if self._in_use is None:
            return
        with _turn(self.state):
            try:
                fcntl.flock(self._in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if not _kept(self.state).exists():
                    self.server.stop()
            except BlockingIOError:
                pass  # somebody else still uses it
            finally:
                os.close(self._in_use)
                self._in_use = None

    def keep(self) -> None:
        """Leave the server running when its last user lets go, until `stop_now`."""
        _kept(self.state).touch()


def stop_now(state: Path, *, remove: bool = False) -> bool:
    """Stop the server of `state` whoever uses it; False when it was not running.

    With `remove`, its data goes too.
    """
    with _turn(state):
        server = private_server(state)
        _kept(state).unlink(missing_ok=True)
        was_running = server.is_running()
        server.stop()
        if remove:
            server.remove()
    return was_running


def _kept(state: Path) -> Path:
    return state / "postgres.kept"


def _open(path: Path) -> int:
    try:
        if not path.exists():
            path.touch(mode=0o600)
            like_parent(path)
        return os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except PermissionError:
        raise DevelopmentError(
            f"{path} belongs to another user of this machine. Work as that user, or delete the "
            f"folder {path.parent}."
        ) from None


@contextlib.contextmanager
def _turn(state: Path) -> Iterator[None]:
    """One process at a time looks at the server and starts or stops it."""
    lock = _open(state_folder(state) / "postgres.turn")
    deadline = time.monotonic() + SECONDS_TO_WAIT_FOR_ANOTHER_START
    try:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise DevelopmentError(
                        "Another process has been starting or stopping the database for "
                        f"{SECONDS_TO_WAIT_FOR_ANOTHER_START} seconds. End it and try again."
                    ) from None
                time.sleep(0.02)
        yield
    finally:
        os.close(lock)
