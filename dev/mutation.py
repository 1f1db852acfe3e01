"""`make mutation`: leave out one sentence after the other, and see whether a test notices.

    python -m dev.mutation BLUEPRINT [KIND …]

Prints each sentence that nobody missed, and the score of each kind. A kind, such as `if_`, tries
those alone. Tests have to notice, and for models the comparison with the migrations may as well.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from dev.mutants import Mutant, mutants
from dev.projects import generate
from dev.rule_mutants import changed

AT_LEAST = 0.95
NOTHING_MORE: Mapping[str, str] = MappingProxyType({})


def main(wanted: list[str]) -> int:
    """Try every mutant of every record; 1 when too few are noticed, 2 when none was tried."""
    if not wanted:
        sys.stderr.write("Say which blueprint: python -m dev.mutation examples/quotes.yml\n")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        try:
            generate(Path(wanted[0]).resolve(), project)
            with _database(project):
                tried, noticed = _all(project, set(wanted[1:]))
        except RuntimeError as error:
            sys.stderr.write(f"{error}\n")
            return 2
    if not tried:
        sys.stderr.write("Nothing of that kind is there.\n")
        return 2
    for kind in sorted(tried):
        sys.stdout.write(f"{kind:20} {noticed[kind]:4} of {tried[kind]:4}\n")
    score = noticed.total() / tried.total()
    sys.stdout.write(f"{'all':20} {noticed.total():4} of {tried.total():4}   {score:.1%}\n")
    return 0 if score >= AT_LEAST else 1


@contextmanager
def _database(project: Path) -> Iterator[None]:
    """Keep the project's database server for all runs of its tests: each would start its own."""
    _run(project, ["dev.postgres", "start"])
    try:
        yield
    finally:
        _run(project, ["dev.postgres", "stop"])


def _all(project: Path, kinds: set[str]) -> tuple[Counter[str], Counter[str]]:
    tried: Counter[str] = Counter()
    noticed: Counter[str] = Counter()
    for path, mutant in _each(project):
        if kinds and mutant.kind.partition(",")[0] not in kinds:
            continue
        tried[mutant.kind] += 1
        source = path.read_text(encoding="utf-8")
        path.write_text(mutant.text, encoding="utf-8")
        missed = _pass(project, path)
        path.write_text(source, encoding="utf-8")
        noticed[mutant.kind] += not missed
        if missed:
            _say(path.parent.name, mutant)
    return tried, noticed


def _each(project: Path) -> Iterator[tuple[Path, Mutant]]:
    """Every mutant of every record; raises RuntimeError where tests fail without one."""
    for policy in sorted(project.glob("src/app/domains/*/policy.py")):
        if not _pass(project, policy, compiled="write"):
            raise RuntimeError(
                f"The tests of {policy.parent.name} fail before anything is changed."
            )
        sys.stderr.write(f"{policy.parent.name} …\n")
        for name, made in (("policy", mutants), ("models", changed), ("schemas", changed)):
            path = policy.with_name(f"{name}.py")
            for mutant in list(made(path.read_text(encoding="utf-8"))):
                yield path, mutant


def _pass(project: Path, path: Path, compiled: Literal["write", "read"] = "read") -> bool:
    """Whether what looks at a file of a record finds nothing, as the file stands now.

    Compiled files are written where nothing is changed, and only read where something is: what
    was noticed of a mutant stays its own. What noticed the last one is asked first.
    """
    tests = ["pytest", "-q", "-x", "--failed-first", f"tests/domains/test_{path.parent.name}.py"]
    looks = [tests, ["dev.migrations"]] if path.name == "models.py" else [tests]
    keep = {} if compiled == "write" else {"PYTHONDONTWRITEBYTECODE": "1"}
    return all(_run(project, look, keep) for look in looks)


def _run(project: Path, words: list[str], more: Mapping[str, str] = NOTHING_MORE) -> bool:
    """Whether a module of the project's ends well."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env |= {"PYTHONPATH": "src:.", **more}
    command = [sys.executable, "-m", *words]
    ended = subprocess.run(command, cwd=project, env=env, capture_output=True, check=False)
    return ended.returncode == 0


def _say(record: str, mutant: Mutant) -> None:
    sys.stdout.write(f"not missed: {record}, {mutant.kind}: {mutant.words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
