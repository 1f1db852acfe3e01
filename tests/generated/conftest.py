"""Generated projects, one database server for all, and how long their gates took."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from scaffold.source import Source
from tests.conftest import TOOK
from tests.generated.making import (
    SMALLEST_WITH_EVERYTHING,
    Projects,
    gate,
    make_whole_template,
    shared_database,
)


@pytest.fixture(scope="session")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Projects:
    """The examples, generated from the template as it stands here."""
    source: Source = make_whole_template(tmp_path_factory.mktemp("template"))
    return Projects(tmp_path_factory.mktemp("projects"), source)


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory, projects: Projects) -> Iterator[None]:
    """A server that the projects' gates share."""
    state = tmp_path_factory.mktemp("state") / ".dev"
    with shared_database(state, projects.of(SMALLEST_WITH_EVERYTHING)):
        yield


@dataclass(frozen=True, slots=True)
class Gate:
    """What the whole gate of an example said, and the report of its tests."""

    done: CompletedProcess[str]
    junit: Path

    @property
    def steps(self) -> list[tuple[str, float, str]]:
        """Each step that ran, its seconds, and `ok` or what to do."""
        found = re.findall(r"^  (\S+) +([0-9.]+) s  (ok|FAILED.*)$", self.done.stdout, re.MULTILINE)
        return [(name, float(seconds), verdict) for name, seconds, verdict in found]

    @property
    def seconds(self) -> float:
        """What the whole gate took; its steps run side by side."""
        (found,) = re.findall(r"([0-9.]+) s from beginning to end", self.done.stdout)
        return float(found)


@pytest.fixture(scope="session")
def whole_gate(
    projects: Projects, database: None, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Gate]:
    """Runs the whole gate of an example, once in a session."""
    ran: dict[str, Gate] = {}

    def of(name: str) -> Gate:
        if name not in ran:
            junit = tmp_path_factory.mktemp("junit") / f"{name}.xml"
            ran[name] = Gate(gate(projects.of(name), narrowed=f"--junitxml={junit}"), junit)
        return ran[name]

    return of


@pytest.fixture
def took(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Notes a line about what took how long; those of all workers are printed in the end."""
    return partial(record_property, TOOK)


@pytest.fixture
def own(projects: Projects, tmp_path: Path) -> Path:
    """A copy of the project that faults are planted in."""
    return projects.copy(SMALLEST_WITH_EVERYTHING, tmp_path / "project")
