"""`make demo`: generate a project, start it, sign in, ask it something, stop it with Ctrl-C."""

from __future__ import annotations

import argparse
import os
import re
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from dev.demo_client import Client
from scaffold.blueprint import Blueprint, load
from scaffold.commands import new
from scaffold.document import read_document
from scaffold.errors import InputError
from scaffold.lock import find_uv
from scaffold.names import record_names
from scaffold.outcome import outcome
from scaffold.project import ANSWERS_FILE

WHO = "demo@example.com"
PASSWORD_FILE = Path(".dev") / "demo-password"
SECONDS_TO_END = 30
_RUNNING = re.compile(r"Running on (http://\S+)")


def main() -> int:
    """0 when it was ended by hand, 1 when something did not work."""
    options = _options()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)  # SIGINT too: a shell may have us ignore it
    return outcome(lambda: _demo(options))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make demo")
    parser.add_argument("--blueprint", type=Path, required=True)
    parser.add_argument("--dir", type=Path, required=True)
    parser.add_argument("--port", default="8000")
    parser.add_argument("--once", action="store_true", help="stop after the request")
    return parser.parse_args()


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _demo(options: argparse.Namespace) -> int:
    place: Path = options.dir
    _generate(options.blueprint, place)
    document = read_document(place)
    blueprint = load(document.content, document.name)
    with _running(place, options.port) as (server, address):
        client = Client(address)
        password = _sign_in(client, place, blueprint)
        path = _list_path(blueprint)
        status, found = client.call("GET", path)
        _tell(blueprint, place, address, password, f"GET {path} → {status} {found}")
        if status != 200 or options.once:  # noqa: PLR2004
            return 0 if status == 200 else 1  # noqa: PLR2004
        try:
            return server.wait()
        except KeyboardInterrupt:
            return 0


def _generate(blueprint: Path, place: Path) -> None:
    """Make the project, or take the one that an earlier demo of the same blueprint made."""
    if not (place / ANSWERS_FILE).is_file():
        new.run(place, blueprint, defaults=True)
        return
    wanted, there = (_app(path) for path in (blueprint, place))
    if wanted != there:
        raise InputError(
            f"{place} already holds {there}, and {blueprint} is {wanted}.",
            "choose another folder: make demo DIR=…",
        )
    _say(f"{place} is there already; starting it.")


def _app(path: Path) -> str:
    document = read_document(path)
    return load(document.content, document.name).app


@contextmanager
def _running(place: Path, port: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The project's own `make run`, and its address; ended with everything that it started."""
    _say("Making the project's environment and starting it …")
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


def _sign_in(client: Client, place: Path, blueprint: Blueprint) -> str:
    """As the first administrator with every role, made now or by an earlier demo.

    Gives the password. The first time, examples are made too: an empty system shows nothing.
    """
    kept = place / PASSWORD_FILE
    if kept.is_file():
        password = kept.read_text(encoding="utf-8").strip()
        client.sign_in(WHO, password)
        return password
    roles = [word for role in blueprint.roles for word in ("--role", role)]
    said = _made(place, "admin", f"ARGS=admin first {WHO} {' '.join(roles)}")
    kept.parent.mkdir(mode=0o700, exist_ok=True)  # the cluster may be kept elsewhere
    password = secrets.token_urlsafe(18)
    client.accept(said.strip().splitlines()[-1], password)
    with open(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(f"{password}\n")
    _say("Making examples …")
    _made(place, "seed")
    return password


def _made(place: Path, *words: str) -> str:
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


def _list_path(blueprint: Blueprint) -> str:
    """A list that some role may see; the people themselves when there is none."""
    for record in blueprint.records.values():
        if record.part_of is None and any(grant.verb == "see" for grant in record.grants):
            return f"/api/v1/{record_names(record.name, record.plural).route}"
    return "/api/v1/session"


def _tell(blueprint: Blueprint, place: Path, address: str, password: str, answer: str) -> None:
    _say(
        f"\n{blueprint.app} is in {place}.\n"
        f"Open:         {address}\n"
        f"Sign in:      {WHO}\n"
        f"              {password}   (kept in {place / PASSWORD_FILE})\n"
        f"Its API:      {address}/docs\n"
        f"It answers:   {answer}\n"
        "Stop with Ctrl-C.\n"
    )


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
