"""`make mutation`: leave out one sentence after the other, and see whether a test notices.

    python -m dev.mutation BLUEPRINT

Prints each sentence that nobody missed, and the score of each kind.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from dev.mutants import Mutant, mutants
from dev.projects import generate

AT_LEAST = 0.95


def main(wanted: list[str]) -> int:
    """Try every mutant of every policy; 1 when too few are noticed, 2 when none was tried."""
    if len(wanted) != 1:
        sys.stderr.write("Say which blueprint: python -m dev.mutation examples/quotes.yml\n")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        try:
            generate(Path(wanted[0]).resolve(), project)
            tried, noticed = _all(project)
        except RuntimeError as error:
            sys.stderr.write(f"{error}\n")
            return 2
    for kind in sorted(tried):
        sys.stdout.write(f"{kind:20} {noticed[kind]:4} of {tried[kind]:4}\n")
    score = noticed.total() / tried.total()
    sys.stdout.write(f"{'all':20} {noticed.total():4} of {tried.total():4}   {score:.1%}\n")
    return 0 if score >= AT_LEAST else 1


def _all(project: Path) -> tuple[Counter[str], Counter[str]]:
    tried: Counter[str] = Counter()
    noticed: Counter[str] = Counter()
    for policy in sorted(project.glob("src/app/domains/*/policy.py")):
        source, record = policy.read_text(encoding="utf-8"), policy.parent.name
        if not _pass(project, record):
            raise RuntimeError(f"The tests of {record} fail before anything was left out.")
        sys.stderr.write(f"{record} …\n")
        for mutant in mutants(source):
            tried[mutant.kind] += 1
            policy.write_text(mutant.text, encoding="utf-8")
            missed = _pass(project, record)
            noticed[mutant.kind] += not missed
            if missed:
                _say(record, mutant)
        policy.write_text(source, encoding="utf-8")
    return tried, noticed


def _pass(project: Path, record: str) -> bool:
    """Whether the tests of a record pass, of its policy as it stands now."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", f"tests/domains/test_{record}.py"]
    env = os.environ | {"PYTHONPATH": "src:.", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=project, env=env, capture_output=True, check=False)
    return done.returncode == 0


def _say(record: str, mutant: Mutant) -> None:
    sys.stdout.write(f"not missed: {record}, {mutant.kind}: {mutant.words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
