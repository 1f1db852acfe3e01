"""A generated project on disk: its answers, its blueprint, its state in git."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scaffold.answers import read_answers, stored
from scaffold.errors import InputError
from scaffold.git import git, works

ANSWERS_FILE = ".copier-answers.yml"
BLUEPRINT_FILE = "blueprint.yml"

DOMAINS = "src/app/domains"
YOURS = (
    "blueprint.yml",
    "CHANGELOG.md",
    f"{DOMAINS}/*/rules.py",
    "src/app/messages",
    "src/app/workflows",
    "tests/rules",
)
"""What is written once and then belongs to the user; as git's pathspecs."""


@dataclass(frozen=True, slots=True)
class Project:
    """A generated project. `answers` are the stored ones; `url` and `commit` its template's."""

    root: Path
    answers: dict[str, Any]
    url: str
    commit: str | None

    @property
    def blueprint(self) -> Path:
        """The wanted blueprint."""
        return self.root / BLUEPRINT_FILE

    @property
    def released(self) -> bool:
        """Whether it was generated from a tagged version."""
        return is_release(self.commit)


def open_project(root: Path) -> Project:
    """The project in a folder. InputError when there is none."""
    path = root / ANSWERS_FILE
    if not path.is_file():
        raise InputError(
            f"{root} is not a generated project: it has no {ANSWERS_FILE}.",
            "go to the project's folder, or make one with `scaffold new`",
        )
    answers = read_answers(path)
    commit = answers.get("_commit")
    return Project(
        root.resolve(), stored(answers), str(answers["_src_path"]), commit and str(commit)
    )


def is_release(commit: str | None) -> bool:
    """Whether git describes the template's commit as a version tag: v1.2.3."""
    parts = (commit or "").removeprefix("v").split(".")
    return bool(commit and commit.startswith("v")) and all(p.isdigit() for p in parts[:3])


def refuse_unclean(project: Project) -> None:
    """InputError unless everything in the project's repository is committed."""
    if not works("rev-parse", "--is-inside-work-tree", at=project.root):
        raise InputError(
            f"{project.root} is not in a git repository, and an update is a merge.",
            'run `git init -b main && git add -A && git commit -m "As generated"`',
        )
    changed = git("status", "--porcelain", at=project.root).splitlines()
    if changed:
        listed = "\n".join(f"  {line}" for line in changed[:10])
        more = f"\n  … and {len(changed) - 10} more" if len(changed) > 10 else ""  # noqa: PLR2004
        raise InputError(
            f"There are changes that are not committed:\n{listed}{more}",
            "commit or stash them first, so that you can tell the update's changes from yours",
        )
