"""Faults planted in a generated project are caught by its own gate, and by nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.generated.bites import BITES, Bite, replace
from tests.generated.making import Projects, gate

MEASURED = "platform/http/origin.py"
NARROW_MEASURE = replace(
    "pyproject.toml",
    '[tool.coverage.run]\nbranch = true\nsource_pkgs = ["app"]',
    '[tool.coverage.run]\nbranch = true\nsource_pkgs = ["app.platform.http.origin"]',
)
UNTRIED = "tests/platform/test_origin.py"


@pytest.fixture(scope="session")
def unedited(projects: Projects, database: None) -> Callable[[str, str], str]:
    """What a step says about the project as it was generated, and that it passes; asked once."""
    said: dict[tuple[str, str], str] = {}

    def passes(step: str, narrowed: str) -> str:
        if (step, narrowed) not in said:
            done = gate(projects.of("clinic_intake"), step, narrowed=narrowed)
            assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
            said[step, narrowed] = done.stdout + done.stderr
        return said[step, narrowed]

    return passes


@pytest.mark.parametrize("bite", BITES, ids=lambda bite: bite.name)
def test_a_planted_fault_is_caught(
    bite: Bite, unedited: Callable[[str, str], str], projects: Projects, tmp_path: Path
) -> None:
    before = unedited(bite.step, bite.narrowed)
    assert not re.search(bite.says, before)
    own = projects.copy("clinic_intake", tmp_path / "project")
    bite.plant(own)
    done = gate(own, bite.step, narrowed=bite.narrowed)
    assert done.returncode == 1, f"{bite.step} let it pass:\n{done.stdout}\n{done.stderr}"
    assert re.search(bite.says, done.stdout + done.stderr), f"{done.stdout}\n{done.stderr}"
    assert re.search(rf"  {bite.step} +[0-9.]+ s  FAILED: ", done.stdout)


@pytest.mark.usefixtures("database")
def test_a_test_that_goes_takes_its_coverage_along(own: Path) -> None:
    NARROW_MEASURE(own)
    whole = gate(own, "tests", narrowed=UNTRIED)
    assert whole.returncode == 0, whole.stdout
    text = (own / UNTRIED).read_text(encoding="utf-8")
    kept, _, _ = text.rpartition("\n\n\n")
    (own / UNTRIED).write_text(f"{kept}\n", encoding="utf-8")
    less = gate(own, "tests", narrowed=UNTRIED)
    assert less.returncode == 1
    assert "is less than fail-under=100" in less.stdout + less.stderr
