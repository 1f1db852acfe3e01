"""The gate: `make check`. Every step is a program that can fail; one that is missing fails too.

python -m dev.check [--keep-going] [STEP...]
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dev import PROJECT, STATE, DevelopmentError, generated, migrations, secrets_in_files


@dataclass(frozen=True, slots=True)
class Step:
    """One check: its name, a command or a function that raises, and what to do about a failure."""

    name: str
    does: tuple[str, ...] | Callable[[], None]
    advice: str


STEPS = (
    Step("lock", ("uv", "lock", "--check"), "run `make lock` and commit uv.lock"),
    Step("format", ("ruff", "format", "--check", "."), "run `make format`"),
    Step("lint", ("ruff", "check", "."), "run `make format`, then mend what is left"),
    Step("generated", generated.check, "change blueprint.yml and update instead"),
    Step("contracts", ("lint-imports",), "see AGENTS.md for the direction of imports"),
    Step("security", ("bandit", "-q", "-c", "pyproject.toml", "-r", "src", "dev"), "mend the code"),
    Step("secrets", secrets_in_files.check, "take it out, and change it where it is in use"),
    Step("workflows", ("zizmor", "--offline", "--persona=auditor", ".github"), "mend the workflow"),
    Step("types", ("mypy",), "mend the types"),
    Step("migrations", migrations.check, "run `make migration NAME=...`, or mend it"),
    Step("migration-sql", migrations.check_sql, "write the migration so that it locks nothing"),
    Step("tests", ("pytest", "--cov"), "mend the code or the test"),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a step went."""

    step: Step
    failed: bool
    seconds: float


def main(words: list[str]) -> int:
    """Run the named steps, all of them without a name; 1 if one failed."""
    keep_going = "--keep-going" in words
    names = [word for word in words if not word.startswith("-")]
    known = {step.name: step for step in STEPS}
    if wrong := [name for name in names if name not in known]:
        print(f"There is no step {', '.join(wrong)}. Steps: {' '.join(known)}", file=sys.stderr)
        return 2
    outcomes = []
    for step in [known[name] for name in names] or STEPS:
        outcomes.append(_outcome(step))
        if outcomes[-1].failed and not keep_going:
            break
    _summary(outcomes, left_out=(len(names) or len(STEPS)) - len(outcomes))
    return 1 if any(outcome.failed for outcome in outcomes) else 0


def _outcome(step: Step) -> Outcome:
    print(f"== {step.name}", flush=True)
    start = time.monotonic()
    failed = _fails(step)
    return Outcome(step, failed, time.monotonic() - start)


def _fails(step: Step) -> bool:
    try:
        if callable(step.does):
            step.does()
            return False
        program, *rest = step.does
        return bool(subprocess.run([_path(program), *rest], cwd=PROJECT, check=False).returncode)
    except DevelopmentError as error:
        print(error, flush=True)
        return True


def _path(program: str) -> str:
    """The program of this project's environment, never one that happens to be on the machine."""
    if program == "uv":
        found = Path(os.environ.get("UV") or shutil.which("uv") or STATE / "uv/bin/uv")
    else:
        found = Path(sys.executable).with_name(program)
    if not found.exists():
        raise DevelopmentError(
            f"{program} is not installed, so nothing was checked: `make install`."
        )
    return str(found)


def _summary(outcomes: list[Outcome], left_out: int) -> None:
    print()
    for outcome in outcomes:
        verdict = f"FAILED: {outcome.step.advice}" if outcome.failed else "ok"
        print(f"  {outcome.step.name:14} {outcome.seconds:6.1f} s  {verdict}")
    if left_out:
        print(f"  {left_out} more not run; --keep-going runs them all the same")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
