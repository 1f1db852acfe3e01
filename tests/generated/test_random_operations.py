"""Random people, random operations: the answers are what the blueprint's text grants."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.generated.making import OTHERS, SMALLEST_WITH_EVERYTHING, Projects, python

INSIDE = Path(__file__).parent / "operations"
FEW, MANY = "300", os.environ.get("SOLIDGROUND_OPERATIONS", "14000")
"""Steps; about three in four find something to do, so that many are more than 10,000 operations."""


def operate(project: Path, operations: str) -> CompletedProcess[str]:
    """Do so many operations in a project; they run among its own tests."""
    target = project / "tests" / "operations"
    target.mkdir(exist_ok=True)
    for name in ("granting.py", "world.py"):
        shutil.copy(INSIDE / name, target)
    shutil.copy(INSIDE / "operations.py", target / "test_operations.py")
    words = ("-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", "tests/operations")
    return python(project, *words, OPERATIONS=operations)


def check(done: CompletedProcess[str], took: Callable[[str], None], name: str) -> None:
    """Nothing was answered in another way, and much was tried."""
    assert done.returncode == 0, f"{done.stdout[-6000:]}\n{done.stderr[-2000:]}"
    (said,) = re.findall(r"operations: (\{.*\})", done.stdout)
    counts = [int(number) for number in re.findall(r": (\d+)", said)]
    took(f"{name}: {sum(counts)} operations, answered as granted: {said}")


@pytest.mark.usefixtures("database")
def test_operations_are_answered_as_the_blueprint_grants(
    projects: Projects, tmp_path: Path, took: Callable[[str], None]
) -> None:
    project = projects.copy("field_service", tmp_path / "project")
    check(operate(project, FEW), took, "field_service")


@pytest.mark.usefixtures("database")
def test_a_grant_that_nobody_wrote_is_noticed(projects: Projects, tmp_path: Path) -> None:
    project = projects.copy("quotes", tmp_path / "project")
    widened = 0
    for policy in project.glob("src/app/domains/*/policy.py"):
        text = policy.read_text(encoding="utf-8")
        changed = re.sub(r'"see", "change own"', '"see", "change"', text)
        widened += changed != text
        policy.write_text(changed, encoding="utf-8")
    assert widened
    done = operate(project, "2000")
    assert done.returncode == 1
    assert re.search(r"AssertionError: (add|archive|change) Estimate(Item)? \[", done.stdout)


@pytest.mark.full
@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("name", [*OTHERS, SMALLEST_WITH_EVERYTHING])
def test_many_operations_are_answered_as_the_blueprint_grants(
    projects: Projects, tmp_path: Path, took: Callable[[str], None], name: str
) -> None:
    project = projects.copy(name, tmp_path / "project")
    check(operate(project, MANY), took, name)
