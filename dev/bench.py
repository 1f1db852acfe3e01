"""`make bench`: ratios within one run, so that machines can be compared.

    python -m dev.bench          everything
    python -m dev.bench help new records list pages million

Each figure is the best of several runs; what is compared runs in turn, so that a busy machine
slows both.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dev import million, page_speed, speed
from dev.projects import ROOT, command
from dev.sizes import blueprint_of
from scaffold.answers import as_yaml
from scaffold.document import Document, read_document
from scaffold.interview.words import Words
from scaffold.preparing import Wishes, prepare

EXAMPLE = ROOT / "examples" / "field_service.yml"
HELP_AT_MOST = 14.0
NEW_AT_MOST = 1.25
LIST_AT_LEAST = 0.018
P99_UNDER = 64.0
RECORDS = (1, 10, 20, 40)
PAGE_WANTED = 1.5
PAGE_AT_MOST = 2.25
WANTED = 3.0
"""What a request is wanted to be within, of the one statement that it is about."""
MILLION_AT_MOST = 25.0


@dataclass(frozen=True, slots=True)
class Timed:
    """A command and the folder that it fills, if it fills one."""

    command: list[str]
    into: Path | None = None


def main(wanted: list[str]) -> int:
    """Print what is wanted, or everything; 1 when a ratio is over its limit."""
    known: dict[str, Callable[[], bool]] = {
        "help": _help,
        "new": _new,
        "records": _records,
        "list": _list,
        "pages": _pages,
        "million": _million,
    }
    strange = [name for name in wanted if name not in known]
    if strange:
        sys.stderr.write(f"There is {', '.join(known)}; not {', '.join(strange)}.\n")
        return 2
    results = [known[name]() for name in wanted or known]
    return 0 if all(results) else 1


def _help() -> bool:
    """`scaffold --help` against an interpreter that does nothing."""
    nothing = Timed([sys.executable, "-c", "pass"])
    ours = Timed([sys.executable, "-m", "scaffold", "--help"])
    return _ratio("scaffold --help / python -c pass", ours, nothing, HELP_AT_MOST, times=15)


def _new() -> bool:
    """`scaffold new` against bare copier with the same answers, neither with git or a lock."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _write_answers(read_document(EXAMPLE), place / "answers.yml")
        ours = Timed(command(EXAMPLE, place / "ours"), place / "ours")
        data = ("--data-file", str(place / "answers.yml"), "--defaults", "--quiet", "-r", "HEAD")
        plain = [sys.executable, "-m", "copier", "copy", *data, str(ROOT), str(place / "plain")]
        name = "scaffold new / copier copy"
        return _ratio(name, ours, Timed(plain, place / "plain"), NEW_AT_MOST, times=5)


def _records() -> bool:
    """How `scaffold new` grows with the number of records."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        first = 0.0
        for count in RECORDS:
            (place / "b.yml").write_text(blueprint_of(count), encoding="utf-8")
            timed = Timed(command(place / "b.yml", place / "out"), place / "out")
            seconds = min(_seconds(timed) for _ in range(3))
            first = first or seconds
            figure = f"{seconds:6.2f} s   {seconds / first:5.2f} ×"
            _print(f"scaffold new, {count:2} records", figure)
    return True


def _list() -> bool:
    """A list of 20 rows behind a sign-in against a bare Starlette, one worker, 16 connections."""
    found = speed.measure()
    kept, free = found.kept, found.free
    _print("list of 20 rows / bare hello", f"{kept.ratio:7.4f}   at least {LIST_AT_LEAST:g}")
    _print(
        f"its p99 where hello makes {speed.EVEN_RATE:,}/s",
        f"{kept.even_p99:6.1f} ms  under {P99_UNDER:g} ms",
    )
    _print("its p99 here", f"{kept.p99:6.1f} ms")
    _print("the same, on any core", f"{free.ratio:7.4f}   p99 {free.p99:.1f} ms")
    return kept.ratio >= LIST_AT_LEAST and kept.even_p99 < P99_UNDER


def _pages() -> bool:
    """Pages with lists against the API's answer with the same rows."""
    kept = True
    for name, ratio in page_speed.measure():
        bounds = f"wanted {PAGE_WANTED:g}, at most {PAGE_AT_MOST:g}"
        _print(f"page of 25 {name} / the API", f"{ratio:6.2f} ×   {bounds}")
        kept = kept and ratio <= PAGE_AT_MOST
    return kept


def _million() -> bool:
    """Lists and adding among a million rows, against the same SQL; this takes some minutes."""
    kept = True
    for name, found in million.measure(_say):
        rates = f"{found.requests:,.0f}/s of {found.statements:,.0f}/s"
        _print(
            name, f"{found.load:6.2f} ×   wanted {WANTED:g}, at most {MILLION_AT_MOST:g}   {rates}"
        )
        times = f"{found.request_ms:.2f} ms to {found.statement_ms:.2f} ms"
        _print("  one at a time", f"{found.alone:6.2f} ×   wanted {WANTED:g}   {times}")
        kept = kept and found.load <= MILLION_AT_MOST
    return kept


def _say(words: str) -> None:
    """Say what goes on, where nobody reads figures."""
    sys.stderr.write(f"{words}\n")


def _write_answers(document: Document, path: Path) -> None:
    prepared = prepare(document, Wishes(defaults=True), lambda: Words(ROOT))
    path.write_text(as_yaml(prepared.answers), encoding="utf-8")


def _ratio(name: str, ours: Timed, theirs: Timed, at_most: float, times: int) -> bool:
    pairs = [(_seconds(ours), _seconds(theirs)) for _ in range(times)]
    ratio = min(first for first, _ in pairs) / min(second for _, second in pairs)
    _print(name, f"{ratio:6.2f} ×   at most {at_most:g}")
    return ratio <= at_most


def _seconds(timed: Timed) -> float:
    if timed.into is not None:
        subprocess.run(["rm", "-rf", str(timed.into)], check=True)
    began = time.perf_counter()
    subprocess.run(timed.command, cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - began


def _print(name: str, figure: str) -> None:
    sys.stdout.write(f"{name:40} {figure}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
