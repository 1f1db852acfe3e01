"""People's work survives an update that adds a field, a record and a version of the template."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scaffold.lock import find_uv
from tests.commands.world import run_git
from tests.generated.making import UNMEASURED, gate, shared_database, surroundings
from tests.updates.conftest import Story
from tests.updates.edits import TEMPLATE, THEIRS, Edit

FIRST_MIGRATION = "migrations/versions/0001_initial.py"
STATIC = ("format", "lint", "generated", "contracts", "types", "migrations", "migration-sql")


def test_it_leaves_no_conflict(story: Story) -> None:
    assert story.code == 0
    assert run_git("ls-files", "-u", at=story.updated) == ""
    assert [path for path, text in story.after.items() if b"<<<<<<<" in text] == []


@pytest.mark.parametrize("edit", THEIRS.values(), ids=THEIRS)
def test_what_people_wrote_survives(story: Story, edit: Edit) -> None:
    assert edit.survives(story.updated)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("src/app/domains/clients/models.py", "fax: "),
        ("src/app/domains/estimates/models.py", "floors: "),
        ("src/app/domains/estimates/models.py", '"oak", "elm"'),
        ("src/app/domains/suppliers/models.py", "class Supplier("),
        ("src/app/registry.py", "suppliers.router"),
        ("tests/domains/test_suppliers.py", "TestSupplier"),
        ("docs/model.md", "Supplier"),
        (".copier-answers.yml", "_commit: v1.1.0"),
    ],
)
def test_what_the_blueprint_says_arrives(story: Story, path: str, text: str) -> None:
    assert text in (story.updated / path).read_text(encoding="utf-8")


def test_the_new_version_arrives_in_the_same_files(story: Story) -> None:
    news = [edit.text.strip().encode() for edit in TEMPLATE]
    assert [text for text in news if not any(text in file for file in story.after.values())] == []
    assert news[0] in story.after["src/app/domains/clients/service.py"]


def test_the_first_migration_is_frozen(story: Story) -> None:
    assert story.after[FIRST_MIGRATION] == story.before[FIRST_MIGRATION]


def test_copier_update_merges_the_same_bytes(story: Story) -> None:
    assert story.after == story.twin


@pytest.fixture(scope="module")
def database(story: Story, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A server of the project's own."""
    with shared_database(tmp_path_factory.mktemp("state") / ".dev", story.updated):
        yield


def make_migration(project: Path, name: str) -> str:
    """Run `make migration` with this environment instead of one of the project's own."""
    env = surroundings(project)
    env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"
    words = ("-o", "uv.lock", "RUN=", f"UV={find_uv()}", f"NAME={name}")
    done = subprocess.run(
        ["make", *words, "migration"],
        cwd=project,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def filled(project: Path) -> str:
    """The line that fills the new field of old rows with its default."""
    (written,) = (project / "migrations/versions").glob("*_suppliers.py")
    return next(line for line in written.read_text().splitlines() if '"floors", sa' in line)


def replaced_checks(project: Path) -> set[str]:
    """The checks whose text changed, and with it the digest in their name; without the digest."""
    (written,) = (project / "migrations/versions").glob("*_suppliers.py")
    text = written.read_text(encoding="utf-8").partition("def downgrade")[0]
    gone = re.findall(r'drop_constraint\(op\.f\("(\w+)_([0-9a-f]{8})"', text)
    added = dict(re.findall(r"ADD CONSTRAINT (\w+)_([0-9a-f]{8}) CHECK", text))
    return {label for label, digest in gone if added.get(label, digest) != digest}


@pytest.mark.usefixtures("database")
def test_two_migrations_later_the_gate_is_green(story: Story) -> None:
    project = story.updated
    make_migration(project, "suppliers")
    assert replaced_checks(project) == {"ck_timber_choices"}
    assert "server_default=sa.text(\"'1'\"), nullable=False" in filled(project)
    narrowed = f"{UNMEASURED} tests/domains tests/architecture"
    done = gate(project, *STATIC, "tests", narrowed=narrowed)
    assert done.returncode == 0, done.stdout[-3000:]
    assert "nothing written" in make_migration(project, "nothing")
