"""One project, one server, one database with rows; each kind of change gets copies of them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scaffold.blueprint import load
from scaffold.engine import render
from scaffold.preparing import answers_of
from tests.changing.rows import BLUEPRINT, ROWS
from tests.generated.making import python, shared_database, surroundings
from tests.properties.rendering import Template

DRIVER = Path(__file__).with_name("driver.py")
FIRST = "migrations/versions/0001_initial.py"


@dataclass(frozen=True, slots=True)
class World:
    """The template, the applied answers and their first migration; and a folder for projects."""

    template: Template
    answers: dict[str, Any]
    first: bytes
    folder: Path

    def project(self, name: str, text: str) -> Path:
        """What an update would make of the project for this blueprint."""
        place = self.folder / re.sub(r"\W+", "_", name)
        render(self.template.source, answers_of(load(text), self.answers), place)
        shutil.copytree(self.template.fixed, place, copy_function=os.link, dirs_exist_ok=True)
        (place / FIRST).write_bytes(self.first)
        return place

    def drive(self, project: Path, database: str, template: str, *steps: str) -> dict[str, Any]:
        """Go through steps on a copy of a database, and give what was seen."""
        done = subprocess.run(
            [sys.executable, str(DRIVER), database, template, *steps],
            cwd=project,
            env=surroundings(project),
            input=json.dumps(ROWS),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return dict(json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The applied blueprint as a project, with rows in a database `rows` and none in `empty`."""
    folder = tmp_path_factory.mktemp("changing")
    template = Template.at(folder / "template")
    answers = answers_of(load(BLUEPRINT))
    project = folder / "applied"
    render(template.source, answers, project)
    shutil.copytree(template.fixed, project, copy_function=os.link, dirs_exist_ok=True)
    found = World(template, answers, (project / FIRST).read_bytes(), folder)
    with shared_database(folder / "state" / ".dev", project):
        found.drive(project, "rows", "template0", "seed")
        yield found


@pytest.fixture
def squawk() -> Any:
    """What squawk says of a project's migrations; empty where nothing is wrong."""

    def said(project: Path) -> str:
        done = python(project, "-m", "dev.migrations", "sql")
        return "" if done.returncode == 0 else done.stdout[-2000:]

    return said
