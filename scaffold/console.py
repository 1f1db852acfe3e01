"""All printing: data on stdout, talk on stderr, understandable without colour."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

PATIENCE = 1.0
"""Seconds after which a person wants to see that something still happens."""


def say(text: str = "") -> None:
    """Talk to the person: stderr."""
    print(text, file=sys.stderr, flush=True)


def data(text: str) -> None:
    """What was asked for: stdout, with one line end."""
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
    sys.stdout.flush()


def data_as_json(value: Any) -> None:
    """What was asked for, for a machine."""
    data(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True))


def warn(text: str, items: Iterable[str] = ()) -> None:
    """Something to know that stops nothing; `items` each on a line."""
    say(f"warning: {text}")
    for item in items:
        say(f"  - {item}")


def talks_to_a_person() -> bool:
    """Whether somebody can type answers and see the questions."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(prompt: str) -> str:
    """One line typed by the person; EOFError when there is nobody."""
    sys.stderr.write(prompt)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.strip()


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say what is going on; on a terminal, count the seconds once it takes longer than one."""
    if not sys.stderr.isatty():
        say(f"{what} …")
        yield
        return
    done = threading.Event()
    clock = threading.Thread(target=_count, args=(what, done), daemon=True)
    clock.start()
    try:
        yield
    finally:
        done.set()
        clock.join()
        sys.stderr.write(f"\r{what} …        \n")
        sys.stderr.flush()


def _count(what: str, done: threading.Event) -> None:
    began = time.monotonic()
    sys.stderr.write(f"{what} …")
    sys.stderr.flush()
    while not done.wait(PATIENCE):
        sys.stderr.write(f"\r{what} … {time.monotonic() - began:.0f} s")
        sys.stderr.flush()
