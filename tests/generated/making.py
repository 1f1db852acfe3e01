"""Whole projects, generated once in a session and copied where a test changes them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from scaffold.commands import new
from scaffold.lock import find_uv
from scaffold.source import Source
from tests.commands.world import ROOT, commit, run_git

SMALLEST_WITH_EVERYTHING = "clinic_intake"
OTHERS = ("field_service", "quotes")
LEFT_BY_TOOLS = ("__pycache__", ".*_cache", ".venv", ".dev", ".coverage")


def make_whole_template(place: Path) -> Source:
    """All of the template as it stands here, in a repository of its own, tagged v1.0.0."""
    unwanted = shutil.ignore_patterns(*LEFT_BY_TOOLS)
    shutil.copytree(ROOT / "templates", place / "templates", ignore=unwanted)
    shutil.copytree(ROOT / "examples", place / "examples")
    shutil.copy(ROOT / "copier.yml", place)
    run_git("init", "-q", "-b", "main", at=place)
    commit(place, "template")
    run_git("tag", "v1.0.0", at=place)
    return Source(str(place), "HEAD")


@dataclass(slots=True)
class Projects:
    """The examples as projects with a lock and a first commit; each is made when first asked for.

    They are for reading and for running their gate; `copy` gives one to change.
    """

    folder: Path
    source: Source
    made: dict[str, Path] = field(default_factory=dict)

    def of(self, name: str) -> Path:
        """The project of an example."""
        if name not in self.made:
            target = self.folder / name
            blueprint = ROOT / "examples" / f"{name}.yml"
            assert new.run(target, blueprint, defaults=True, source=self.source) == 0
            self.made[name] = target
        return self.made[name]

    def copy(self, name: str, to: Path) -> Path:
        """A copy that a test may change, with what the type checker remembers."""
        shutil.copytree(self.of(name), to, symlinks=True)
        return to


def python(project: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run this environment's Python in a project, as the project's own environment would."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=project,
        env=surroundings(project) | more,
        capture_output=True,
        text=True,
        check=False,
    )


def surroundings(project: Path) -> dict[str, str]:
    """The environment variables that a project's programs see: none of this test run's own."""
    strange = ("APP_", "COV_", "PYTEST_", "GIT_", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(strange)}
    return kept | {
        "PYTHONPATH": f"{project / 'src'}{os.pathsep}{project}",
        "PYTEST_ADDOPTS": " ".join(OURS_ALONE),
        "UV": find_uv(),
    }


# What our environment has and a project's has not.
OURS_ALONE = ("-p", "no:hypothesispytest", "-p", "no:schemathesis")

# Words for pytest where only what passes or fails matters.
UNMEASURED = "--no-cov -W 'ignore:Coverage disabled'"


def gate(project: Path, *steps: str, narrowed: str = "") -> subprocess.CompletedProcess[str]:
    """Run steps of a project's gate, all of them without a name, to the end.

    `narrowed` are words for its pytest: they make the step `tests` run a part of them.
    """
    options = f"{' '.join(OURS_ALONE)} {narrowed}"
    return python(project, "-m", "dev.check", "--keep-going", *steps, PYTEST_ADDOPTS=options)


@contextmanager
def shared_database(state: Path, project: Path) -> Iterator[None]:
    """One private server for all projects of a session, started by the first of them."""
    before = os.environ.get("DEVELOPMENT_STATE")
    os.environ["DEVELOPMENT_STATE"] = str(state)
    try:
        started = python(project, "-m", "dev.postgres", "start")
        assert started.returncode == 0, started.stderr
        yield
    finally:
        python(project, "-m", "dev.postgres", "remove")
        del os.environ["DEVELOPMENT_STATE"]
        if before is not None:
            os.environ["DEVELOPMENT_STATE"] = before
