"""When the gate of a new project has passed: every step, and enough tests of every record."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

from scaffold.project import open_project
from tests.generated.conftest import Gate

LEAST_TESTS = 8
STEPS = [
    *("lock", "format", "lint", "generated", "contracts", "security", "secrets", "workflows"),
    *("types", "migrations", "migration-sql", "tests"),
]


def check_counts(project: Path, junit: Path) -> Counter[str]:
    """Every record has at least the least number of tests; all passed, and none was skipped."""
    cases = list(ElementTree.parse(junit).iter("testcase"))  # noqa: S314  (our own pytest's)
    assert [case.attrib["name"] for case in cases if len(case)] == []
    modules = (re.search(r"tests\.domains\.test_(\w+)", case.attrib["classname"]) for case in cases)
    counts = Counter(found[1] for found in modules if found)
    records = [record["id"] for record in open_project(project).answers["model"]["records"]]
    assert {name: counts[name] for name in records if counts[name] < LEAST_TESTS} == {}
    assert set(counts) == set(records)
    return counts


def check_gate(name: str, project: Path, whole: Gate, took: Callable[[str], None]) -> None:
    """Every step of the gate passed; what it took is noted."""
    steps = " ".join(f"{step}={seconds}" for step, seconds, _ in whole.steps)
    took(f"{name}: {whole.seconds:.0f} s {steps}")
    assert whole.done.returncode == 0, f"{whole.done.stdout[-6000:]}\n{whole.done.stderr[-2000:]}"
    assert [(step, verdict) for step, _, verdict in whole.steps] == [(n, "ok") for n in STEPS]
    counts = check_counts(project, whole.junit)
    took(f"{name}: {counts.total()} tests of records, at least {min(counts.values())} each")
