"""`make demo`: generate a project, start it, sign in, ask it something, stop it with Ctrl-C."""

from __future__ import annotations

import argparse
import os
import secrets
import signal
import sys
from pathlib import Path
from types import FrameType

from dev.demo_client import Client
from dev.demo_project import kept_log, made, running
from scaffold.blueprint import Blueprint, load
from scaffold.commands import new
from scaffold.document import read_document
from scaffold.errors import InputError
from scaffold.names import record_names
from scaffold.outcome import outcome
from scaffold.project import ANSWERS_FILE

WHO = "demo@example.com"
AT_PROVIDER = "you"
"""Who has all roles at the provider of development."""
KEPT = Path(".dev") / "demo-account"
LOG = Path(".dev") / "demo.log"


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
    _say("Making the project's environment and starting it …")
    with running(place, options.port) as (server, address):
        client = Client(address)
        entrance = _sign_in(client, place, blueprint)
        path = _list_path(blueprint)
        status, found = client.call("GET", path)
        _tell(blueprint, place, address, entrance, f"GET {path} → {status} {found}")
        if status != 200 or options.once:  # noqa: PLR2004
            return 0 if status == 200 else 1  # noqa: PLR2004
        try:
            return kept_log(server, place / LOG)
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


def _sign_in(client: Client, place: Path, blueprint: Blueprint) -> str:
    """As somebody with every role; gives the words with which a person does the same.

    The first time, examples are made too: an empty system shows nothing.
    """
    kept = place / KEPT
    first = not kept.is_file()
    if (place / "dev" / "provider.py").is_file():
        if first:
            _keep(kept, AT_PROVIDER)
            _make_examples(place)
        client.sign_in_at_provider(AT_PROVIDER)
        return f"as `{AT_PROVIDER}`, who has all roles, or as somebody with one"
    if first:
        password = secrets.token_urlsafe(18)
        client.accept(_invitation(place, blueprint), password)
        _keep(kept, password)
        _make_examples(place)
    else:
        password = kept.read_text(encoding="utf-8").strip()
        client.sign_in(WHO, password)
    return f"{WHO}\n              {password}   (kept in {kept})"


def _invitation(place: Path, blueprint: Blueprint) -> str:
    """Invite the first administrator, with every role; gives the token."""
    roles = [word for role in blueprint.roles for word in ("--role", role)]
    said = made(place, "admin", f"ARGS=admin first {WHO} {' '.join(roles)}")
    return said.strip().splitlines()[-1]


def _keep(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)  # the cluster may be kept elsewhere
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(f"{text}\n")


def _make_examples(place: Path) -> None:
    _say("Making examples …")
    made(place, "seed")


def _list_path(blueprint: Blueprint) -> str:
    """A list that some role may see; the people themselves when there is none."""
    for record in blueprint.records.values():
        if record.part_of is None and any(grant.verb == "see" for grant in record.grants):
            return f"/api/v1/{record_names(record.name, record.plural).route}"
    return "/api/v1/session"


def _tell(blueprint: Blueprint, place: Path, address: str, entrance: str, answer: str) -> None:
    _say(
        f"\n{blueprint.app} is in {place}.\n"
        f"Open:         {address}\n"
        f"Sign in:      {entrance}\n"
        f"Its API:      {address}/docs\n"
        f"It answers:   {answer}\n"
        f"Its log:      {place / LOG}\n"
        "Stop with Ctrl-C.\n"
    )


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
