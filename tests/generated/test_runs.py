"""What is generated passes its own gate, and tries every record often enough."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scaffold.project import open_project
from tests.generated.conftest import Gate
from tests.generated.making import OTHERS, SMALLEST_WITH_EVERYTHING, UNMEASURED, Projects, gate

LEAST_TESTS = 8
WITHOUT_MOVES = "members_club"
"""What no record of it has is tried by the tests of the platform alone."""

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


def test_a_new_project_passes_its_own_gate(
    projects: Projects, whole_gate: Callable[[str], Gate], took: Callable[[str], None]
) -> None:
    name = SMALLEST_WITH_EVERYTHING
    check_gate(name, projects.of(name), whole_gate(name), took)


@pytest.mark.full
@pytest.mark.parametrize("name", [*OTHERS, WITHOUT_MOVES])
def test_the_other_examples_pass_their_own_gate(
    projects: Projects, whole_gate: Callable[[str], Gate], took: Callable[[str], None], name: str
) -> None:
    check_gate(name, projects.of(name), whole_gate(name), took)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("name", OTHERS)
def test_the_records_of_the_other_examples_pass_their_tests(
    projects: Projects, tmp_path: Path, took: Callable[[str], None], name: str
) -> None:
    junit = tmp_path / "junit.xml"
    done = gate(
        projects.of(name), "tests", narrowed=f"{UNMEASURED} --junitxml={junit} tests/domains"
    )
    assert done.returncode == 0, f"{done.stdout[-6000:]}\n{done.stderr[-2000:]}"
    counts = check_counts(projects.of(name), junit)
    took(f"{name}: {counts.total()} tests of records, at least {min(counts.values())} each")
