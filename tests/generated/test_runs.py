"""What is generated from the other examples passes its own gate, and tries every record often."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.generated.conftest import Gate
from tests.generated.judging import check_counts, check_gate
from tests.generated.making import OTHERS, UNMEASURED, Projects, gate

SMALLEST = "quotes"
"""What is tried each time; the whole gates of the others take too long for that."""
WITH_PASSWORDS = "tests/platform/passwords tests/platform/data/console/test_page_passwords.py"
"""What the example whose whole gate is tried each time does not have."""
WITHOUT_MOVES = "members_club"
"""What no record of it has is tried by the tests of the platform alone."""


@pytest.mark.full
@pytest.mark.parametrize("name", [*OTHERS, WITHOUT_MOVES])
def test_the_other_examples_pass_their_own_gate(
    projects: Projects, whole_gate: Callable[[str], Gate], took: Callable[[str], None], name: str
) -> None:
    check_gate(name, projects.of(name), whole_gate(name), took)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("name", [SMALLEST])
def test_the_records_and_passwords_of_the_smallest_example_pass_their_tests(
    projects: Projects, tmp_path: Path, took: Callable[[str], None], name: str
) -> None:
    junit = tmp_path / "junit.xml"
    narrowed = f"{UNMEASURED} --junitxml={junit} tests/domains {WITH_PASSWORDS}"
    done = gate(projects.of(name), "tests", narrowed=narrowed)
    assert done.returncode == 0, f"{done.stdout[-6000:]}\n{done.stderr[-2000:]}"
    counts = check_counts(projects.of(name), junit)
    took(f"{name}: {counts.total()} tests of records, at least {min(counts.values())} each")
