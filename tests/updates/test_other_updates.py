"""Conflicts are told, and what is yours or frozen is left alone, on the whole template."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scaffold.commands import update
from scaffold.errors import ConflictError
from scaffold.source import Source
from tests.commands.world import commit, run_git, tree
from tests.updates.edits import Edit, release

FIRST_MIGRATION = "migrations/versions/0001_initial.py"


@pytest.fixture
def own(first: tuple[Source, Path], tmp_path: Path) -> Path:
    """A project that the test may change, of a template that it must not."""
    return shutil.copytree(first[1], tmp_path / "project")


@pytest.fixture
def with_own_template(own: Path, first: tuple[Source, Path], tmp_path: Path) -> Path:
    """The template that the project comes from from now on, which the test may change."""
    template = tmp_path / "template"
    run_git("clone", "-q", "--branch", "v1.0.0", first[0].url, str(template), at=tmp_path)
    run_git("switch", "-q", "-c", "next", at=template)
    answers = own / ".copier-answers.yml"
    text = answers.read_text(encoding="utf-8")
    assert f"_src_path: {first[0].url}" in text
    answers.write_text(text.replace(f"_src_path: {first[0].url}", f"_src_path: {template}"))
    commit(own, "another address")
    return template


def test_the_same_version_and_blueprint_are_an_empty_diff(own: Path) -> None:
    assert update.run(own, ref="v1.0.0", migration=False) == 0
    assert run_git("status", "--porcelain", at=own) == ""


def test_a_conflicting_edit_ends_with_exit_code_5(own: Path, with_own_template: Path) -> None:
    line = "Needed: Python 3.11 or newer, git and make, on Linux, macOS or WSL."
    for root, more in ((own, " Or ask us."), (with_own_template / "templates/project", " Or BSD.")):
        name = "README.md" if root == own else "README.md.jinja"
        Edit(name, more, anchor=re.escape(line)).make(root)
    Edit("docs/new.md", "# New\n").make(with_own_template / "templates/project")
    commit(own)
    release(with_own_template, "v2.0.0")
    done = subprocess.run(
        [sys.executable, "-m", "scaffold", "update", str(own)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == ConflictError.exit_code == 5
    assert "README.md" in done.stderr
    assert "Traceback" not in done.stderr
    assert "<<<<<<< before updating" in (own / "README.md").read_text(encoding="utf-8")
    assert (own / "docs/new.md").is_file()


def test_a_new_template_leaves_the_first_migration_and_what_is_yours(
    own: Path, with_own_template: Path
) -> None:
    project = with_own_template / "templates/project"
    domain = "src/app/domains/{% yield record from model.records %}{{ record.id }}{% endyield %}"
    for name in (f"{FIRST_MIGRATION}.jinja", f"{domain}/rules.py.jinja", "CHANGELOG.md"):
        Edit(name, "\n# Said differently now.\n").make(project)
    Edit("Makefile", "\n# Said differently now.\n").make(project)
    release(with_own_template, "v2.0.0")
    before = tree(own)
    assert update.run(own, migration=False) == 0
    after = tree(own)
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    assert changed == {".copier-answers.yml", "Makefile"}


@pytest.mark.full
def test_a_renamed_record_leaves_no_old_name_in_what_is_generated(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = own / "blueprint.yml"
    text = path.read_text(encoding="utf-8").replace("is: Client,", "is: Customer,")
    text = text.replace("  Client:\n", "  Customer:\n    was: Client\n")
    path.write_text(text, encoding="utf-8")
    commit(own, "another name")
    capsys.readouterr()
    assert update.run(own, ref="v1.0.0", migration=False, json=True) == 0
    assert json.loads(capsys.readouterr().out)["old_names"] == []
    models = (own / "src/app/domains/clients/models.py").read_text(encoding="utf-8")
    assert "class Customer(" in models
