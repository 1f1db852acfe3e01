"""A generated project passes its own gate, and faults planted in it are caught there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.generated.bites import BITES, MORE_BITES
from tests.generated.conftest import Gate
from tests.generated.judging import check_gate
from tests.generated.making import SMALLEST_WITH_EVERYTHING, Projects, gate
from tests.generated.planting import Bite, replace

NARROW_MEASURE = replace(
    "pyproject.toml", 'source_pkgs = ["app"]', 'source_pkgs = ["app.platform.http.origin"]'
)
UNTRIED = "tests/platform/test_origin.py"


def test_a_new_project_passes_its_own_gate(
    projects: Projects, whole_gate: Callable[[str], Gate], took: Callable[[str], None]
) -> None:
    name = SMALLEST_WITH_EVERYTHING
    check_gate(name, projects.of(name), whole_gate(name), took)


def is_caught(bite: Bite, before: Gate, own: Path) -> None:
    """The step passes before the fault is planted, and says what it has to afterwards."""
    assert [verdict for name, _, verdict in before.steps if name == bite.step] == ["ok"]
    assert not re.search(bite.says, before.done.stdout + before.done.stderr)
    bite.plant(own)
    done = gate(own, bite.step, narrowed=bite.narrowed)
    told = done.stdout + done.stderr
    assert done.returncode == 1, f"{bite.step} let it pass:\n{told[-3000:]}"
    assert re.search(bite.says, told), told[-3000:]
    assert re.search(rf"  {bite.step} +[0-9.]+ s  FAILED: ", told)


@pytest.mark.parametrize("bite", [pytest.param(bite, id=bite.name) for bite in BITES])
def test_a_planted_fault_is_caught(
    bite: Bite, whole_gate: Callable[[str], Gate], own: Path
) -> None:
    is_caught(bite, whole_gate(SMALLEST_WITH_EVERYTHING), own)


@pytest.mark.full
@pytest.mark.parametrize("bite", [pytest.param(bite, id=bite.name) for bite in MORE_BITES])
def test_more_planted_faults_are_caught(
    bite: Bite, whole_gate: Callable[[str], Gate], own: Path
) -> None:
    is_caught(bite, whole_gate(SMALLEST_WITH_EVERYTHING), own)


@pytest.mark.usefixtures("database")
def test_a_test_that_goes_takes_its_coverage_along(own: Path) -> None:
    NARROW_MEASURE(own)
    whole = gate(own, "tests", narrowed=UNTRIED)
    assert whole.returncode == 0, whole.stdout[-3000:]
    text = (own / UNTRIED).read_text(encoding="utf-8")
    kept, _, _ = text.rpartition("\n\n\n")
    (own / UNTRIED).write_text(f"{kept}\n", encoding="utf-8")
    less = gate(own, "tests", narrowed=UNTRIED)
    assert less.returncode == 1
    assert "is less than fail-under=100" in less.stdout + less.stderr
