"""Renders many blueprints, one folder each, and tells which of them a tool complains about."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from scaffold.blueprint import load
from scaffold.engine import render
from scaffold.preparing import answers_of
from scaffold.source import Source
from tests.properties.blueprints import LARGEST, blueprints

ROOT = Path(__file__).resolve().parents[2]
SEED = int(os.environ.get("SOLIDGROUND_SEED", "0"))
"""Where the random blueprints begin; another one gives others."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A blueprint, the project that was made of it, and its files that hold a tag."""

    text: str
    folder: Path
    files: tuple[Path, ...]


def count(name: str, usual: int) -> int:
    """How many are tried: the environment's word, such as SOLIDGROUND_BLUEPRINTS, or the usual."""
    return int(os.environ.get(f"SOLIDGROUND_{name}", usual))


def examples(how_many: int, most: int = LARGEST) -> list[str]:
    """So many random blueprints; the same seed gives the same ones."""
    found: list[str] = []

    @seed(SEED)
    @settings(
        max_examples=how_many,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(blueprints(most))
    def collect(text: str) -> None:
        found.append(text)

    collect()
    return found


@dataclass(frozen=True, slots=True)
class Template:
    """The template of this working tree as plain folders, which copier reads fastest.

    What holds no tag is the same in every project: it stands in `fixed`, and is linked instead
    of being rendered again and again.
    """

    source: Source
    fixed: Path

    @classmethod
    def at(cls, place: Path) -> Template:
        """Copy what git knows of the template into two folders in `place`."""
        listed = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "templates"]
        names = subprocess.run(["git", *listed], cwd=ROOT, capture_output=True, check=True).stdout
        project = Path("templates", "project")
        for name in filter(None, names.decode().split("\0")):
            path = Path(name)
            tagged = path.suffix == ".jinja" or "{%" in name or not path.is_relative_to(project)
            target = place / path if tagged else place / "fixed" / path.relative_to(project)
            target.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / path).exists():
                shutil.copy(ROOT / path, target)
        shutil.copy(ROOT / "copier.yml", place)
        return cls(Source(str(place)), place / "fixed")

    def project(self, text: str, folder: Path) -> Rendered:
        """Render one blueprint: only what holds a tag."""
        render(self.source, answers_of(load(text, "a random blueprint")), folder)
        files = tuple(path for path in sorted(folder.rglob("*")) if path.is_file())
        return Rendered(text, folder, files)

    def complete(self, rendered: Rendered) -> None:
        """Add what is the same in every project."""
        shutil.copytree(self.fixed, rendered.folder, copy_function=os.link, dirs_exist_ok=True)


def run(command: Sequence[str], at: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a Python module's command in a folder; what it says comes back as text."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=at,
        env=os.environ | env,
        capture_output=True,
        text=True,
        check=False,
    )


def blamed(said: str, projects: Iterable[Rendered], lines: int = 40) -> str:
    """What a tool said, and the blueprints of the folders that it names."""
    named = set(re.findall(r"\bproject_[0-9]+\b", said))
    texts = [f"--- {one.folder.name}\n{one.text}" for one in projects if one.folder.name in named]
    return "\n".join([*said.splitlines()[:lines], *texts[:1]])
