"""Generated projects, one database server for all, and how long their gates took."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scaffold.source import Source
from tests.generated.making import Projects, make_whole_template, shared_database

TOOK = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Projects:
    """The examples, generated from the template as it stands here."""
    source: Source = make_whole_template(tmp_path_factory.mktemp("template"))
    return Projects(tmp_path_factory.mktemp("projects"), source)


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory, projects: Projects) -> Iterator[None]:
    """A server that the projects' gates share."""
    state = tmp_path_factory.mktemp("state") / ".dev"
    with shared_database(state, projects.of("clinic_intake")):
        yield


@pytest.fixture
def took(request: pytest.FixtureRequest) -> list[str]:
    """Lines about what took how long, printed at the end of the run."""
    return request.config.stash.setdefault(TOOK, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how long the steps of the gates took."""
    if lines := terminalreporter.config.stash.get(TOOK, []):
        terminalreporter.section("gates of generated projects")
        for line in lines:
            terminalreporter.line(line)


@pytest.fixture
def own(projects: Projects, tmp_path: Path) -> Path:
    """A copy of the project that faults are planted in."""
    return projects.copy("clinic_intake", tmp_path / "project")
