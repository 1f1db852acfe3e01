"""What is generated passes its own gate, and tries every record often enough."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scaffold.project import open_project
from tests.generated.making import UNMEASURED, Projects, gate

SMALLEST_WITH_EVERYTHING = "clinic_intake"
OTHERS = ("field_service", "quotes")
LEAST_TESTS = 8
LONGEST_GATE = 180
STEP = re.compile(r"^  (\S+) +([0-9.]+) s  (ok|FAILED.*)$", re.MULTILINE)
STEPS = [
    *("lock", "format", "lint", "generated", "contracts", "security", "secrets", "workflows"),
    *("types", "migrations", "migration-sql", "tests"),
]


def tests_of_records(junit: Path) -> Counter[str]:
    """How many tests ran and passed for each record; nothing else happened to any test."""
    cases = list(ElementTree.parse(junit).iter("testcase"))  # noqa: S314  (our own pytest's)
    assert [case.attrib["name"] for case in cases if len(case)] == []
    modules = (re.search(r"tests\.domains\.test_(\w+)", case.attrib["classname"]) for case in cases)
    return Counter(found[1] for found in modules if found)


def check_counts(project: Path, junit: Path) -> Counter[str]:
    """Every record has at least the least number of tests."""
    counts = tests_of_records(junit)
    records = [record["id"] for record in open_project(project).answers["model"]["records"]]
    assert {name: counts[name] for name in records if counts[name] < LEAST_TESTS} == {}
    assert set(counts) == set(records)
    return counts


def check_gate(projects: Projects, name: str, junit: Path, took: list[str]) -> float:
    """Run the whole gate of an example and give the seconds it took."""
    done = gate(projects.of(name), narrowed=f"--junitxml={junit}")
    steps = STEP.findall(done.stdout)
    took.append(f"{name}: " + ", ".join(f"{step} {seconds}" for step, seconds, _ in steps))
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert [(step, verdict) for step, _, verdict in steps] == [(step, "ok") for step in STEPS]
    counts = check_counts(projects.of(name), junit)
    took.append(f"{name}: {counts.total()} tests of {len(counts)} records, least {min(counts.values())}")
    return sum(float(seconds) for _, seconds, _ in steps)


@pytest.mark.usefixtures("database")
def test_a_new_project_passes_its_own_gate(
    projects: Projects, tmp_path: Path, took: list[str]
) -> None:
    check_gate(projects, SMALLEST_WITH_EVERYTHING, tmp_path / "junit.xml", took)


@pytest.mark.full
@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("name", OTHERS)
def test_the_other_examples_pass_their_own_gate(
    projects: Projects, tmp_path: Path, took: list[str], name: str
) -> None:
    assert check_gate(projects, name, tmp_path / "junit.xml", took) < LONGEST_GATE


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("name", OTHERS)
def test_the_records_of_the_other_examples_pass_their_tests(
    projects: Projects, tmp_path: Path, took: list[str], name: str
) -> None:
    project, junit = projects.of(name), tmp_path / "junit.xml"
    done = gate(project, "tests", narrowed=f"{UNMEASURED} --junitxml={junit} tests/domains")
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    counts = check_counts(project, junit)
    took.append(f"{name}: tests of records {STEP.findall(done.stdout)[0][1]} s, {counts.total()}")
