"""Runs a command as the application runs in development: its database up, its settings given.

    python -m dev.env -- COMMAND WORD...

What is already in the environment wins, so APP_DATABASE_URL and APP_OWNER_DATABASE_URL together
point a command at another database.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from dev import PROJECT, STATE, DevelopmentError
from dev.account import like_parent, state_folder
from dev.postgres import DATABASE, Cluster, ensure_cluster
from dev.roles import APP, OWNER

ADDRESSES = ("APP_DATABASE_URL", "APP_OWNER_DATABASE_URL")


@contextmanager
def environment(state: Path = STATE) -> Iterator[dict[str, str]]:
    """The environment variables of development; the database runs until the end."""
    given = {name: os.environ[name] for name in ADDRESSES if name in os.environ}
    if len(given) == 1:
        raise DevelopmentError(f"{' and '.join(ADDRESSES)} go together: set both or neither.")
    settings = {"APP_ENVIRONMENT": "development", "APP_MAIL_FOLDER": str(state / "mailbox")}
    settings |= own_secrets(state)
    if given:
        yield settings | os.environ
        return
    with ensure_cluster(state) as cluster:
        yield settings | addresses(cluster) | os.environ


def addresses(cluster: Cluster, database: str = DATABASE) -> dict[str, str]:
    """The environment variables that name a database for the two roles."""
    urls = (cluster.url(database, APP), cluster.url(database, OWNER))
    return dict(zip(ADDRESSES, urls, strict=True))


def own_secrets(state: Path = STATE) -> dict[str, str]:
    """Secrets of this checkout, made once and kept where only you can read them."""
    path = state / "secrets.json"
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        kept = _new_secrets()
        unfinished = state_folder(state) / f"secrets.{os.getpid()}"
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(kept, file)
        try:
            os.link(like_parent(unfinished), path)
        except FileExistsError:  # another process was quicker: use what it made
            kept = json.loads(path.read_text(encoding="utf-8"))
        finally:
            unfinished.unlink()
    except (OSError, ValueError) as error:
        raise DevelopmentError(
            f"{path} cannot be read ({error}). Delete it to get new secrets."
        ) from None
    return {str(name): str(value) for name, value in kept.items()}


def run(command: list[str], env: Mapping[str, str]) -> int:
    """Run `command` until it ends, handing on the signals that are meant to end it."""
    with subprocess.Popen(command, env=env, cwd=PROJECT) as process:
        # From a terminal the command gets Ctrl-C itself; we only wait for what it does with it.
        before = {signal.SIGINT: signal.signal(signal.SIGINT, signal.SIG_IGN)}
        before[signal.SIGTERM] = signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        try:
            code = process.wait()
        finally:
            for number, action in before.items():
                signal.signal(number, action)
    return code if code >= 0 else 128 - code


def main(words: list[str]) -> int:
    """Run the command and return its exit code."""
    command = words[1:] if words[:1] == ["--"] else words
    if not command:
        print("usage: python -m dev.env -- COMMAND WORD...", file=sys.stderr)
        return 2
    try:
        with environment() as env:
            return run(command, env)
    except FileNotFoundError:
        print(f"There is no command `{command[0]}`.", file=sys.stderr)
    except DevelopmentError as error:
        print(error, file=sys.stderr)
    return 1


def _new_secrets() -> dict[str, str]:
    def key() -> str:
        return base64.b64encode(secrets.token_bytes(32)).decode()

    return {
        "APP_SECRET_KEY": secrets.token_urlsafe(48),
        "APP_SEALING_KEYS": json.dumps({"local": key()}),
        "APP_BLIND_INDEX_KEY": key(),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
