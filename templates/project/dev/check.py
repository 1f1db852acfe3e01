"""The gate: `make check`. Every step is a program that can fail; one that is missing fails too.

    python -m dev.check [--keep-going] [STEP...]

As many steps run at once as there are processors, and what they say comes in the order below.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dev import STATE
from dev.running import SECONDS_BETWEEN_LOOKS, Running, processors


@dataclass(frozen=True, slots=True)
class Step:
    """One check: its name, the program and its words, and what to do about a failure."""

    name: str
    command: tuple[str, ...]
    advice: str


STEPS = (
    Step("lock", ("uv", "lock", "--check"), "run `make lock` and commit uv.lock"),
    Step("format", ("ruff", "format", "--check", "."), "run `make format`"),
    Step("lint", ("ruff", "check", "."), "run `make format`, then mend what is left"),
    Step("generated", ("python", "-m", "dev.generated"), "change blueprint.yml and update instead"),
    Step("contracts", ("lint-imports",), "see AGENTS.md for the direction of imports"),
    Step("security", ("bandit", "-q", "-c", "pyproject.toml", "-r", "src", "dev"), "mend the code"),
    Step(
        "secrets",
        ("python", "-m", "dev.secrets_in_files"),
        "take it out, and change it where it is in use",
    ),
    Step("workflows", ("zizmor", "--offline", "--persona=auditor", ".github"), "mend the workflow"),
    Step("types", ("mypy",), "mend the types"),
    Step(
        "migrations",
        ("python", "-m", "dev.migrations"),
        "run `make migration NAME=...`, or mend it",
    ),
    Step(
        "migration-sql",
        ("python", "-m", "dev.migrations", "sql"),
        "write the migration so that it locks nothing",
    ),
    Step("tests", ("pytest", "--cov", "--numprocesses=auto"), "mend the code or the test"),
)
LONGEST = "tests"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a step went."""

    step: Step
    failed: bool
    seconds: float


class Gate:
    """Steps of which some run at once."""

    def __init__(self, steps: Sequence[Step], at_once: int) -> None:
        self._at_once = at_once
        self._waiting = [step for step in steps if path_of(step).exists()]
        if at_once > 1:  # the others run beside the longest
            self._waiting.sort(key=lambda step: step.name != LONGEST)
        self._running: dict[str, Running] = {}

    def outcome(self, step: Step) -> Outcome:
        """Show what a step says, until it has ended."""
        print(f"== {step.name}", flush=True)
        if not path_of(step).exists():
            print(f"{step.command[0]} is not installed, so nothing was checked: `make install`.")
            return Outcome(step, failed=True, seconds=0.0)
        while True:
            self._start_more()
            if running := self._running.get(step.name):
                ended = not running.goes_on()
                running.show()
                if ended:
                    return Outcome(step, bool(running.process.returncode), running.seconds)
            time.sleep(SECONDS_BETWEEN_LOOKS)

    def end(self) -> None:
        """End what is still running."""
        for running in self._running.values():
            running.end()

    def _start_more(self) -> None:
        free = self._at_once - sum(one.goes_on() for one in self._running.values())
        for step in self._waiting[:free]:
            self._running[step.name] = Running.start([str(path_of(step)), *step.command[1:]])
        del self._waiting[:free]


def main(words: list[str]) -> int:
    """Run the named steps, all of them without a name; 1 if one failed."""
    names = [word for word in words if not word.startswith("-")]
    known = {step.name: step for step in STEPS}
    if wrong := [name for name in names if name not in known]:
        print(f"There is no step {', '.join(wrong)}. Steps: {' '.join(known)}", file=sys.stderr)
        return 2
    return passed([known[name] for name in names] or STEPS, keep_going="--keep-going" in words)


def passed(steps: Sequence[Step], *, keep_going: bool) -> int:
    """Run steps and say how they went; 1 if one failed, 130 if somebody ended it."""
    gate, outcomes, began = Gate(steps, processors()), [], time.monotonic()
    try:
        for step in steps:
            outcomes.append(gate.outcome(step))
            if outcomes[-1].failed and not keep_going:
                break
    except KeyboardInterrupt:
        return 130
    finally:
        gate.end()
    _summary(outcomes, len(steps) - len(outcomes), time.monotonic() - began)
    return 1 if any(outcome.failed for outcome in outcomes) else 0


def path_of(step: Step) -> Path:
    """The program of this project's environment, never one that happens to be on the machine."""
    program = step.command[0]
    if program == "uv":
        return Path(os.environ.get("UV") or shutil.which("uv") or STATE / "uv/bin/uv")
    return Path(sys.executable).with_name(program)


def _summary(outcomes: list[Outcome], left_out: int, seconds: float) -> None:
    print()
    for outcome in outcomes:
        verdict = f"FAILED: {outcome.step.advice}" if outcome.failed else "ok"
        print(f"  {outcome.step.name:14} {outcome.seconds:6.1f} s  {verdict}")
    print(f"  {'':14} {seconds:6.1f} s from beginning to end")
    if left_out:
        print(f"  {left_out} more not run; --keep-going runs them all the same")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
