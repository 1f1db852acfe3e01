"""Four people take ten calls to the bill with the pages alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dev import working_day
from dev.calls import JOBS
from dev.person import Pictures
from dev.screenshots import crew
from tests.generated.making import Projects, surroundings

LEAST_SCREENS = 25


@pytest.mark.full
def test_a_working_day_is_done_with_the_pages_alone(
    projects: Projects, tmp_path: Path, took: Callable[[str], None]
) -> None:
    pictures = Pictures(tmp_path / "pictures")
    state = {"DEVELOPMENT_STATE": str(tmp_path / ".dev"), "APP_LOG_LEVEL": "ERROR"}
    env = surroundings(projects.of("field_service")) | state
    with crew(projects.of("field_service"), pictures, env) as everyone:
        working_day.work(everyone)
    assert len(pictures.taken) >= LEAST_SCREENS
    took(f"{len(JOBS)} calls from the first word to the bill")
