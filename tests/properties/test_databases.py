"""Random projects on a real PostgreSQL: their migrations, and their own tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.properties.rendering import Rendered, count, run

TESTS = ("tests/domains", "tests/dev/test_seed.py")
"""What differs with a blueprint the most: what is done with its records, and examples of them."""


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One place for the server of all projects."""
    return str(tmp_path_factory.mktemp("server"))


def test_migrations_go_up_down_and_up_and_match_the_models(
    complete: list[Rendered], state: str
) -> None:
    for project in complete[: count("MIGRATIONS", 2)]:
        env = {"DEVELOPMENT_STATE": state, "PYTHONPATH": "src:."}
        said = run(["-m", "dev.migrations"], at=project.folder, **env)
        assert said.returncode == 0, f"{said.stdout[-3000:]}{said.stderr[-3000:]}\n{project.text}"


def test_the_tests_of_records_and_examples_pass(
    small: list[Rendered], state: str, tmp_path: Path
) -> None:
    for project in small:
        env = {"DEVELOPMENT_STATE": state, "PYTHONPATH": "src:."}
        command = ["-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *TESTS]
        said = run(command, at=project.folder, **env)
        assert said.returncode == 0, f"{said.stdout[-4000:]}\n{project.text}"
